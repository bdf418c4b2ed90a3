import { type FusionSpec, tensorsOf } from '../../fusion';
import type { Tensor, TensorFlow, Weights } from '../../tensor';

/** Weights that are learnt. Throws MODEL_CORRUPT where they are others than the kind's. */
export function variablesOf(
  tf: TensorFlow,
  spec: Omit<FusionSpec, 'id'>,
  weights: Weights,
): Readonly<Record<string, Tensor>> {
  const tensors = tensorsOf(tf, { id: 'training', ...spec }, weights);
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      const variable = tf.variable(tensor);
      tensor.dispose();
      return [name, variable];
    }),
  );
}

/** The weights as they are now. */
export async function numbersOf(variables: Readonly<Record<string, Tensor>>): Promise<Weights> {
  const entries = Object.entries(variables).map(async ([name, variable]) => {
    const data = Float32Array.from((await variable.data()) as Float32Array);
    return [name, { shape: variable.shape, data }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
