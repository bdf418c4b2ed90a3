import type { Tensor, TensorFlow } from '../../tensor';

/**
 * How fast weights shrink, by name: the residual leads out of the encoders' space, and what it learns should be true of many
 * products, or it is better not learnt (chosen on validation queries of looks that no training query shows).
 */
const DECAY: Readonly<Record<string, number>> = { residual: 60 };

/** Weight decay apart from the optimiser's own steps (Loshchilov and Hutter, arXiv 1711.05101), after a step at a rate. */
export function decay(tf: TensorFlow, variables: Readonly<Record<string, Tensor>>, rate: number): void {
  for (const [name, amount] of Object.entries(DECAY)) {
    const variable = variables[name] as Variable | undefined;
    if (variable) tf.tidy(() => variable.assign(tf.mul(variable, Math.max(0, 1 - rate * amount))));
  }
}

type Variable = Tensor & { assign(value: Tensor): void };
