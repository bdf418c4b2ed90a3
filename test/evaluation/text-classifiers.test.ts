import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { INTENTS, LANGUAGES, type Language, SENTIMENTS } from '../../src/domain';
import { macroF1, readHeldOut, readPhrases, specFor } from '../../src/training';
import {
  CLASSIFIER_KINDS,
  type ClassifierKind,
  NO_INTENT,
  readClassifier,
  TrainedIntents,
  TrainedSentiment,
} from '../../src/understanding';

const ROOT = packageRoot();
const FIELDS = { sentiment: 'sentiment', intents: 'intent' } as const;
/** Phrases that a language has at least, of each class. */
const LEAST = { sentiment: 100, intents: 25 } as const;
/** Macro-F1 on held-out phrases that are not learnt word for word, by words alone, below which no language must fall; a little under what was measured. */
const FLOORS = { sentiment: 0.58, intents: 0.7 } as const;

const folders = { DATA_DIR: join(ROOT, 'no-such-folder'), MODELS_DIR: join(ROOT, 'models') };
const heldOut = (kind: ClassifierKind, language: Language) =>
  readHeldOut(join(ROOT, 'test', 'fixtures', kind, 'held-out', `${language}.jsonl`), language, FIELDS[kind]);
const key = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.!?。！？…]+$/u, '');

const guesser = (kind: ClassifierKind) => {
  const classifier = readClassifier(folders, kind);
  if (!classifier) throw new Error(`no weights for ${kind}`);
  if (kind === 'sentiment') {
    const served = new TrainedSentiment(classifier);
    return (text: string, language: Language): string => served.classify(text, language).label;
  }
  const served = new TrainedIntents(classifier);
  return (text: string, language: Language): string => served.classify(text, language).intent ?? NO_INTENT;
};

describe.each(CLASSIFIER_KINDS)('%s', (kind) => {
  const phrases = readPhrases(join(ROOT, 'locales'), kind);
  const classes: readonly string[] = kind === 'sentiment' ? SENTIMENTS : INTENTS;

  it('has weights that were learnt from these phrases', () => {
    const spec = specFor(kind, phrases, { space: 'vitrine-1', dimensions: 256 });
    // Differs: run "vitrine models train-text --out models/starter", then models/recipes/manifest.py.
    expect(readClassifier(folders, kind)?.spec).toEqual(spec);
  });

  describe.each(LANGUAGES)('%s', (language) => {
    const own = phrases.filter((phrase) => phrase.language === language);

    it('has enough phrases of each class, none of them twice or under two', () => {
      for (const label of classes)
        expect([label, own.filter((phrase) => phrase.label === label).length >= LEAST[kind]]).toEqual([label, true]);
      const keys = own.map(({ text }) => key(text));
      expect(keys.filter((each, place) => keys.indexOf(each) !== place)).toEqual([]);
    });

    it('is told as well as before', () => {
      const guess = guesser(kind);
      const learnt = new Set(own.map(({ text }) => key(text)));
      const asked = heldOut(kind, language).filter(({ text }) => !learnt.has(key(text)));
      expect(asked.length).toBeGreaterThanOrEqual(60);
      const judged = asked.map(({ text, label }) => ({ label, guess: guess(text, language) }));
      expect(macroF1(judged, classes)).toBeGreaterThanOrEqual(FLOORS[kind]);
    });
  });
});
