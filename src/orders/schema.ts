import { z } from 'zod';
import { ORDER_STATES } from '../domain';

/** An order as a shop's file or API tells it. */
export const orderSchema = z.object({
  number: z.string().min(1).max(40),
  state: z.enum(ORDER_STATES),
  items: z.array(z.object({ title: z.string().min(1).max(300), quantity: z.number().int().min(1) })).max(200),
  carrier: z.string().max(80).optional(),
  tracking: z.string().max(80).optional(),
  expectedOn: z.iso.date().optional(),
  since: z.iso.date().optional(),
});
