import { fuseVoice, meanVector } from '../../src/assistant/fuse-voice';

const close = (vector: Float32Array | undefined, expected: readonly number[]) =>
  expected.forEach((value, i) => {
    expect(vector?.[i]).toBeCloseTo(value, 5);
  });

it('weighs words by how sure they are, and gives a vector of length 1', () => {
  const [words, vector] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  close(fuseVoice(words, { vector, confidence: 0.75 }, 1), [0.6, 0.8]);
  close(fuseVoice(words, { vector, confidence: 0 }, 1), [0, 1]);
  close(fuseVoice(words, { vector, confidence: 1 }, 0), [1, 0]);
});

it('takes the voice where words have no vector, and the words where both cancel out', () => {
  const vector = Float32Array.of(-1, 0);
  expect(fuseVoice(undefined, { vector, confidence: 0.5 })).toBe(vector);
  close(fuseVoice(Float32Array.of(1, 0), { vector, confidence: 0.5 }, 0.5), [1, 0]);
});

it('makes one vector of several notes', () => {
  const [one, other] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  expect(meanVector([])).toBeUndefined();
  expect(meanVector([one])).toBe(one);
  close(meanVector([one, other]), [Math.SQRT1_2, Math.SQRT1_2]);
  close(meanVector([one, Float32Array.of(-1, 0)]), [1, 0]);
});
