import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language, StructuredQuery } from '../../src/domain';
import { LexiconParser, loadLexicons } from '../../src/understanding';

const parser = new LexiconParser(loadLexicons(join(packageRoot(), 'locales')), {});

/** What a text asks for, in a shop of euros without brands. */
export function parse(text: string, language: Language): StructuredQuery {
  return parser.parse(text, { currency: 'EUR', brands: [], language });
}
