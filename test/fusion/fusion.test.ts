import { MODALITIES, type Modality, type ModalityVectors } from '../../src/domain';
import { initialWeights, SumFusion, shapesOf, TrainedFusion, type TrainedKind } from '../../src/fusion';
import { tensorflow, weightsFromBytes, weightsToBytes } from '../../src/tensor';
import { busyWeights, FULL, vector } from './support';

const KINDS: readonly TrainedKind[] = ['attention', 'weighted', 'concat'];
const spec = (kind: TrainedKind) => ({ id: `test-${kind}`, kind, space: 'test', dimensions: 16 });
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
/** All 31 ways to have some of the modalities. */
const SOME = Array.from({ length: 2 ** MODALITIES.length - 1 }, (_, bits) =>
  MODALITIES.filter((_, at) => ((bits + 1) >> at) & 1),
);
const only = (modalities: readonly Modality[]): ModalityVectors =>
  Object.fromEntries(modalities.map((modality) => [modality, FULL[modality]]));

describe.each(KINDS)('%s', (kind) => {
  let fusion: TrainedFusion;

  beforeAll(async () => {
    fusion = await TrainedFusion.load(spec(kind), busyWeights(kind));
  });
  afterAll(() => fusion.close());

  it('makes a normalised vector of any modalities, and shares that sum to 1', async () => {
    for (const modalities of SOME) {
      const [fused] = await fusion.fuse([only(modalities)], 'query');
      expect(Math.hypot(...(fused?.vector ?? []))).toBeCloseTo(1, 5);
      expect(Object.keys(fused?.shares ?? {})).toEqual(modalities);
      const sum = Object.values(fused?.shares ?? {}).reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it('lets what is absent change nothing, whatever else is in the batch', async () => {
    const inputs = [only(['words']), FULL, only(['photo', 'history']), only(['words', 'attributes'])];
    const together = await fusion.fuse(inputs, 'query');
    for (const [i, input] of inputs.entries()) {
      const [alone] = await fusion.fuse([input], 'query');
      expect(cosine(alone?.vector ?? vector('a'), together[i]?.vector ?? vector('b'))).toBeCloseTo(1, 5);
    }
    // A vector of zeros is as good as none.
    const [zero] = await fusion.fuse([{ ...only(['words']), photo: new Float32Array(16) }], 'query');
    expect(zero?.shares).toEqual({ words: 1 });
    expect(cosine(zero?.vector ?? vector('a'), together[0]?.vector ?? vector('b'))).toBeCloseTo(1, 5);
  });

  it('gives the same after writing and reading its weights', async () => {
    const { weights } = weightsFromBytes(weightsToBytes(busyWeights(kind)));
    const again = await TrainedFusion.load(spec(kind), weights);
    const [[a], [b]] = await Promise.all([fusion.fuse([FULL], 'query'), again.fuse([FULL], 'query')]);
    expect(b).toEqual(a);
    again.close();
  });

  it('keeps no tensor, however often it runs', async () => {
    const { tf } = await tensorflow();
    await fusion.fuse([FULL], 'query');
    const { numTensors, numBytes } = tf.memory();
    for (let run = 0; run < 10_000; run++) await fusion.fuse([FULL], 'query');
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  }, 180_000);

  it.each([
    ['nothing', {}],
    ['a vector of another width', { words: vector('x', 8) }],
    ['what is no number', { words: Float32Array.from({ length: 16 }, () => Number.NaN) }],
    ['zeros alone', { words: new Float32Array(16) }],
  ])('refuses %s', async (_, input: ModalityVectors) => {
    await expect(fusion.fuse([FULL, input], 'query')).rejects.toMatchObject({ code: 'FUSION_FAILED' });
    await expect(fusion.fuse([FULL], 'query')).resolves.toHaveLength(1);
  });

  it('refuses weights of another shape, kind or width', async () => {
    const { [Object.keys(busyWeights(kind))[0] ?? '']: _, ...fewer } = busyWeights(kind);
    await expect(TrainedFusion.load(spec(kind), fewer)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
    if (kind !== 'weighted')
      await expect(TrainedFusion.load(spec(kind), busyWeights(kind, 8))).rejects.toMatchObject({
        code: 'MODEL_CORRUPT',
      });
    const other = KINDS.find((each) => each !== kind) ?? 'concat';
    await expect(TrainedFusion.load(spec(kind), busyWeights(other))).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
  });

  it('gives the same on every backend, within 1e-4', async () => {
    const { tf, backend } = await tensorflow();
    const inputs = [FULL, only(['words', 'photo']), only(['history'])];
    const here = await fusion.fuse(inputs, 'query');
    await tf.setBackend('cpu');
    try {
      const plain = await TrainedFusion.load(spec(kind), busyWeights(kind));
      const there = await plain.fuse(inputs, 'query');
      for (const [i, { vector: expected, shares }] of here.entries()) {
        for (const [at, value] of expected.entries()) expect(there[i]?.vector[at]).toBeCloseTo(value, 4);
        for (const [name, share] of Object.entries(shares))
          expect(there[i]?.shares[name as Modality]).toBeCloseTo(share, 4);
      }
      plain.close();
    } finally {
      await tf.setBackend(backend);
    }
  });
});

it.each(['attention', 'weighted'] as const)('begins as the plain sum: %s', async (kind) => {
  const begun = await TrainedFusion.load(spec(kind), initialWeights(kind, 16, 1));
  const sum = new SumFusion('test', 16);
  for (const modalities of SOME) {
    const [[a], [b]] = await Promise.all([begun.fuse([only(modalities)], 'query'), sum.fuse([only(modalities)])]);
    expect(cosine(a?.vector ?? vector('a'), b?.vector ?? vector('b'))).toBeCloseTo(1, 5);
    for (const modality of modalities) expect(a?.shares[modality]).toBeCloseTo(b?.shares[modality] ?? -1, 5);
  }
  begun.close();
});

it('begins with the same weights for the same seed only', () => {
  expect(initialWeights('attention', 16, 5)).toEqual(initialWeights('attention', 16, 5));
  expect(initialWeights('attention', 16, 5)).not.toEqual(initialWeights('attention', 16, 6));
  expect(Object.keys(initialWeights('concat', 16, 5))).toEqual(Object.keys(shapesOf('concat', 16)));
});

it('weighs a sum as it is told', async () => {
  const sum = new SumFusion('test', 16, { words: 3, photo: 1, voice: 0, attributes: 0, history: 0 });
  const [fused] = await sum.fuse([only(['words', 'photo', 'voice'])]);
  expect(fused?.shares).toEqual({ words: 0.75, photo: 0.25, voice: 0 });
  const expected = FULL.words?.map((value, i) => 3 * value + (FULL.photo?.[i] ?? 0)) ?? vector('none');
  const length = Math.hypot(...expected);
  expect(cosine(fused?.vector ?? vector('none'), expected) / length).toBeCloseTo(1, 6);
});
