import { amountText, convertMoney, minorDigits, parseAmount } from '../../src/domain';

describe('money', () => {
  it.each([
    ['15', 'EUR', 1500],
    ['15.5', 'EUR', 1550],
    ['15,50', 'EUR', 1550],
    ['1.299,00', 'EUR', 129900],
    ['1,299.00', 'USD', 129900],
    ['1,299', 'USD', 129900],
    ['1.299', 'EUR', 129900],
    ['1 299,90', 'EUR', 129990],
    ["1'299.90", 'CHF', 129990],
    ['12.345', 'KWD', 12345],
    ['5000', 'JPY', 5000],
    ['0.10', 'EUR', 10],
    ['19.990', 'EUR', 1999000],
    ['1,234,567.89', 'USD', 123456789],
  ])('reads %s %s exactly', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toEqual({ minor, currency });
  });

  it.each(['', 'free', '-5', '1e3', '12.34.', '٣', '9'.repeat(30)])('refuses %p', (text) => {
    expect(parseAmount(text, 'EUR')).toBeUndefined();
  });

  it('refuses fractions that the currency lacks', () => {
    expect(parseAmount('10.5', 'JPY')).toBeUndefined();
    expect(parseAmount('10.0', 'JPY')).toEqual({ minor: 10, currency: 'JPY' });
  });

  it('adds tenths without drift', () => {
    const tenth = parseAmount('0.1', 'EUR')?.minor ?? 0;
    expect(tenth + tenth + tenth).toBe(30);
  });

  it('writes what it read', () => {
    for (const text of ['12.99', '0.05', '1299.00']) {
      const money = parseAmount(text, 'EUR');
      expect(money && amountText(money)).toBe(text);
    }
    expect(amountText({ minor: 500, currency: 'JPY' })).toBe('500');
  });

  it('converts between currencies of different digits', () => {
    expect(convertMoney({ minor: 5000, currency: 'JPY' }, 'EUR', 0.0056)).toEqual({ minor: 2800, currency: 'EUR' });
    expect(minorDigits('JPY')).toBe(0);
    expect(() => minorDigits('EURO')).toThrow(RangeError);
  });
});
