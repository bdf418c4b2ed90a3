import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Fusion, MODALITIES, type Modality } from '../../../src/domain';
import { FIXED_WEIGHTS, FusionStore, fusionOf, SumFusion, type TrainedKind } from '../../../src/fusion';

/** Ways to fuse, of one kind: one for each seed that was trained. */
export interface Contender {
  readonly name: string;
  readonly fusions: readonly Fusion[];
  /** A modality that training never saw. */
  readonly lacking?: Modality;
}

const KINDS: readonly TrainedKind[] = ['weighted', 'concat', 'attention'];
const FILE = new RegExp(`^(${KINDS.join('|')})(?:-without-(${MODALITIES.join('|')}))?-\\d+\\.safetensors$`);

/**
 * The plain sum and that with the best fixed λ, then the weights of a folder by kind: `attention-1.safetensors`, `attention-without-photo-1.safetensors` …
 * Throws MODEL_CORRUPT, and where weights are for vectors of another space.
 */
export function contendersOf(folder: string | undefined, space: string, dimensions: number): Contender[] {
  const files = folder === undefined ? [] : readdirSync(folder).sort();
  const found = new Map<string, { kind: TrainedKind; lacking: Modality | undefined; fusions: Fusion[] }>();
  for (const file of files) {
    const [, kind, lacking] = FILE.exec(file) ?? [];
    if (folder === undefined || kind === undefined) continue;
    const stored = new FusionStore(folder, join(folder, file)).read('');
    if (stored?.spec.space !== space || stored.spec.kind !== kind)
      throw new Error(`${file}: not "${kind}" of ${space}`);
    const name = lacking === undefined ? kind : `${kind} without ${lacking}`;
    const own = found.get(name) ?? { kind: kind as TrainedKind, lacking: lacking as Modality | undefined, fusions: [] };
    own.fusions.push(fusionOf(stored, space, dimensions));
    found.set(name, own);
  }
  const place = ({ kind }: { kind: TrainedKind }) => KINDS.indexOf(kind);
  const trained = [...found].sort(([, a], [, b]) => place(a) - place(b));
  return [
    { name: 'plain sum', fusions: [new SumFusion(space, dimensions)] },
    { name: 'fixed lambda', fusions: [new SumFusion(space, dimensions, FIXED_WEIGHTS)] },
    ...trained.map(([name, { lacking, fusions }]) => ({ name, fusions, ...(lacking && { lacking }) })),
  ];
}
