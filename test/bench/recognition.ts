import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntentGuess } from '../../src/app-intents';
import { createService } from '../../src/app-service';
import { intentOf, type Recognised, Recogniser, WISHES } from '../../src/assistant';
import { loadConfig, packageRoot } from '../../src/config';
import { type Intent, LANGUAGES, type Language } from '../../src/domain';
import { createTextEncoder } from '../../src/encoders';
import { macroF1, readHeldOut } from '../../src/training';
import {
  GrammarCommands,
  LexiconAnalyzer,
  LexiconParser,
  LexiconPhrases,
  LexiconVocabulary,
  loadCommands,
  loadLexicons,
  MannerPatterns,
} from '../../src/understanding';

type Log = (line: string) => void;

/** Wishes for products, and what is out of scope: the search answers them all. */
const SEARCH = 'search';
const FIXTURES = join(packageRoot(), 'test', 'fixtures');

/**
 * What messages are taken for as a whole: set phrases, commands, patterns of service, and the trained classifier where none
 * of these fits. F1 by language of the intents that have a flow, on the phrases of `set`; and of how many typed searches
 * (the validation queries) something else is made.
 */
export async function benchRecognition(set: string, log: Log): Promise<void> {
  const config = loadConfig({ DATA_DIR: join(packageRoot(), 'data') });
  const encoder = createTextEncoder(config);
  const observer = { step: () => undefined, fault: (error: unknown) => log(String(error)) };
  const parts = {
    config,
    lexicons: loadLexicons(config.LOCALES_DIR, config.MODELS_DIR),
    encoder,
    observer,
    clock: Date.now,
  };
  const parser = new LexiconParser(parts.lexicons, config.EXCHANGE_RATES);
  const detector = new LexiconAnalyzer(parts.lexicons);
  const recogniser = new Recogniser({
    phrases: new LexiconPhrases(parts.lexicons),
    commands: new GrammarCommands(loadCommands(config.LOCALES_DIR)),
    service: createService(parts).service,
    vocabulary: new LexiconVocabulary(parts.lexicons),
    manners: new MannerPatterns(config.LOCALES_DIR, parts.lexicons),
    detect: (text, hint) => detector.detectLanguage(text, hint),
    guess: createIntentGuess(parts),
    fitting: () => [],
    parse: async (text, language) => parser.parse(text, { language, currency: config.CURRENCY, brands: [] }),
  });
  const recognise = async (text: string, language: Language, isAsked = false): Promise<string> => {
    const from = { channel: 'bench', conversationId: '', userId: '' } as const;
    const message = { ...from, text, locale: language, kind: 'message', hasAttachments: false } as const;
    const asked = isAsked ? ({ about: 'person', reason: 'gaveUp' } as const) : undefined;
    const said = { message, photo: undefined, voice: undefined };
    const found = await recogniser.recognise(said, { version: 2, language }, asked, new AbortController().signal);
    return nameOf(found);
  };
  try {
    const rows = [];
    for (const language of LANGUAGES) {
      const path = join(FIXTURES, 'intents', set, `${language}.jsonl`);
      for (const { text, label } of readHeldOut(path, language, 'intent')) {
        const guess = await recognise(text, language, label === 'affirm' || label === 'deny');
        rows.push({ language, label: WISHES[label as Intent] ? label : SEARCH, guess });
      }
    }
    const classes = Object.keys(WISHES);
    for (const language of [...LANGUAGES, 'all'] as const) {
      const own = rows.filter((row) => language === 'all' || row.language === language);
      const searches = own.filter(({ label }) => label === SEARCH);
      const lost = searches.filter(({ guess }) => guess !== SEARCH).length;
      log(
        `  ${language}: macro-F1 of ${classes.length} intents ${macroF1(own, classes).toFixed(3)}; ` +
          `of ${searches.length} others ${lost} are taken for one of them`,
      );
    }
    const lines = readFileSync(join(FIXTURES, 'queries', 'validation.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean);
    const queries = lines.map((line) => JSON.parse(line) as { text: string; lang: Language });
    let lost = 0;
    for (const { text, lang } of queries) if ((await recognise(text, lang)) !== SEARCH) lost++;
    log(`  of ${queries.length} typed searches ${lost} are taken for something else`);
  } finally {
    await encoder?.close();
  }
}

const MANNERS: Readonly<Record<string, Intent>> = {
  switch: 'switch-language',
  languages: 'switch-language',
  abuse: 'abuse',
};

/** Words that describe are looked for, where nothing that was shown is like that. */
function nameOf({ intent, command, service, manner }: Recognised): string {
  if (manner) return MANNERS[manner.kind] ?? 'smalltalk';
  const describes = command?.references.some(({ kind }) => kind === 'described');
  if (command?.action === 'select' && describes) return SEARCH;
  // What is to be otherwise, or no longer matters, goes on with a search.
  const refines = command?.change !== undefined || command?.action === 'takeBack' || command?.action === 'noPreference';
  if (refines) return SEARCH;
  const found =
    (intent && intentOf({ phrase: intent })) ??
    (command && intentOf({ action: command.action })) ??
    (service?.topic && intentOf({ topic: service.topic }));
  if (found && WISHES[found]) return found;
  return intent ?? command?.action ?? (service && 'service') ?? SEARCH;
}
