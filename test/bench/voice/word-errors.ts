import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/config';
import type { Heard } from '../../../src/domain';
import { withFigures } from '../../../src/encoders/speech/number-words';
import type { WordFile } from '../../../src/encoders/speech/word-list';
import type { LabelledQuery } from '../../../src/training';

const WORDS = JSON.parse(
  readFileSync(join(packageRoot(), 'models', 'starter', 'voice', 'words.json'), 'utf8'),
) as Readonly<Partial<Record<string, WordFile>>>;

/** Words (Chinese: characters) to change, add and leave out, as a share of those that were said. */
export function errorRate(listened: readonly (readonly [LabelledQuery, Heard | undefined])[]): number {
  let [wrong, said] = [0, 0];
  for (const [query, heard] of listened) {
    const units = (text: string) =>
      query.lang === 'zh' ? [...text.replace(/\s/g, '')] : text.split(/\s+/).filter(Boolean);
    const file = WORDS[query.lang ?? ''];
    const joiner = query.lang === 'zh' ? '' : ' ';
    const figures = (words: string[]) =>
      file ? withFigures(words, file.numbers, new Set(file.currencies), joiner) : words;
    const [wanted, found] = [figures(units(query.written ?? '')), units(heard?.text ?? '')];
    wrong += distance(wanted, found);
    said += wanted.length;
  }
  return wrong / Math.max(1, said);
}

/** Levenshtein distance of lists. */
function distance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, word] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (word === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
