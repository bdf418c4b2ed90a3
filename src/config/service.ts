import { z } from 'zod';
import { LANGUAGES } from '../domain/language';

/** Settings of what shoppers are served with beside products. */
export const SERVICE_SETTINGS = {
  SHOP_LANGUAGE: {
    schema: z.enum(LANGUAGES),
    default: 'en',
    about: 'language in which the files of knowledge answer where a shopper’s language has none',
  },
  KNOWLEDGE_DIR: {
    schema: z.string().min(1),
    default: 'dialogs/knowledge',
    about: 'folder of the Markdown files, by language, from which questions are answered',
  },
} as const satisfies Record<string, { schema: z.ZodType; default: unknown; about: string; secret?: boolean }>;
