import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { weightsFromBytes, weightsToBytes } from '../../../src/tensor';
import { areaUnderRoc, crossValidated, f1Of, macroF1, readPhrases, trainKind } from '../../../src/training';
import { minimise } from '../../../src/training/text/lbfgs';
import { notesOf, specOf, TextClassifier, TrainedSentiment } from '../../../src/understanding';

const SPACE = { space: 'test', dimensions: 2 };
const SAID = {
  negative: ['this is awful', 'awful service', 'so awful', 'really awful, I am angry'],
  neutral: ['a red mug', 'mug please', 'show me a mug', 'is the mug blue'],
  positive: ['this is lovely', 'lovely, thanks', 'so lovely', 'really lovely service'],
};
const PHRASES = Object.entries(SAID).flatMap(([label, texts]) =>
  texts.map((text) => ({ text, label, language: 'en' })),
);
const served = (trained = trainKind('sentiment', PHRASES, SPACE)) =>
  new TrainedSentiment(new TextClassifier(trained.spec, trained.weights));

it('finds the least of a function whose slopes differ a thousandfold', () => {
  const scales = [1, 10, 1_000];
  const found = minimise(
    (point, gradient) =>
      scales.reduce((sum, scale, i) => {
        const off = (point[i] as number) - i;
        gradient[i] = 2 * scale * off;
        return sum + scale * off * off;
      }, 0),
    new Float64Array(3).fill(5),
    { iterations: 200, tolerance: 0 },
  );
  expect([...found].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([0, 1, 2]);
});

it('learns what phrases say, and tells it of new ones', () => {
  const classifier = served();
  for (const { text, label } of PHRASES) expect(classifier.classify(text, 'en').label).toBe(label);
  const found = classifier.classify('an awful shop', 'en');
  expect(found.label).toBe('negative');
  expect(found.scores.negative + found.scores.neutral + found.scores.positive).toBeCloseTo(1);
});

it('goes by vectors where words say nothing', () => {
  const texts = ['one', 'two', 'three', 'four'];
  const phrases = texts.flatMap((text) =>
    (['negative', 'neutral', 'positive'] as const).map((label, k) => ({
      ...{ text, label, language: 'en' },
      vector: Float32Array.of(k - 1, k === 1 ? 1 : 0),
    })),
  );
  const classifier = served(trainKind('sentiment', phrases, SPACE, { vectorScale: 2, l2: 1e-6 }));
  expect(classifier.classify('five', 'en', Float32Array.of(-1, 0)).label).toBe('negative');
  expect(classifier.classify('five', 'en', Float32Array.of(1, 0)).label).toBe('positive');
});

it('makes the same weights of the same phrases, and keeps them through a file', () => {
  const trained = trainKind('sentiment', PHRASES, SPACE);
  const again = trainKind('sentiment', PHRASES, SPACE);
  const bytes = weightsToBytes(trained.weights, notesOf(trained.spec));
  expect(weightsToBytes(again.weights, notesOf(again.spec)).equals(bytes)).toBe(true);
  const { weights, notes } = weightsFromBytes(bytes);
  const loaded = new TextClassifier(specOf(notes), weights);
  const direct = new TextClassifier(trained.spec, trained.weights);
  // Its numbers are kept with half their bits.
  const [read, trainedNow] = [loaded, direct].map((each) => each.probabilities('awful mug'));
  for (const [place, value] of (trainedNow ?? []).entries()) expect(read?.[place]).toBeCloseTo(value, 2);
  expect(trainKind('sentiment', PHRASES.slice(1), SPACE).spec.id).not.toBe(trained.spec.id);
});

it('keeps the features that weigh most, where not all of them may stay', () => {
  const [all, few] = [
    trainKind('sentiment', PHRASES, SPACE),
    trainKind('sentiment', PHRASES, SPACE, { mostFeatures: 60 }),
  ];
  const rowsOf = ({ weights }: typeof all) => weights.words?.shape[0] ?? 0;
  expect(rowsOf(all)).toBeGreaterThan(60);
  expect(rowsOf(few)).toBe(60);
  const lengths = ({ weights }: typeof all) => {
    const { shape: [rows = 0, width = 0] = [], data = new Float32Array() } = weights.words ?? {};
    return Array.from({ length: rows }, (_, row) => Math.hypot(...data.subarray(row * width, (row + 1) * width)));
  };
  const longest = lengths(all).sort((one, other) => other - one);
  expect(Math.min(...lengths(few))).toBeCloseTo(longest[59] as number, 5);
  // What is kept stands in order, as readers need it, and still tells the clear cases.
  const features = [...(few.weights.features?.data ?? [])];
  expect(features).toHaveLength(120);
  const classifier = served(few);
  expect(classifier.classify('awful', 'en').label).toBe('negative');
  expect(classifier.classify('lovely', 'en').label).toBe('positive');
});

it('judges each phrase by a classifier that did not learn from it', () => {
  const odd = { text: 'xyzzy', label: 'negative', language: 'en' };
  const found = crossValidated('sentiment', [...PHRASES, odd], SPACE, 2, (classifier, { text, label }) => {
    const known = classifier.probabilities(text)[0] as number;
    return { text, label, known };
  });
  expect(found.map(({ text }) => text)).toEqual([...PHRASES, odd].map(({ text }) => text));
  const learnt = served(trainKind('sentiment', [...PHRASES, odd, odd], SPACE));
  expect(found.at(-1)?.known).toBeLessThan(learnt.classify('xyzzy', 'en').scores.negative);
  const parts = [0, 1].map((only) =>
    crossValidated('sentiment', [...PHRASES, odd], SPACE, 2, (_, { text }) => text, only),
  );
  expect(parts.map(({ length }) => length).reduce((sum, each) => sum + each)).toBe(PHRASES.length + 1);
  expect(new Set(parts.flat())).toEqual(new Set([...PHRASES, odd].map(({ text }) => text)));
});

it('counts F1 and the area under the curve as they are defined', () => {
  const judged = [
    { label: 'a', guess: 'a' },
    { label: 'a', guess: 'b' },
    { label: 'b', guess: 'b' },
    { label: 'b', guess: 'b' },
  ];
  expect(f1Of(judged, 'a')).toBeCloseTo(2 / 3);
  expect(f1Of(judged, 'b')).toBeCloseTo(4 / 5);
  expect(macroF1(judged, ['a', 'b', 'c'])).toBeCloseTo((2 / 3 + 4 / 5) / 3);
  expect(areaUnderRoc([3, 2], [1, 0])).toBe(1);
  expect(areaUnderRoc([1, 1], [1])).toBe(0.5);
  expect(areaUnderRoc([3, 1], [2, 0])).toBe(0.75);
});

describe('phrases of a folder', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-phrases-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const wrote = (content: unknown) => {
    mkdirSync(join(dir, 'ja'), { recursive: true });
    writeFileSync(join(dir, 'ja', 'sentiment.json'), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const fault = (message: string) => expect.objectContaining({ code: 'TRAINING_FAILED', message });

  it('are those of the languages that have them', () => {
    expect(() => readPhrases(dir, 'sentiment')).toThrow(fault(expect.stringContaining('no sentiment.json')));
    wrote(SAID);
    expect(readPhrases(dir, 'sentiment')).toHaveLength(12);
    expect(readPhrases(dir, 'sentiment')[0]).toEqual({ text: 'this is awful', label: 'negative', language: 'ja' });
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', "ja/sentiment.json can't be read"],
    ['a class too few', { ...SAID, positive: undefined }, 'has no "positive"'],
    ['a class too many', { ...SAID, bored: ['meh'] }, 'there is no class "bored"'],
    ['an empty phrase', { ...SAID, positive: [' '] }, "can't be read"],
  ])('are refused with %s', (_name, content, message) => {
    wrote(content);
    expect(() => readPhrases(dir, 'sentiment')).toThrow(fault(expect.stringContaining(message)));
  });
});
