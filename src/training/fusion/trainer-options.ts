import type { FusionSpec } from '../../fusion';
import type { Weights } from '../../tensor';
import type { LossKind } from './losses';
import type { RankingScore } from './ranking';

export interface TrainerOptions {
  readonly spec: Omit<FusionSpec, 'id'>;
  readonly loss: LossKind;
  readonly epochs: number;
  readonly seed: number;
  /** Adam's rate at most; `RATE` where it isn't given. */
  readonly rate?: number;
  /** Queries of a step; `BATCH` where it isn't given. */
  readonly batch?: number;
  /** Steps of an epoch; chosen by the number of examples where it isn't given. */
  readonly stepsAnEpoch?: number;
  /** Where training goes on from: what `onCheckpoint` was given. */
  readonly from?: Checkpoint;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Called after each epoch. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => Promise<void>;
  readonly signal?: AbortSignal;
}

export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Recall@10 on validation after the last epoch. */
  readonly recall10: number;
}

/** All that training needs to go on. */
export interface Checkpoint {
  readonly epoch: number;
  readonly weights: Weights;
  /** Of the weights of late steps; see `Average`. */
  readonly average: Weights;
  readonly best: Weights;
  readonly score: RankingScore;
  /** Epochs since the best one. */
  readonly since: number;
  /** Losses, one an epoch. */
  readonly losses: readonly number[];
}

export interface Trained {
  readonly weights: Weights;
  readonly score: RankingScore;
  readonly epochs: number;
  readonly losses: readonly number[];
}
