import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FUSION_KINDS, messageOf, VitrineError } from '../domain';
import { saveWeights, type WeightNotes, type Weights, weightsFromBytes } from '../tensor';
import type { TrainedKind } from './shapes';
import type { FusionSpec } from './trained';

/** Weights with what they are for and what was measured of them. */
export interface StoredFusion {
  readonly spec: FusionSpec;
  readonly weights: Weights;
  readonly notes: WeightNotes;
}

const CURRENT = 'current.json';
const ENDING = '.safetensors';
const ID = /^[\w.-]{1,80}$/;

/** Which weights serve, and which did before: ids; '' stands for the starter ones. */
interface Current {
  readonly id: string;
  readonly before: readonly string[];
}

/** The fusion weights of a shop, in a folder of its data directory, on top of the starter ones. */
export class FusionStore {
  /** @param starter the file of the weights that serve until others are trained */
  constructor(
    private readonly folder: string,
    private readonly starter: string,
  ) {}

  /**
   * The weights that serve a space: the shop's own, else the starter ones; undefined where neither is for vectors of this
   * space and width. Throws MODEL_CORRUPT.
   */
  serving(space: string, dimensions: number): StoredFusion | undefined {
    const fits = (stored: StoredFusion | undefined) =>
      stored?.spec.space === space && stored.spec.dimensions === dimensions ? stored : undefined;
    const { id } = this.current();
    return (id === '' ? undefined : fits(this.read(id))) ?? fits(this.read(''));
  }

  /** Keeps weights under their id; they don't serve yet. */
  async put({ spec, weights, notes }: StoredFusion): Promise<void> {
    const { id, kind, space, dimensions } = spec;
    const told = { ...notes, id, kind, space, dimensions: String(dimensions) };
    await saveWeights(this.file(id), weights, told);
  }

  /** From now on these serve; an index made with others is rebuilt. Throws MODEL_MISSING. */
  async activate(id: string): Promise<void> {
    if (!this.read(id)) throw new VitrineError('MODEL_MISSING', `there are no weights "${id}"`);
    const { id: serving, before } = this.current();
    if (serving !== id) await this.write({ id, before: [serving, ...before].slice(0, 20) });
  }

  /** Those that served before serve again. Returns their id, '' for the starter ones; undefined where there were none. */
  async back(): Promise<string | undefined> {
    const [previous, ...before] = this.current().before;
    if (previous === undefined) return undefined;
    await this.write({ id: previous, before });
    return previous;
  }

  /** The id of the weights that were chosen; '' for the starter ones. */
  chosen(): string {
    return this.current().id;
  }

  /** Ids of the shop's own weights, oldest first. */
  async list(): Promise<string[]> {
    const files = existsSync(this.folder) ? await readdir(this.folder) : [];
    return files
      .filter((file) => file.endsWith(ENDING))
      .map((file) => file.slice(0, -ENDING.length))
      .sort();
  }

  /** Weights by their id, '' for the starter ones; undefined where there are none. Throws MODEL_CORRUPT. */
  read(id: string): StoredFusion | undefined {
    const file = id === '' ? this.starter : this.file(id);
    if (!existsSync(file)) return undefined;
    const { weights, notes } = weightsFromBytes(readFileSync(file));
    return { spec: specOf(notes), weights, notes };
  }

  private file(id: string): string {
    if (!ID.test(id)) throw new VitrineError('MODEL_MISSING', 'that is no id of weights');
    return join(this.folder, `${id}${ENDING}`);
  }

  private current(): Current {
    const file = join(this.folder, CURRENT);
    if (!existsSync(file)) return { id: '', before: [] };
    try {
      const { id, before } = JSON.parse(readFileSync(file, 'utf8')) as Current;
      if (typeof id !== 'string' || !Array.isArray(before)) throw new Error('unknown form');
      return { id, before };
    } catch (error) {
      throw new VitrineError('MODEL_CORRUPT', `which fusion weights serve can't be read: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  private async write(current: Current): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const partial = join(this.folder, `${CURRENT}.${process.pid}.partial`);
    await writeFile(partial, JSON.stringify(current), { flush: true });
    await rename(partial, join(this.folder, CURRENT));
  }
}

function specOf({ id = '', kind = '', space = '', dimensions = '' }: WeightNotes): FusionSpec {
  const known = FUSION_KINDS.find((each): each is TrainedKind => each === kind && each !== 'sum');
  if (!known || id === '' || space === '' || !/^\d{1,5}$/.test(dimensions))
    throw new VitrineError('MODEL_CORRUPT', 'the weights do not say what they are for');
  return { id, kind: known, space, dimensions: Number(dimensions) };
}
