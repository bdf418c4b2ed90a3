import { z } from 'zod';
import { endpoint } from './parts';

/** Settings of the optional language model. */
export const LLM_SETTINGS = {
  LLM_URL: {
    schema: endpoint('LLM_KEY'),
    default: '',
    about: 'address of an OpenAI-compatible service, such as https://llm.example/v1; no language model where empty',
  },
  LLM_MODEL: { schema: z.string().max(200), default: '', about: 'name of the model there' },
  LLM_KEY: {
    schema: z.union([z.literal(''), z.string().regex(/^[\x21-\x7e]+$/, 'must be characters of ASCII without spaces')]),
    default: '',
    about: 'bearer token for it, where it wants one; from the environment only',
    secret: true,
  },
  LLM_TIMEOUT_MS: {
    // A turn has 15 s, and may call twice.
    schema: z.coerce.number().int().min(100).max(5_000),
    default: 2_500,
    about: 'milliseconds for one call of it, a second try included; then the built-in path answers',
  },
  LLM_USE: {
    schema: z.enum(['understand', 'phrase', 'both']),
    default: 'understand',
    about: 'what it is for: reading words that the built-in parser explains little of, phrasing answers, or both',
  },
} as const satisfies Record<string, { schema: z.ZodType; default: unknown; about: string; secret?: boolean }>;

/** Settings of the model that need one another. Returns the one that is wrong and why; undefined where nothing is. */
export function llmFault(
  values: Readonly<Record<string, unknown>>,
): readonly [name: string, reason: string] | undefined {
  const { LLM_URL: url, LLM_MODEL: model, LLM_KEY: key } = values;
  if (url && !model) return ['LLM_MODEL', 'must be set with LLM_URL: the name of the model'];
  if (!url && (model || key)) return ['LLM_URL', 'must be set with LLM_MODEL and LLM_KEY: the address of the service'];
  return undefined;
}
