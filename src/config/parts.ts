import { z } from 'zod';

/** Texts separated by commas, or an array of them. */
export const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (typeof value === 'string' ? value.split(',') : value).map((part) => part.trim()).filter(Boolean),
  );

/** What a text of JSON stands for; what is no text stands for itself. */
export function json(message: string) {
  return z.unknown().transform((value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });
}

/** An http(s) address without name or password, which would be logged with it; or nothing. `secret` is the setting for those. */
export function endpoint(secret: string) {
  return z.union([
    z.literal(''),
    z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .refine((url) => !/^https?:\/\/[^/]*@/.test(url), `must hold no name or password: see ${secret}`),
  ]);
}
