import { tensorflow } from '../../../src/tensor';
import { LOSSES, type LossKind, lossOf } from '../../../src/training/fusion/losses';

/** The loss of one query whose own product is at 60 °, beside another at 45 ° that is right to some share. */
async function lossBeside(kind: LossKind, share: number): Promise<number> {
  const { tf } = await tensorflow();
  const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return tf.tidy(
    () =>
      lossOf(tf, kind, {
        queries: tf.tensor([at(0)]),
        products: tf.tensor([at(60), at(45)]),
        alsoRight: tf.tensor([[0, share]]),
      }).dataSync()[0] ?? Number.NaN,
  );
}

/** The mean loss of two queries, one further from its product than the other, by how much they count. */
async function lossOfTwo(kind: LossKind, weights?: readonly number[]): Promise<number> {
  const { tf } = await tensorflow();
  return tf.tidy(
    () =>
      lossOf(tf, kind, {
        queries: tf.tensor([
          [1, 0],
          [0, 1],
        ]),
        products: tf.tensor([
          [0.28, 0.96],
          [0.6, 0.8],
        ]),
        alsoRight: tf.tensor([
          [0, 0],
          [0, 0],
        ]),
        ...(weights && { weights: tf.tensor([...weights]) }),
      }).dataSync()[0] ?? Number.NaN,
  );
}

describe.each(LOSSES)('the %s loss', (kind) => {
  test('counts queries by their weights, all alike without', async () => {
    const [first, second] = [await lossOfTwo(kind, [2, 0]), await lossOfTwo(kind, [0, 2])];
    expect(first).not.toBeCloseTo(second, 3);
    expect(await lossOfTwo(kind, [3, 0.5])).toBeCloseTo((3 * first + 0.5 * second) / 2, 4);
    expect(await lossOfTwo(kind)).toBeCloseTo(await lossOfTwo(kind, [1, 1]), 6);
  });

  test('counts a product that is right in part as wrong in part', async () => {
    const [wrong, half, right] = [await lossBeside(kind, 0), await lossBeside(kind, 0.5), await lossBeside(kind, 1)];
    expect(right).toBeCloseTo(0, 5);
    expect(half).toBeGreaterThan(0.1);
    expect(wrong).toBeGreaterThan(half + 0.05);
  });
});
