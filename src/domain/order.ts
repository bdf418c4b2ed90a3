/** Where an order stands. */
export const ORDER_STATES = ['paid', 'packed', 'shipped', 'delivered', 'cancelled', 'returned', 'refunded'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What a shopper is told of an order; never an address or a name. Dates are written YYYY-MM-DD. */
export interface Order {
  readonly number: string;
  readonly state: OrderState;
  readonly items: readonly { readonly title: string; readonly quantity: number }[];
  readonly carrier?: string | undefined;
  readonly tracking?: string | undefined;
  /** When it should arrive, while it is on its way. */
  readonly expectedOn?: string | undefined;
  /** Since when the state holds. */
  readonly since?: string | undefined;
}

/** A shop's orders. */
export interface OrderStore {
  /**
   * The order of that number whose e-mail address this is; undefined for a wrong number and for a wrong address alike.
   * Throws ORDERS_FAILED, whose message holds neither.
   */
  find(number: string, email: string, signal: AbortSignal): Promise<Order | undefined>;
}

const NUMBER = /(?<![A-Za-z0-9@.])#?((?:[A-Za-z]{1,4}[- ]?)?\d{4,12})(?![A-Za-z0-9@])/;
const EMAIL = /\S+@\S+/g;

/** The first order number in a text ("V-1001", "#1001", "v 1001"), in its plain form; undefined where there is none. */
export function orderNumberIn(text: string): string | undefined {
  const found = NUMBER.exec(text.normalize('NFKC').replace(EMAIL, ' '))?.[1];
  return found && plainOrderNumber(found);
}

/** The form in which order numbers are compared: upper case letters and digits. */
export function plainOrderNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}
