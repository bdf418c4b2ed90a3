// Makes the described validation queries: what a thing is for, said without its name, from the phrases that the recipe of the
// text encoder (models/recipes/text/written/uses) keeps out of training: node dist/test/queries/describe.js
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { LANGUAGES, type Language } from '../../src/domain';
import type { WantedQuery } from './grade';
import { QUERY_FOLDER } from './make';

const A_LANGUAGE = 60;
const USES = join(packageRoot(), 'models', 'recipes', 'text', 'written', 'uses');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The rule of `trained_phrase` in the recipe's pairs.py: a quarter of the phrases is never trained on. */
const isKeptBack = (phrase: string) => digest(`use/${phrase}`).readBigUInt64BE() % 4n === 0n;

function describe(language: Language): WantedQuery[] {
  const uses = JSON.parse(readFileSync(join(USES, `${language}.json`), 'utf8')) as Record<string, string[]>;
  return Object.entries(uses)
    .flatMap(([kind, phrases]) => phrases.filter(isKeptBack).map((text) => ({ text, kind })))
    .sort((a, b) => digest(a.text).compare(digest(b.text)))
    .slice(0, A_LANGUAGE)
    .map(({ text, kind }) => ({ text, lang: language, want: { kinds: [kind] } }));
}

if (require.main === module) {
  const folder = join(QUERY_FOLDER, 'described');
  mkdirSync(folder, { recursive: true });
  for (const language of LANGUAGES) {
    const lines = describe(language).map((query) => JSON.stringify(query));
    writeFileSync(join(folder, `${language}.jsonl`), `${lines.join('\n')}\n`);
  }
}
