import type { PreTrainedTokenizer } from '@huggingface/transformers';
import type { TextRole } from '../domain';
import type { TextEncoding } from './manifest';

/** Characters read for each token that a model takes: more than any script needs. */
const CHARACTERS_A_TOKEN = 32;

/** Token ids of texts and which of them count, row after row, [rows, width] each. */
export interface TokenBatch {
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
  readonly rows: number;
  readonly width: number;
}

/**
 * Turns texts into token ids as a model wants them: prefix by role, lower case, cut to `maxTokens`, padded to `padTo`
 * or the longest. Takes any text: lone surrogates become U+FFFD, NUL a space, and of a very long text only the first
 * 32 characters a token are looked at. A text of which the tokenizer leaves nothing is one unknown token.
 */
export class TextTokens {
  private readonly specials: { readonly before: readonly number[]; readonly after: readonly number[] };

  constructor(
    private readonly tokenizer: PreTrainedTokenizer,
    private readonly encoding: TextEncoding,
  ) {
    this.specials = specialsOf(tokenizer);
  }

  batch(texts: readonly string[], role: TextRole): TokenBatch {
    const rows = texts.map((text) => this.idsOf(text, role));
    const width = this.encoding.padTo ?? Math.max(...rows.map((row) => row.length));
    const ids = new BigInt64Array(rows.length * width).fill(BigInt(this.tokenizer.pad_token_id ?? 0));
    const mask = new BigInt64Array(rows.length * width);
    rows.forEach((row, index) => {
      ids.set(row.map(BigInt), index * width);
      mask.fill(1n, index * width, index * width + row.length);
    });
    return { ids, mask, rows: rows.length, width };
  }

  private idsOf(text: string, role: TextRole): number[] {
    const { prefixes, lowercase, maxTokens } = this.encoding;
    const start = text
      .slice(0, maxTokens * CHARACTERS_A_TOKEN)
      .toWellFormed()
      .replaceAll('\0', ' ');
    const prepared = prefixes[role] + (lowercase ? start.toLowerCase() : start);
    const { before, after } = this.specials;
    // The library cuts special tokens off with the rest; models were trained with them.
    const words = this.tokenizer.encode(prepared, { add_special_tokens: false });
    const ids = [...before, ...words.slice(0, maxTokens - before.length - after.length), ...after];
    return ids.length > 0 ? ids : [this.tokenizer.unk_token_id ?? 0];
  }
}

/** The special tokens that a tokenizer puts around a text. */
function specialsOf(tokenizer: PreTrainedTokenizer): { before: readonly number[]; after: readonly number[] } {
  const probe = 'a';
  const words = tokenizer.encode(probe, { add_special_tokens: false });
  const all = tokenizer.encode(probe);
  const start = all.findIndex((_, index) => words.every((id, offset) => all[index + offset] === id));
  if (start < 0) throw new Error('the tokenizer puts special tokens inside of words');
  return { before: all.slice(0, start), after: all.slice(start + words.length) };
}
