import { FUSION_KINDS, type FusionRole } from '../../src/domain';
import { runNetwork, TOKENS, type TrainedKind, tensorsOf, tokensOf } from '../../src/fusion';
import { type Tensor, tensorflow } from '../../src/tensor';
import { LOSSES, lossOf } from '../../src/training';
import { busyWeights, FULL, vector } from './support';

const DIMENSIONS = 16;
const queries = [FULL, { words: vector('q2'), photo: vector('p2') }, { history: vector('q3'), voice: vector('v3') }];
const products = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ words: vector(`w${name}`), photo: vector(`p${name}`) }));
const kinds = FUSION_KINDS.filter((kind): kind is TrainedKind => kind !== 'sum');

it.each(kinds.flatMap((kind) => LOSSES.map((loss) => [kind, loss] as const)))(
  'gradients are those of finite differences: %s, %s',
  async (kind, loss) => {
    const { tf, backend } = await tensorflow();
    await tf.setBackend('cpu');
    try {
      const weights = busyWeights(kind);
      const value = (given: typeof weights) =>
        tf.tidy(() => {
          const tensors = tensorsOf(tf, { id: 'test', kind, space: 'test', dimensions: DIMENSIONS }, given);
          return lossWith(tensors).dataSync()[0] ?? Number.NaN;
        });
      const lossWith = (tensors: Readonly<Record<string, Tensor>>) => {
        const run = (inputs: typeof queries | typeof products, role: FusionRole) => {
          const { tokens, mask } = tokensOf(inputs, DIMENSIONS);
          const shape: [number, number, number] = [inputs.length, TOKENS, DIMENSIONS];
          const there = tf.tensor(mask, [inputs.length, TOKENS]);
          return runNetwork(tf, kind, tensors, tf.tensor(tokens, shape), there, role).vectors;
        };
        const alsoRight = tf.tensor([
          [0, 0, 0, 1, 0],
          [0, 0, 0, 0, 0],
          [0, 1, 0, 0, 0],
        ]);
        return lossOf(tf, loss, { queries: run(queries, 'query'), products: run(products, 'product'), alsoRight });
      };
      for (const [name, { shape, data }] of Object.entries(weights)) {
        const gradient = tf.tidy(() => {
          const tensors = tensorsOf(tf, { id: 'test', kind, space: 'test', dimensions: DIMENSIONS }, weights);
          const of = tf.grad((x: Tensor) => lossWith({ ...tensors, [name]: x }) as never);
          return Float32Array.from(of(tf.tensor(data, [...shape])).dataSync());
        });
        // A small step: a relu bends where it turns on. Along the gradient itself and one other direction: all of its numbers take part.
        for (const direction of [gradient, data.map((_, i) => ((i * 7919) % 13) / 13 - 0.5)]) {
          const length = Math.hypot(...direction);
          if (length < 1e-6) continue;
          const step = 1e-3;
          const moved = (sign: number) => ({
            ...weights,
            [name]: { shape, data: data.map((x, i) => x + (sign * step * (direction[i] ?? 0)) / length) },
          });
          const measured = (value(moved(1)) - value(moved(-1))) / (2 * step);
          const expected = gradient.reduce((sum, x, i) => sum + (x * (direction[i] ?? 0)) / length, 0);
          expect(Math.abs(measured - expected)).toBeLessThan(0.01 + 0.03 * Math.abs(expected));
        }
      }
    } finally {
      await tf.setBackend(backend);
    }
  },
);
