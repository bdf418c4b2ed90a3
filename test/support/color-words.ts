import type { TextEncoder } from '../../src/domain';

const COLORS = { red: [1, -1, -1], green: [-1, 1, -1], blue: [-1, -1, 1], yellow: [1, 1, -1] };

/** Texts in the space of `ColorEncoder`: the colour that they name, or grey. */
export class ColorWords implements TextEncoder {
  readonly id = 'color-words@1';
  readonly space = 'colors';
  readonly dimensions = 3;
  readonly maxBatch = 8;
  readonly parallel = false;

  async encode(texts: readonly string[]): Promise<Float32Array[]> {
    return texts.map((text) => {
      const named = Object.entries(COLORS).find(([name]) => text.toLowerCase().includes(name));
      return Float32Array.from(named?.[1] ?? [0, 0, 0], (value) => value / Math.sqrt(3));
    });
  }
}
