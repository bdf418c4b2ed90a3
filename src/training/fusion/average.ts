import type { Tensor, TensorFlow, Weights } from '../../tensor';
import { variablesOf } from './variables';

/** How much of the average is kept at each step, once there were enough of them. */
const KEPT = 0.995;

/**
 * The weights of late steps on average (Polyak and Juditsky 1992, with exponential forgetting): what single steps learn and
 * forget again evens out.
 */
export class Average {
  /** To be read; changes with every `update`. */
  readonly weights: Readonly<Record<string, Tensor>>;
  private steps = 0;

  constructor(
    private readonly tf: TensorFlow,
    spec: Parameters<typeof variablesOf>[1],
    begun: Weights,
    private readonly variables: Readonly<Record<string, Tensor>>,
  ) {
    this.weights = variablesOf(tf, spec, begun);
  }

  /** Takes in the variables as they are now. */
  update(): void {
    const { tf, variables } = this;
    this.steps += 1;
    const kept = Math.min(KEPT, this.steps / (this.steps + 10));
    tf.tidy(() => {
      for (const [name, average] of Object.entries(this.weights)) {
        const now = variables[name];
        if (now) (average as Variable).assign(tf.add(tf.mul(average, kept), tf.mul(now, 1 - kept)));
      }
    });
  }

  dispose(): void {
    for (const weight of Object.values(this.weights)) weight.dispose();
  }
}

type Variable = Tensor & { assign(value: Tensor): void };
