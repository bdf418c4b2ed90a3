import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, type Order, type OrderStore, plainOrderNumber, VitrineError } from '../domain';
import { orderSchema } from './schema';

const fileSchema = z.array(orderSchema.extend({ email: z.email() }));

/** Orders of a JSON file: an array of orders with their e-mail addresses, read once. */
export class FileOrderStore implements OrderStore {
  private readonly orders: ReadonlyMap<string, { readonly order: Order; readonly email: Buffer }>;

  /** Throws CONFIG_INVALID that names the file and the field. */
  constructor(file: string) {
    try {
      const read = fileSchema.parse(parsed(readFileSync(file, 'utf8')));
      this.orders = new Map(
        read.map(({ email, ...order }) => [plainOrderNumber(order.number), { order, email: digest(email) }]),
      );
    } catch (error) {
      throw new VitrineError('CONFIG_INVALID', `ORDERS: ${file}: ${messageOf(error)}`, { cause: error });
    }
  }

  async find(number: string, email: string): Promise<Order | undefined> {
    const found = this.orders.get(plainOrderNumber(number));
    const said = digest(email);
    // An unknown number takes as long as a wrong address.
    const matches = timingSafeEqual(said, found?.email ?? digest(''));
    return found && matches ? found.order : undefined;
  }
}

/** What JSON.parse says quotes the text, and a shopper's address may stand there. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(text.trim() === '' ? 'the file is empty' : 'the file is not valid JSON');
  }
}

function digest(email: string): Buffer {
  return createHash('sha256').update(email.normalize('NFKC').trim().toLowerCase()).digest();
}
