import { NO_ATTRIBUTES, type Product } from '../../../src/domain';
import { TrainedFusion } from '../../../src/fusion';
import { tensorflow } from '../../../src/tensor';
import {
  type Checkpoint,
  type Dataset,
  EvaluationRandom,
  type Example,
  FusionTrainer,
  itemOf,
  productVectors,
  type TrainerOptions,
  VectorList,
} from '../../../src/training';
import { vector } from '../../fusion/support';

const DIMENSIONS = 16;
const product = (id: string): Product => ({ id, title: id, additionalImageLinks: [], reviews: [], texts: {} });

/** Products with words and picture that have nothing to do with each other; each is asked for by words near to its own. */
function tiny(count = 8): Dataset {
  const items = Array.from({ length: count }, (_, i) =>
    itemOf(product(`p${i}`), NO_ATTRIBUTES, { words: vector(`words/${i}`), picture: vector(`picture/${i}`) }),
  );
  const vectors = new VectorList(DIMENSIONS);
  const random = new EvaluationRandom('tiny');
  const near = (of: Float32Array) => {
    const moved = of.map((value) => value + 0.25 * (random.next() - 0.5));
    const length = Math.hypot(...moved);
    return vectors.add(moved.map((value) => value / length));
  };
  const examples = (times: number) =>
    items.flatMap(({ words }, i) =>
      Array.from({ length: times }, (): Example => {
        const relevant = new Map([[i, 1]]);
        return { type: 'text', language: 'en', tokens: { words: near(words) }, relevant, kind: '' };
      }),
    );
  return { items, vectors, train: examples(6), validation: examples(3) };
}

const OPTIONS: TrainerOptions = {
  spec: { kind: 'attention', space: 'test', dimensions: DIMENSIONS },
  loss: 'contrastive',
  epochs: 5,
  seed: 1,
  batch: 16,
  stepsAnEpoch: 20,
};

it.each([
  ['attention', 'contrastive'],
  ['attention', 'triplet'],
  ['weighted', 'contrastive'],
  ['concat', 'contrastive'],
] as const)(
  'learns a tiny catalogue by heart: %s, %s',
  async (kind, loss) => {
    const dataset = tiny();
    const { weights, losses } = await new FusionTrainer(dataset, {
      ...OPTIONS,
      spec: { ...OPTIONS.spec, kind },
      loss,
      rate: 5e-3,
    }).run();
    expect(losses.at(-1)).toBeLessThan((kind === 'weighted' ? 1 : 0.7) * (losses[0] ?? 0));
    const fusion = await TrainedFusion.load({ id: 'tiny', ...OPTIONS.spec, kind }, weights);
    const products = await fusion.fuse(dataset.items.map(productVectors), 'product');
    const queries = await fusion.fuse(
      dataset.validation.map(({ tokens }) => ({ words: dataset.vectors.at(tokens.words ?? 0) })),
      'query',
    );
    const first = queries.map((query) => {
      const scores = products.map(({ vector: own }) =>
        own.reduce((sum, value, i) => sum + value * (query.vector[i] ?? 0), 0),
      );
      return scores.indexOf(Math.max(...scores));
    });
    const right = first.filter((number, i) => dataset.validation[i]?.relevant.has(number)).length;
    // One weight a modality can't do better than the vectors themselves.
    expect(right / first.length).toBeGreaterThanOrEqual(kind === 'weighted' ? 0.9 : 1);
    fusion.close();
  },
  120_000,
);

it('gives the same weights for the same seed', async () => {
  const once = () => new FusionTrainer(tiny(), { ...OPTIONS, epochs: 1, stepsAnEpoch: 5 }).run();
  const [a, b] = [await once(), await once()];
  expect(a.losses).toEqual(b.losses);
  expect(a.weights).toEqual(b.weights);
});

it('goes on from a checkpoint', async () => {
  const kept: Checkpoint[] = [];
  const options = { ...OPTIONS, epochs: 2, stepsAnEpoch: 10 };
  const onCheckpoint = async (checkpoint: Checkpoint) => void kept.push(checkpoint);
  await new FusionTrainer(tiny(), { ...options, onCheckpoint }).run();
  expect(kept.map(({ epoch }) => epoch)).toEqual([1, 2]);
  const [first] = kept;
  if (!first) throw new Error('no checkpoint');
  const steps: number[] = [];
  const { epochs, losses } = await new FusionTrainer(tiny(), {
    ...options,
    from: first,
    onProgress: ({ step }) => steps.push(step),
  }).run();
  expect([epochs, losses.length, steps[0]]).toEqual([2, 2, 11]);
});

it('leaves no tensors behind', async () => {
  const { tf } = await tensorflow();
  const train = () => new FusionTrainer(tiny(), { ...OPTIONS, epochs: 1, stepsAnEpoch: 3 }).run();
  await train();
  const { numTensors } = tf.memory();
  await train();
  expect(tf.memory().numTensors).toBe(numTensors);
});

describe('what is broken ends with a clear error', () => {
  const broken = (change: (dataset: Dataset) => Dataset) =>
    Promise.resolve().then(() => new FusionTrainer(change(tiny()), { ...OPTIONS, epochs: 1 }).run());

  it('a vector that is no number', async () => {
    await expect(
      broken((dataset) => {
        dataset.vectors.at(dataset.train[0]?.tokens.words ?? 0).fill(Number.NaN);
        return { ...dataset, train: dataset.train.slice(0, 1) };
      }),
    ).rejects.toMatchObject({ code: 'FUSION_FAILED' });
  });

  it('a vector of zeros', async () => {
    await expect(
      broken((dataset) => {
        dataset.vectors.at(dataset.train[0]?.tokens.words ?? 0).fill(0);
        return { ...dataset, train: dataset.train.slice(0, 1) };
      }),
    ).rejects.toMatchObject({ code: 'FUSION_FAILED' });
  });

  it('one product only', async () => {
    await expect(broken(() => tiny(1))).rejects.toMatchObject({ code: 'TRAINING_FAILED' });
  });

  it('no queries', async () => {
    await expect(broken((dataset) => ({ ...dataset, train: [] }))).rejects.toMatchObject({ code: 'TRAINING_FAILED' });
  });

  it('a stop', async () => {
    const controller = new AbortController();
    const stopping = new FusionTrainer(tiny(), {
      ...OPTIONS,
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step === 3) controller.abort();
      },
    }).run();
    await expect(stopping).rejects.toMatchObject({ name: 'AbortError' });
  });
});
