import { tensorflow } from '../../../src/tensor';
import { decay } from '../../../src/training/fusion/decay';

it('shrinks the residual by the rate, leaves all else, and leaks nothing', async () => {
  const { tf } = await tensorflow();
  const variables = { residual: tf.variable(tf.tensor([[2, -1]])), gates: tf.variable(tf.tensor([3])) };
  const before = tf.memory().numTensors;
  decay(tf, variables, 1e-3);
  expect([...variables.residual.dataSync()][0]).toBeCloseTo(2 * 0.94, 6);
  expect([...variables.gates.dataSync()]).toEqual([3]);
  // A rate so high that it would turn the weights round ends at nothing.
  decay(tf, variables, 1);
  expect([...variables.residual.dataSync()].map(Math.abs)).toEqual([0, 0]);
  expect(tf.memory().numTensors).toBe(before);
  for (const variable of Object.values(variables)) variable.dispose();
});
