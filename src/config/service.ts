import { z } from 'zod';
import { LANGUAGES } from '../domain/language';

/** Settings of what shoppers are served with beside products. */
export const SERVICE_SETTINGS = {
  SHOP_LANGUAGE: {
    schema: z.enum(LANGUAGES),
    default: 'en',
    about: 'language in which the files of knowledge answer where a shopper’s language has none',
  },
  ORDERS: {
    schema: z.string().min(1),
    default: 'demo',
    about: 'where orders are looked up: demo, none, a JSON file, or the address of the shop’s own API',
  },
  ORDERS_SECRET: {
    schema: z.union([z.literal(''), z.string().min(16, 'must have at least 16 characters')]),
    default: '',
    about: 'key with which requests to the shop’s own API of orders are signed',
    secret: true,
  },
  KNOWLEDGE_DIR: {
    schema: z.string().min(1),
    default: 'dialogs/knowledge',
    about: 'folder of the Markdown files, by language, from which questions are answered',
  },
  ALERT_DAYS: {
    schema: z.coerce.number().int().min(1).max(3650),
    default: 90,
    about: 'days that an alert (back in stock, cheaper) is kept',
  },
  STOCK_DAYS: {
    schema: z.coerce.number().int().min(1).max(365),
    default: 14,
    about: 'a product runs low where its stock lasts fewer days than this',
  },
  STOCK_WEBHOOK: {
    schema: z.union([
      z.literal(''),
      z
        .url({ protocol: /^https?$/, error: 'must be an http or https address' })
        // What is in the address would be logged.
        .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'must hold no name or password: see STOCK_WEBHOOK_SECRET'),
    ]),
    default: '',
    about: 'address at which purchasing is told of products that run low; empty tells nobody',
  },
  STOCK_WEBHOOK_SECRET: {
    schema: z.union([z.literal(''), z.string().min(16, 'must have at least 16 characters')]),
    default: '',
    about: 'key with which those requests are signed',
    secret: true,
  },
} as const satisfies Record<string, { schema: z.ZodType; default: unknown; about: string; secret?: boolean }>;
