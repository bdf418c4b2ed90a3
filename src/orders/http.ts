import { type Order, type OrderStore, plainOrderNumber, VitrineError } from '../domain';
import { orderSchema } from './schema';
import { postSigned, type SignedPostOptions } from './signed-post';

/** Its address takes `{"number":…, "email":…}`, and answers with an order, or 404. */
export type HttpOrderStoreOptions = SignedPostOptions;

/** Orders of a shop's own API, asked by signed requests; see `postSigned`. */
export class HttpOrderStore implements OrderStore {
  constructor(private readonly options: HttpOrderStoreOptions) {}

  async find(number: string, email: string, signal: AbortSignal): Promise<Order | undefined> {
    const body = JSON.stringify({ number, email: email.trim().toLowerCase() });
    const answer = await postSigned(this.options, body, signal);
    if (answer === undefined) throw new VitrineError('ORDERS_FAILED', "the shop's API did not answer 3 times");
    const { status, text } = answer;
    if (status === 404) return undefined;
    if (status !== 200) throw new VitrineError('ORDERS_FAILED', `the shop's API answered with status ${status}`);
    if (text === undefined) throw new VitrineError('ORDERS_FAILED', "the shop's API answered with too much");
    return checked(text, number);
  }
}

/** The order of an answer. Its words stay out of errors: they may tell of a shopper. */
function checked(text: string, number: string): Order {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new VitrineError('ORDERS_FAILED', "the shop's API answered with what is no JSON");
  }
  const parsed = orderSchema.safeParse(json);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'the whole';
    throw new VitrineError('ORDERS_FAILED', `the shop's API answered with an order whose ${field} is not valid`);
  }
  if (plainOrderNumber(parsed.data.number) !== plainOrderNumber(number)) {
    throw new VitrineError('ORDERS_FAILED', "the shop's API answered with another order");
  }
  return parsed.data;
}
