import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, VitrineError } from '../../domain';
import { loadWeights, saveWeights } from '../../tensor';
import type { RankingScore } from './ranking';
import type { Checkpoint } from './trainer-options';

/** What a run was asked for; another run does not go on from its checkpoints. */
export type RunOptions = Readonly<Record<string, string | number>>;

interface State {
  readonly options: RunOptions;
  readonly epoch: number;
  readonly score: RankingScore;
  readonly since: number;
  readonly losses: readonly number[];
}

/** Weights of a checkpoint, each in a file. */
const KEPT = ['weights', 'average', 'best'] as const;

/**
 * Checkpoints of a run in a folder. The state names the epoch of its weights and is written last: after a kill the epoch
 * before counts.
 */
export class Checkpoints {
  constructor(private readonly folder: string) {}

  async save(options: RunOptions, { weights, average, best, ...state }: Checkpoint): Promise<void> {
    const { epoch } = state;
    for (const [name, kept] of Object.entries({ weights, average, best }))
      await saveWeights(this.file(name, epoch), kept);
    const file = join(this.folder, 'state.json');
    const partial = `${file}.${process.pid}.partial`;
    await writeFile(partial, JSON.stringify({ options, ...state } satisfies State), { flush: true });
    await rename(partial, file);
    for (const name of KEPT) await rm(this.file(name, epoch - 1), { force: true });
  }

  /**
   * The last checkpoint; undefined where there is none. Throws TRAINING_FAILED where it is of a run with other options, or
   * can't be read.
   */
  async last(options: RunOptions): Promise<Checkpoint | undefined> {
    const file = join(this.folder, 'state.json');
    if (!existsSync(file)) return undefined;
    try {
      const { options: asked, ...state } = JSON.parse(readFileSync(file, 'utf8')) as State;
      const differing = Object.keys({ ...asked, ...options }).filter((name) => asked[name] !== options[name]);
      if (differing.length > 0) throw new Error(`it was begun with other options: ${differing.join(', ')}`);
      const read = async (name: string) => (await loadWeights(this.file(name, state.epoch))).weights;
      const [weights, average, best] = await Promise.all([read('weights'), read('average'), read('best')]);
      return { ...state, weights, average, best };
    } catch (error) {
      throw new VitrineError('TRAINING_FAILED', `the run can't be resumed: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Forgets the run. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private file(name: string, epoch: number): string {
    return join(this.folder, `${name}-${epoch}.safetensors`);
  }
}
