/** What a random sequence starts from; equal seeds give equal sequences. */
export type Seed = number | string;

/** Deterministic random numbers (Mulberry32, seeded through FNV-1a), so that a report can be made again. */
export class EvaluationRandom {
  private state: number;

  constructor(seed: Seed) {
    const text = String(seed);
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    this.state = hash >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }
}
