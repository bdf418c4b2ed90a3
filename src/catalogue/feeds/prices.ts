import { type Money, parseAmount } from '../../domain';
import { quote } from './clean';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const DOLLARS =
  /^(?:USD|CAD|AUD|NZD|SGD|HKD|TWD|MXN|ARS|CLP|COP|BBD|BMD|BND|BSD|BZD|FJD|GYD|JMD|KYD|LRD|NAD|SRD|TTD|XCD)$/;
const SYMBOLS = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['\uffe5', 'JPY'],
  ['₹', 'INR'],
  ['₽', 'RUB'],
  ['₩', 'KRW'],
  ['₺', 'TRY'],
  ['R$', 'BRL'],
  ['zł', 'PLN'],
  ['US$', 'USD'],
  ['C$', 'CAD'],
  ['CA$', 'CAD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['HK$', 'HKD'],
  ['NT$', 'TWD'],
  ['元', 'CNY'],
  ['円', 'JPY'],
  ['CN¥', 'CNY'],
]);
/** A mark before or after the amount: letters or a sign of at most three characters. */
const PRICE = /^([^\d\s.,+-]{0,3})\s?(\d[\d.,'’\s]{0,24})\s?([^\d\s.,+-]{0,3})$/;

/** True for an ISO 4217 code that is in use, upper case. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/**
 * Reads a price exactly: `15.00 USD`, `USD 15.00`, `15,00 €`, `$15` or `15`. A bare amount is in `currency`; so is `$`
 * when that currency is a dollar, and `¥` when it is the yuan. Returns the reason when it is not a price.
 */
export function parsePrice(text: string, currency: string): Money | { reason: string } {
  const value = text.trim();
  if (/^[^\d]{0,4}-/.test(value)) return { reason: `a price cannot be negative: ${quote(value)}` };
  const parts = value.length <= 40 ? PRICE.exec(value) : null;
  const before = parts?.[1] ?? '';
  const after = parts?.[3] ?? '';
  if (!parts || (before && after && before !== after)) return { reason: `not a price: ${quote(value)}` };
  const mark = before || after;
  const code = mark ? currencyOf(mark, currency) : currency;
  if (!code) return { reason: `unknown currency: ${quote(value)}` };
  return parseAmount(parts[2] ?? '', code) ?? { reason: `not an amount of ${code}: ${quote(value)}` };
}

function currencyOf(mark: string, fallback: string): string | undefined {
  if (mark === '$') return DOLLARS.test(fallback) ? fallback : 'USD';
  if ((mark === '¥' || mark === '\uffe5') && fallback === 'CNY') return 'CNY';
  const symbol = SYMBOLS.get(mark);
  if (symbol) return symbol;
  const code = mark.toUpperCase();
  return isCurrency(code) ? code : undefined;
}
