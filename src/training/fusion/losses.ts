import { matrixProduct, type Tensor, type TensorFlow } from '../../tensor';

export const LOSSES = ['contrastive', 'triplet'] as const;
export type LossKind = (typeof LOSSES)[number];

/** How sharply the contrastive loss tells near from far. */
const TEMPERATURE = 0.05;
/** How much nearer the right product should be than the nearest wrong one, as a cosine. */
const MARGIN = 0.15;
const NEVER = -1e9;
/** Its logarithm takes a product out of a sum. */
const NOTHING = 1e-30;

/** What a loss compares. */
export interface Compared {
  /** [B, D] and [P, D], normalised; product i is the right one for query i. */
  readonly queries: Tensor;
  readonly products: Tensor;
  /**
   * [B, P]: how right a product is for a query, from 0 (wrong) to 1 (as right as the query's own, and then no wrong answer);
   * 0 on the diagonal.
   */
  readonly alsoRight: Tensor;
  /** [B]: how much each query counts; all alike where it is missing. */
  readonly weights?: Tensor;
}

/**
 * The mean loss of a batch. Contrastive: InfoNCE (van den Oord et al., arXiv 1807.03748) over all products of the batch, the
 * mined ones too. Triplet (Schroff et al., arXiv 1503.03832): the right product against the nearest wrong one of the batch.
 * What is right in part counts as wrong in part: by a smaller share of the sum, or a smaller margin. Queries count by their
 * weights: for clicks, inverse propensities (Joachims, Swaminathan and Schnabel, WSDM 2017).
 */
export function lossOf(tf: TensorFlow, kind: LossKind, { queries, products, alsoRight, weights }: Compared): Tensor {
  const [batch = 0] = queries.shape;
  const cosines = matrixProduct(tf, queries, tf.transpose(products));
  const right = tf.sum(tf.mul(queries, tf.slice(products, [0, 0], [batch, -1])), 1);
  const mean = (losses: Tensor) => tf.mean(weights ? tf.mul(losses, weights) : losses);
  if (kind === 'contrastive') {
    const wrongness = tf.log(tf.maximum(tf.sub(1, alsoRight), NOTHING));
    const logits = tf.add(tf.mul(cosines, 1 / TEMPERATURE), wrongness);
    return mean(tf.sub(tf.logSumExp(logits, 1), tf.mul(right, 1 / TEMPERATURE)));
  }
  const itself = tf.pad(tf.eye(batch), [
    [0, 0],
    [0, (products.shape[0] ?? 0) - batch],
  ]);
  const asRight = tf.add(tf.cast(tf.greaterEqual(alsoRight, 1), 'float32'), itself);
  const less = tf.add(tf.mul(asRight, NEVER), tf.mul(alsoRight, -MARGIN));
  const wrong = tf.max(tf.add(cosines, less), 1);
  return mean(tf.relu(tf.add(tf.sub(wrong, right), MARGIN)));
}
