/** Vectors of one width in one array; a place in it is a whole number. */
export class VectorList {
  private data: Float32Array;
  private used = 0;

  constructor(
    readonly dimensions: number,
    expected = 1_024,
  ) {
    this.data = new Float32Array(expected * dimensions);
  }

  get length(): number {
    return this.used;
  }

  /** Adds a vector and returns its place. */
  add(vector: ArrayLike<number>): number {
    if (vector.length !== this.dimensions) throw new RangeError(`${vector.length} numbers, not ${this.dimensions}`);
    const start = this.used * this.dimensions;
    if (start + this.dimensions > this.data.length) {
      const larger = new Float32Array(2 * this.data.length + this.dimensions);
      larger.set(this.data);
      this.data = larger;
    }
    this.data.set(vector, start);
    return this.used++;
  }

  /** The vector at a place; a view. */
  at(place: number): Float32Array {
    if (place < 0 || place >= this.used) throw new RangeError(`there is no vector ${place}`);
    return this.data.subarray(place * this.dimensions, (place + 1) * this.dimensions);
  }
}
