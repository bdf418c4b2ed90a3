/** Exact money: whole minor units (cents, yen …) and an ISO 4217 currency code. */
export interface Money {
  /** Amount in the currency's smallest unit; a safe integer. */
  readonly minor: number;
  /** ISO 4217, upper case: `EUR`, `JPY` … */
  readonly currency: string;
}

const MINOR_DIGITS = new Map<string, number>();

/** How many decimal digits a currency has (EUR 2, JPY 0, KWD 3). Throws a RangeError for a malformed code. */
export function minorDigits(currency: string): number {
  let digits = MINOR_DIGITS.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    MINOR_DIGITS.set(currency, digits);
  }
  return digits;
}

/**
 * Reads a decimal amount ("1299.00", "1.299,00", "1,299", "15") exactly, without floating point.
 * The last of `.` and `,` is the decimal mark when both occur, or when at most two digits (three for three-digit
 * currencies) follow a single one; otherwise it groups thousands. Returns undefined when it is not an amount.
 */
export function parseAmount(text: string, currency: string): Money | undefined {
  const digits = minorDigits(currency);
  const compact = text.trim().replace(/[\s\u00a0\u202f'’]/g, '');
  if (!/^\d[\d.,]{0,18}$/.test(compact)) return undefined;
  const lastDot = compact.lastIndexOf('.');
  const lastComma = compact.lastIndexOf(',');
  const last = Math.max(lastDot, lastComma);
  let whole = compact;
  let fraction = '';
  if (last >= 0) {
    const mark = compact[last] ?? '.';
    const other = mark === '.' ? ',' : '.';
    const single = compact.indexOf(mark) === last;
    const after = compact.length - last - 1;
    const decimal = single && (compact.includes(other) ? after > 0 : after > 0 && after !== 3);
    const threeDigitCurrency = single && digits === 3 && after === 3;
    if (decimal || threeDigitCurrency) {
      whole = compact.slice(0, last);
      fraction = compact.slice(last + 1);
    }
  }
  if (/[.,]/.test(whole) && !/^\d{1,3}(?:[.,]\d{3})+$/.test(whole)) return undefined;
  whole = whole.replace(/[.,]/g, '');
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction)) return undefined;
  const extra = fraction.slice(digits);
  if (/[1-9]/.test(extra)) return undefined;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}

/** The amount as a plain decimal string with a dot, as feeds write it: `{1299, EUR}` → `12.99`. */
export function amountText(money: Money): string {
  const digits = minorDigits(money.currency);
  const sign = money.minor < 0 ? '-' : '';
  const padded = String(Math.abs(money.minor)).padStart(digits + 1, '0');
  if (digits === 0) return sign + padded;
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** Converts by a rate in *major* units of `to` per major unit of the money's currency, rounded to a whole minor unit. */
export function convertMoney(money: Money, to: string, rate: number): Money {
  const scale = 10 ** (minorDigits(to) - minorDigits(money.currency));
  return { minor: Math.round(money.minor * rate * scale), currency: to };
}
