import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, VitrineError } from '../../domain';
import { loadWeights, saveWeights } from '../../tensor';
import type { RankingScore } from './ranking';
import type { Checkpoint } from './trainer';

/** What a run was asked for; another run does not go on from its checkpoints. */
export type RunOptions = Readonly<Record<string, string | number>>;

interface State {
  readonly options: RunOptions;
  readonly epoch: number;
  readonly score: RankingScore;
  readonly since: number;
  readonly losses: readonly number[];
}

/**
 * Checkpoints of a run in a folder. The state names the epoch of its weights and is written last: after a kill the epoch
 * before counts.
 */
export class Checkpoints {
  constructor(private readonly folder: string) {}

  async save(options: RunOptions, { weights, best, ...state }: Checkpoint): Promise<void> {
    await saveWeights(this.weightsFile(state.epoch), weights);
    await saveWeights(this.bestFile(state.epoch), best);
    const file = join(this.folder, 'state.json');
    const partial = `${file}.${process.pid}.partial`;
    await writeFile(partial, JSON.stringify({ options, ...state } satisfies State), { flush: true });
    await rename(partial, file);
    await rm(this.weightsFile(state.epoch - 1), { force: true });
    await rm(this.bestFile(state.epoch - 1), { force: true });
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
      const [{ weights }, { weights: best }] = await Promise.all([
        loadWeights(this.weightsFile(state.epoch)),
        loadWeights(this.bestFile(state.epoch)),
      ]);
      return { ...state, weights, best };
    } catch (error) {
      throw new VitrineError('TRAINING_FAILED', `the run can't be resumed: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Forgets the run. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private weightsFile(epoch: number): string {
    return join(this.folder, `weights-${epoch}.safetensors`);
  }

  private bestFile(epoch: number): string {
    return join(this.folder, `best-${epoch}.safetensors`);
  }
}
