import type { Tensor, TensorFlow } from './backend';

/**
 * The product of two matrices. Its gradients turn the matrices around first: the WebAssembly backend multiplies turned ones
 * ten times as slowly.
 */
export function matrixProduct(tf: TensorFlow, a: Tensor, b: Tensor): Tensor {
  const multiply = tf.customGrad((...given) => {
    const [left, right, save] = given as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([left, right]);
    const gradients = (grad: Tensor, saved: Tensor[]) => {
      const [first, second] = saved as [Tensor, Tensor];
      return [tf.matMul(grad, tf.transpose(second)), tf.matMul(tf.transpose(first), grad)];
    };
    return { value: tf.matMul(left, right), gradFunc: gradients as (grad: Tensor) => Tensor[] };
  });
  return multiply(a, b);
}
