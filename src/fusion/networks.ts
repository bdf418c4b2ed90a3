import type { FusionRole } from '../domain';
import { matrixProduct, type Tensor, type TensorFlow } from '../tensor';
import { HEADS, INNER, TOKENS, type TrainedKind } from './shapes';

/** Weights as tensors, by name. */
export type TensorWeights = Readonly<Record<string, Tensor>>;

/** What a network makes of B inputs. */
export interface NetworkOutput {
  /** [B, D], normalised. */
  readonly vectors: Tensor;
  /** [B, TOKENS]: how much each token counted; they sum to 1, absent ones are 0. */
  readonly shares: Tensor;
}

const NEVER = -1e9;

/**
 * Runs a network. `tokens` [B, TOKENS, D] holds one normalised vector a modality, zeros where it is absent; `mask`
 * [B, TOKENS] is 1 where it is there. To be called inside of `tidy`.
 */
export function runNetwork(
  tf: TensorFlow,
  kind: TrainedKind,
  weights: TensorWeights,
  tokens: Tensor,
  mask: Tensor,
  role: FusionRole,
): NetworkOutput {
  if (kind === 'concat') return concatenated(tf, weights, tokens, mask, role);
  return (kind === 'weighted' ? weighted : attended)(tf, weights, tokens, mask, role);
}

/** The weights that a network needs; throws where one is missing. */
function need(weights: TensorWeights, name: string): Tensor {
  const found = weights[name];
  if (!found) throw new Error(`the weights lack "${name}"`);
  return found;
}

/** The weights that a role has of its own. */
function ofRole(weights: TensorWeights, name: 'gates' | 'types' | 'innerBias', role: FusionRole): Tensor {
  return need(weights, `${name}.${role}`);
}

/** Each row divided by its length. */
function normalised(tf: TensorFlow, rows: Tensor): Tensor {
  return tf.div(rows, tf.sqrt(tf.add(tf.sum(tf.square(rows), -1, true), 1e-12)));
}

/** The softmax of `scores` [B, TOKENS] over the tokens that are there. */
function gated(tf: TensorFlow, scores: Tensor, mask: Tensor): Tensor {
  return tf.softmax(tf.add(scores, tf.mul(tf.sub(1, mask), NEVER)) as never);
}

/** Σ shares · tokens: [B, D]. */
function mixed(tf: TensorFlow, tokens: Tensor, shares: Tensor): Tensor {
  return tf.sum(tf.mul(tokens, tf.expandDims(shares, 2)), 1);
}

/** One learned weight a modality, for queries and for products. */
function weighted(
  tf: TensorFlow,
  weights: TensorWeights,
  tokens: Tensor,
  mask: Tensor,
  role: FusionRole,
): NetworkOutput {
  const shares = gated(tf, tf.mul(mask, ofRole(weights, 'gates', role)), mask);
  return { vectors: normalised(tf, mixed(tf, tokens, shares)), shares };
}

/** All vectors in a row, zeros for absent ones, through two dense layers. Every token that is there counts alike. */
function concatenated(
  tf: TensorFlow,
  weights: TensorWeights,
  tokens: Tensor,
  mask: Tensor,
  role: FusionRole,
): NetworkOutput {
  const [batch = 0, , dimensions = 0] = tokens.shape;
  const row = tf.reshape(tf.mul(tokens, tf.expandDims(mask, 2)), [batch, TOKENS * dimensions]);
  const inner = tf.relu(tf.add(matrixProduct(tf, row, need(weights, 'inner')), ofRole(weights, 'innerBias', role)));
  const outer = tf.add(matrixProduct(tf, inner, need(weights, 'outer')), need(weights, 'outerBias'));
  return { vectors: normalised(tf, outer), shares: tf.div(mask, tf.sum(mask, 1, true)) };
}

/**
 * Residual attention fusion (arXiv 2204.11004): tokens, marked by their modality, attend to each other (Vaswani et al. 2017);
 * a learned query gates them; the output is the gated sum of the tokens themselves and a residual, so that it stays in
 * their space. Marks and gates differ by role: what a photo counts beside words is another thing in a product, which always
 * has both. With the weights it begins with it is their plain mean.
 */
function attended(
  tf: TensorFlow,
  weights: TensorWeights,
  tokens: Tensor,
  mask: Tensor,
  role: FusionRole,
): NetworkOutput {
  const [batch = 0, , dimensions = 0] = tokens.shape;
  const dense = (x: Tensor, name: string) => matrixProduct(tf, x, need(weights, name));
  const flat = tf.reshape(tokens, [batch * TOKENS, dimensions]);
  const marked = tf.add(tf.reshape(dense(flat, 'input'), [batch, TOKENS, INNER]), ofRole(weights, 'types', role));
  const states = tf.reshape(marked, [batch * TOKENS, INNER]);
  const normed = layerNorm(tf, states, need(weights, 'normScale'), need(weights, 'normBias'));
  const projected = dense(normed, 'queryKeyValue');
  const part = (at: number) => {
    const own = tf.slice(projected, [0, at * INNER], [-1, INNER]);
    const heads = tf.transpose(tf.reshape(own, [batch, TOKENS, HEADS, INNER / HEADS]), [0, 2, 1, 3]);
    return tf.reshape(heads, [batch * HEADS, TOKENS, INNER / HEADS]);
  };
  const scores = tf.mul(tf.matMul(part(0), part(1), false, true), 1 / Math.sqrt(INNER / HEADS));
  const absent = tf.mul(tf.sub(1, mask), NEVER);
  const visible = tf.add(tf.reshape(scores, [batch, HEADS, TOKENS, TOKENS]), tf.reshape(absent, [batch, 1, 1, TOKENS]));
  const attention = tf.reshape(tf.softmax(visible as never), [batch * HEADS, TOKENS, TOKENS]);
  const seen = tf.reshape(tf.matMul(attention, part(2)), [batch, HEADS, TOKENS, INNER / HEADS]);
  const gathered = tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [batch * TOKENS, INNER]);
  const after = tf.add(states, dense(gathered, 'joined'));
  const gate = layerNorm(tf, after, need(weights, 'gateScale'), need(weights, 'gateBias'));
  const wanted = tf.reshape(dense(gate, 'gateQuery'), [batch, TOKENS]);
  const shares = gated(tf, tf.add(wanted, ofRole(weights, 'gates', role)), mask);
  const inner = tf.relu(tf.add(dense(gate, 'inner'), need(weights, 'innerBias')));
  const pooled = mixed(tf, tf.reshape(inner, [batch, TOKENS, INNER]), shares);
  const sum = tf.add(mixed(tf, tokens, shares), dense(pooled, 'residual'));
  return { vectors: normalised(tf, sum), shares };
}

/** Layer normalisation (Ba et al. 2016) of rows. */
function layerNorm(tf: TensorFlow, rows: Tensor, scale: Tensor, bias: Tensor): Tensor {
  const centred = tf.sub(rows, tf.mean(rows, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), scale), bias);
}
