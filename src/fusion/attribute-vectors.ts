import type { Attributes, TextEncoder, Vocabulary } from '../domain';

/** What each attribute counts in the vector of several. */
const WEIGHTS = { kind: 1, group: 0.6, color: 1, material: 0.8, pattern: 0.8, audience: 0.8, brand: 0.5 } as const;

/**
 * Attributes as one vector of the text encoder's space: the weighted mean of those of their English names, whatever
 * language they were said in. Names are encoded once.
 */
export class AttributeVectors {
  private readonly known = new Map<string, Float32Array>();

  constructor(
    private readonly encoder: TextEncoder,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** One normalised vector for each of the attributes, in order; undefined where nothing is said. Throws ENCODER_FAILED. */
  async of(many: readonly Attributes[], signal?: AbortSignal): Promise<(Float32Array | undefined)[]> {
    const named = many.map((attributes) => this.namesOf(attributes));
    const names = new Set(named.flatMap((list) => list.map(([name]) => name)));
    await this.encode(
      [...names].filter((name) => !this.known.has(name)),
      signal,
    );
    return named.map((list) => this.mean(list));
  }

  private namesOf(attributes: Attributes): [name: string, weight: number][] {
    const { kinds, groups, colors, materials, patterns, genders, kids, brands } = attributes;
    const name = (type: Parameters<Vocabulary['name']>[0], id: string) => this.vocabulary.name(type, id, 'en');
    const [kind] = kinds;
    const [group] = groups;
    return [
      ...(kind === undefined ? [] : [[name('kind', kind), WEIGHTS.kind] as [string, number]]),
      ...(kind !== undefined || group === undefined ? [] : [[name('group', group), WEIGHTS.group] as [string, number]]),
      ...colors.slice(0, 2).map((id): [string, number] => [name('color', id), WEIGHTS.color]),
      ...materials.slice(0, 2).map((id): [string, number] => [name('material', id), WEIGHTS.material]),
      ...patterns.slice(0, 1).map((id): [string, number] => [name('pattern', id), WEIGHTS.pattern]),
      ...genders
        .filter((gender) => gender !== 'unisex')
        .map((id): [string, number] => [name('audience', id), WEIGHTS.audience]),
      ...(kids ? [[name('audience', 'kids'), WEIGHTS.audience] as [string, number]] : []),
      ...brands.slice(0, 1).map((brand): [string, number] => [brand, WEIGHTS.brand]),
    ];
  }

  private async encode(names: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const { encoder, known } = this;
    for (let start = 0; start < names.length; start += encoder.maxBatch) {
      const batch = names.slice(start, start + encoder.maxBatch);
      const vectors = await encoder.encode(batch, { role: 'query', language: 'en', ...(signal && { signal }) });
      for (const [i, name] of batch.entries()) {
        const vector = vectors[i];
        if (vector) known.set(name, vector);
      }
    }
  }

  private mean(names: readonly (readonly [string, number])[]): Float32Array | undefined {
    const sum = new Float32Array(this.encoder.dimensions);
    for (const [name, weight] of names) {
      const vector = this.known.get(name);
      if (vector) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (vector[i] ?? 0);
    }
    const length = Math.hypot(...sum);
    return length > 0 ? sum.map((value) => value / length) : undefined;
  }
}
