import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';
import {
  type AnswerPhraser,
  GENDERS,
  type KnownIds,
  LANGUAGES,
  type Language,
  type ModelCall,
  messageOf,
  type QueryReader,
  type TextAnalyzer,
  VitrineError,
} from './domain';
import { ChatModel, ModelPhraser, ModelQueryReader, phrasingSchema } from './llm';
import type { Lexicons } from './understanding';

/** What a language model is made of. */
export interface LlmParts {
  readonly config: Config;
  readonly lexicons: Lexicons;
  readonly analyzer: TextAnalyzer;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly onCall: (call: ModelCall) => void;
}

/** What a language model of the merchant's choice does; nothing where LLM_URL is empty. Throws CONFIG_INVALID for a broken list of words. */
export function createLlm({ config, lexicons, analyzer, clock, onCall }: LlmParts): {
  readonly reader?: QueryReader;
  readonly phraser?: AnswerPhraser;
} {
  const { LLM_URL: url, LLM_MODEL: name, LLM_KEY: key, LLM_TIMEOUT_MS: timeout, LLM_USE: use } = config;
  if (url === '') return {};
  const model = new ChatModel({ url, model: name, key, timeout, clock, onCall });
  const allowed = allowedWords(config.LOCALES_DIR);
  return {
    ...(use !== 'phrase' && { reader: new ModelQueryReader(model, knownIds(lexicons)) }),
    ...(use !== 'understand' && { phraser: new ModelPhraser(model, { analyzer, allowed }) }),
  };
}

/** The ids of the lexicons, which are the same in every language. */
function knownIds({ byLanguage }: Lexicons): KnownIds {
  const { file } = byLanguage.en;
  return {
    kinds: Object.keys(file.kinds),
    groups: Object.keys(file.groups),
    colors: Object.keys(file.colors),
    materials: Object.keys(file.materials),
    patterns: Object.keys(file.patterns),
    sizes: Object.keys(file.sizes),
    genders: GENDERS,
  };
}

function allowedWords(localesDir: string): Record<Language, readonly string[]> {
  const read = (language: Language) => {
    const file = join(localesDir, language, 'phrasing.json');
    try {
      return phrasingSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).words;
    } catch (error) {
      throw new VitrineError('CONFIG_INVALID', `${file}: ${messageOf(error)}`, { cause: error });
    }
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, read(language)])) as Record<Language, string[]>;
}
