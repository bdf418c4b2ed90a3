import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  LANGUAGES,
  type Language,
  messageOf,
  SERVICE_TOPICS,
  type ServiceRecogniser,
  type ServiceTopic,
  type ServiceWish,
  VitrineError,
} from '../domain';
import { detectLanguage } from './detect';
import { cleanText } from './fold';
import type { Lexicons } from './lexicon';
import { compilePattern, patternKey } from './patterns';

/** Longer messages are looked at from their beginning. */
const LONGEST = 500;

/** One language's `service.json`: for each topic, patterns of how shoppers ask; see `compilePattern`. */
export const serviceSchema = z.strictObject({
  language: z.enum(LANGUAGES),
  topics: z.record(z.enum(SERVICE_TOPICS), z.array(z.string().min(1)).min(1)),
});

type Compiled = readonly (readonly [ServiceTopic, readonly RegExp[]])[];

/** Recognises wishes to be served by the patterns of `locales/<language>/service.json`, the most likely language first. */
export class ServicePatterns implements ServiceRecogniser {
  private readonly byLanguage: ReadonlyMap<Language, Compiled>;

  /** Throws CONFIG_INVALID that names the file where one is missing or broken. */
  constructor(
    localesDir: string,
    private readonly lexicons: Lexicons,
  ) {
    this.byLanguage = new Map(LANGUAGES.map((language) => [language, load(localesDir, language)]));
  }

  recognise(text: string, hint: Language): ServiceWish | undefined {
    const clean = cleanText(text, LONGEST);
    const said = patternKey(clean);
    const likely = detectLanguage(clean, this.lexicons, hint);
    for (const language of new Set([likely, hint, ...LANGUAGES])) {
      const topic = mostMatched(this.byLanguage.get(language) ?? [], said);
      if (topic) return { topic, language };
    }
    return undefined;
  }
}

/** The topic most of whose patterns match; of several the first. */
function mostMatched(compiled: Compiled, said: string): ServiceTopic | undefined {
  let best: ServiceTopic | undefined;
  let most = 0;
  for (const [topic, patterns] of compiled) {
    const matched = patterns.filter((each) => each.test(said)).length;
    if (matched > most) [best, most] = [topic, matched];
  }
  return best;
}

function load(localesDir: string, language: Language): Compiled {
  const file = join(localesDir, language, 'service.json');
  try {
    const { topics } = serviceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const cjk = language === 'zh' || language === 'ja';
    return SERVICE_TOPICS.map((topic) => [topic, topics[topic].map((pattern) => compilePattern(pattern, cjk))]);
  } catch (error) {
    throw new VitrineError('CONFIG_INVALID', `${file}: ${messageOf(error)}`, { cause: error });
  }
}
