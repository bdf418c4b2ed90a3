import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/config';
import { SENTIMENTS } from '../../src/domain';
import { type Weights, weightsToBytes } from '../../src/tensor';
import {
  CLASSES,
  halvesOf,
  notesOf,
  ownClassifierFile,
  readClassifier,
  specOf,
  TextClassifier,
  TrainedIntents,
  textFeatures,
} from '../../src/understanding';

const SPEC = { id: 'moods', classes: [...SENTIMENTS], space: 'test', dimensions: 2 };
const corrupt = expect.objectContaining({ code: 'MODEL_CORRUPT' });

/** Weights that know one feature of a text: it makes the first class likelier, and the vector's first number the last. */
function weightsFor(feature: number, classes = 3): Weights {
  const row = (at: number, value: number) => Array.from({ length: classes }, (_, k) => (k === at ? value : 0));
  return {
    features: { shape: [1, 2], data: halvesOf([feature]) },
    words: { shape: [1, classes], data: Float32Array.from(row(0, classes > 3 ? 20 : 10)) },
    vector: { shape: [2, classes], data: Float32Array.from([...row(classes - 1, 5), ...row(0, 0)]) },
    bias: { shape: [classes], data: new Float32Array(classes) },
  };
}
const [shout] = [...textFeatures('ABC')].filter((feature) => !textFeatures('abc').includes(feature)) as [number];

describe('features', () => {
  it('are the same however a text is written, but for shouting', () => {
    expect(textFeatures('Où est ma commande ?')).toEqual(textFeatures('ou est  ma COmmande ?'));
    expect(textFeatures('NOT THIS')).not.toEqual(textFeatures('not this'));
    expect([...textFeatures('')]).toHaveLength(2);
  });

  it('stay few for a long text', () => {
    expect(textFeatures('a b c d e f g '.repeat(10_000))).toEqual(textFeatures('a b c d e f g '.repeat(100)));
  });

  it('hold no word of a script without spaces, only its runs', () => {
    const [two, three] = [textFeatures('不要'), textFeatures('不要了')];
    expect(three.length).toBeGreaterThan(two.length);
    expect([...two].filter((feature) => !three.includes(feature)).length).toBeLessThan(two.length / 2);
  });
});

describe('a classifier', () => {
  const classifier = new TextClassifier(SPEC, weightsFor(shout));

  it('goes by the features that it knows, and by the vector', () => {
    const [plain, shouted] = [classifier.probabilities('abc'), classifier.probabilities('ABC')];
    expect([...plain]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(shouted[0]).toBeGreaterThan(0.8);
    expect(shouted.reduce((sum, each) => sum + each)).toBeCloseTo(1);
    expect(classifier.probabilities('abc', [1, 0])[2]).toBeGreaterThan(0.9);
    // Another encoder's is no use.
    expect(classifier.probabilities('abc', [1, 0, 0])).toEqual(plain);
  });

  it('refuses weights of other shapes, and notes of other rules', () => {
    const { bias: _, ...without } = weightsFor(shout);
    expect(() => new TextClassifier(SPEC, without)).toThrow(corrupt);
    expect(() => new TextClassifier({ ...SPEC, dimensions: 3 }, weightsFor(shout))).toThrow(corrupt);
    expect(() => new TextClassifier({ ...SPEC, classes: ['one', 'two'] }, weightsFor(shout))).toThrow(corrupt);
    expect(specOf(notesOf(SPEC))).toEqual(SPEC);
    expect(() => specOf({ ...notesOf(SPEC), features: 'others' })).toThrow(corrupt);
    expect(() => specOf({ ...notesOf(SPEC), dimensions: 'many' })).toThrow(corrupt);
  });
});

describe('the classifiers that serve', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-classifiers-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const folders = { DATA_DIR: folder, MODELS_DIR: join(packageRoot(), 'models') };

  it('are the shop’s own, else those that come with Vitrine', () => {
    expect(readClassifier({ ...folders, MODELS_DIR: folder }, 'sentiment')).toBeUndefined();
    expect(readClassifier(folders, 'sentiment')?.spec.space).toBe('vitrine-1');
    const file = ownClassifierFile(folders, 'sentiment');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, weightsToBytes(weightsFor(shout), notesOf(SPEC)));
    expect(readClassifier(folders, 'sentiment')?.spec).toEqual(SPEC);
    writeFileSync(file, weightsToBytes(weightsFor(shout, 2), notesOf({ ...SPEC, classes: ['one', 'two'] })));
    expect(() => readClassifier(folders, 'sentiment')).toThrow(corrupt);
  });
});

it('an intent is told where it is clear, and above "none"', () => {
  const classes = CLASSES.intents;
  const served = (feature: number) =>
    new TrainedIntents(new TextClassifier({ ...SPEC, classes }, weightsFor(feature, classes.length)));
  expect(served(shout).classify('ABC', 'en')).toMatchObject({ intent: classes[0] });
  // Everything is as likely as everything else.
  expect(served(shout).classify('abc', 'en').intent).toBeUndefined();
  const outside = served(shout).classify('abc', 'en', Float32Array.of(2, 0));
  expect(outside.intent).toBeUndefined();
  expect(outside.inScope).toBeLessThan(0.01);
});
