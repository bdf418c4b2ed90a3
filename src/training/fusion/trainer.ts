import { type FusionRole, type ModalityVectors, VitrineError } from '../../domain';
import { initialWeights, runNetwork, TOKENS, tokensOf } from '../../fusion';
import { type Tensor, type TensorFlow, tensorflow } from '../../tensor';
import { EvaluationRandom } from '../evaluation';
import { Average } from './average';
import { blur } from './blur';
import { type Dataset, productVectors } from './dataset';
import { decay } from './decay';
import { alsoRightOf, bestOf, type Example } from './examples';
import { lossOf } from './losses';
import { type Matrix, nearest, type RankingScore, scoreRanking } from './ranking';
import { BalancedSampler } from './sampler';
import { vectorsOf } from './score';
import type { Trained, TrainerOptions } from './trainer-options';
import { numbersOf, variablesOf } from './variables';

const BATCH = 64;
const RATE = 1.2e-3;
/** Steps in which the rate rises. */
const WARM = 100;
/** Epochs without a better validation score after which training ends. */
const PATIENCE = 5;
/** Chance that a modality is left out where others are there: so the network can do without any of them. */
const DROPPED = 0.15;
/** How often one of the best products is the right one of an example, and not any that is right at all. */
const BEST = 0.9;
/** Wrong products that are kept of each example when they are mined. */
const MINED = 12;
/** Examples that are mined an epoch: those that the next epoch may draw. */
const MOST_MINED = 2_000;
/** Inputs that run at once where nothing is learnt. */
const CHUNK = 512;

/** Trains the weights of a fusion on queries of a catalogue; see `makeDataset`. */
export class FusionTrainer {
  private readonly products: readonly ModalityVectors[];
  private readonly groups: readonly string[];
  private readonly hard = new Map<number, readonly number[]>();
  private readonly random: EvaluationRandom;

  constructor(
    private readonly dataset: Dataset,
    private readonly options: TrainerOptions,
  ) {
    this.products = dataset.items.map(productVectors);
    this.groups = dataset.items.map(({ group }) => group);
    this.random = new EvaluationRandom(`trainer/${options.seed}`);
    if (new Set(this.groups).size < 2)
      throw new VitrineError('TRAINING_FAILED', 'there must be two products at least to tell apart');
    if (dataset.train.length === 0 || dataset.validation.length === 0)
      throw new VitrineError('TRAINING_FAILED', 'no queries can be made of these products');
  }

  /**
   * Adam (Kingma and Ba 2015) under a falling rate until the validation score (nDCG@10, the mean over types of queries) has
   * not risen for some epochs. Throws TRAINING_FAILED where the loss is no number, or the signal's reason.
   */
  async run(): Promise<Trained> {
    const { dataset, options } = this;
    const { spec, seed, from } = options;
    const { tf } = await tensorflow();
    const begun = from?.weights ?? initialWeights(spec.kind, spec.dimensions, seed);
    const variables = variablesOf(tf, spec, begun);
    const average = new Average(tf, spec, from?.average ?? begun, variables);
    const rate = options.rate ?? RATE;
    const optimiser = tf.train.adam(rate);
    const steps = options.stepsAnEpoch ?? Math.max(20, Math.ceil(dataset.train.length / (options.batch ?? BATCH)));
    const sampler = new BalancedSampler(dataset.train, this.random);
    const losses = [...(from?.losses ?? [])];
    let score = from?.score ?? this.validate(tf, average.weights);
    let best = from?.best ?? begun;
    let since = from?.since ?? 0;
    let epoch = from?.epoch ?? 0;
    try {
      for (; epoch < options.epochs && since < PATIENCE; epoch++) {
        this.mine(tf, average.weights);
        let sum = 0;
        for (let step = 0; step < steps; step++) {
          options.signal?.throwIfAborted();
          const share = 0.5 * (1 + Math.cos((Math.PI * (epoch * steps + step)) / (options.epochs * steps)));
          const warm = Math.min(1, (epoch * steps + step + 1) / WARM);
          (optimiser as unknown as { learningRate: number }).learningRate = rate * warm * (0.03 + 0.97 * share);
          const loss = this.step(tf, optimiser, variables, sampler);
          decay(tf, variables, (optimiser as unknown as { learningRate: number }).learningRate);
          average.update();
          if (!Number.isFinite(loss))
            throw new VitrineError('TRAINING_FAILED', 'the loss is no number: a vector is broken');
          sum += loss;
          options.onProgress?.({
            step: epoch * steps + step + 1,
            steps: options.epochs * steps,
            loss: sum / (step + 1),
            recall10: score.recall10,
          });
          // The event loop goes on between steps: signals and timers are heard.
          if (step % 8 === 7) await new Promise((resolve) => setImmediate(resolve));
        }
        losses.push(sum / steps);
        const now = this.validate(tf, average.weights);
        if (now.ndcg10 > score.ndcg10) [score, best, since] = [now, await numbersOf(average.weights), 0];
        else since += 1;
        await options.onCheckpoint?.({
          epoch: epoch + 1,
          weights: await numbersOf(variables),
          average: await numbersOf(average.weights),
          best,
          score,
          since,
          losses: [...losses],
        });
      }
    } finally {
      average.dispose();
      for (const variable of Object.values(variables)) variable.dispose();
      optimiser.dispose();
    }
    return { weights: best, score, epochs: epoch, losses };
  }

  private step(
    tf: TensorFlow,
    optimiser: ReturnType<TensorFlow['train']['adam']>,
    variables: Readonly<Record<string, Tensor>>,
    sampler: BalancedSampler,
  ): number {
    const { dataset, options, products } = this;
    const { kind, dimensions } = options.spec;
    const drawn = Array.from({ length: options.batch ?? BATCH }, () => sampler.next());
    const examples = drawn.flatMap((number) => dataset.train[number] ?? []);
    const right = examples.map((example) => this.rightFor(example));
    const wrong = drawn.map((number, i) => this.wrongFor(number, examples[i]));
    const shown = [...right, ...wrong];
    const alsoRight = alsoRightOf(examples, shown);
    const queryTokens = tokensOf(
      examples.map((example) => this.dropped(vectorsOf(example, dataset))),
      dimensions,
    );
    const productTokens = tokensOf(
      shown.map((number) => this.dropped(products[number] ?? {})),
      dimensions,
    );
    blur(queryTokens.tokens, dimensions, this.random);
    blur(productTokens.tokens, dimensions, this.random);
    const loss = tf.tidy(() => {
      const run = ({ tokens, mask }: typeof queryTokens, count: number, role: FusionRole) =>
        runNetwork(
          tf,
          kind,
          variables,
          tf.tensor(tokens, [count, TOKENS, dimensions]),
          tf.tensor(mask, [count, TOKENS]),
          role,
        ).vectors;
      const compare = () =>
        lossOf(tf, options.loss, {
          queries: run(queryTokens, examples.length, 'query'),
          products: run(productTokens, shown.length, 'product'),
          alsoRight: tf.tensor(alsoRight, [examples.length, shown.length]),
          weights: tf.tensor(examples.map(({ weight = 1 }) => weight)),
        }) as never;
      return optimiser.minimize(compare, true, Object.values(variables) as never) as Tensor;
    });
    const value = loss.dataSync()[0] ?? Number.NaN;
    loss.dispose();
    return value;
  }

  /** A right product for an example: mostly one of the best. */
  private rightFor(example: Example): number {
    return this.pick(this.random.next() < BEST ? bestOf(example) : [...example.relevant.keys()]);
  }

  /** A wrong product for an example: one shown beside the right one or that the network takes for right, else any other. */
  private wrongFor(number: number, example: Example | undefined): number {
    const mined = example?.shown ?? this.hard.get(number);
    if (mined && mined.length > 0 && (example?.shown || this.random.next() < 0.8)) return this.pick(mined);
    for (let tries = 0; tries < 20; tries++) {
      const any = this.random.below(this.products.length);
      if (!example?.relevant.has(any)) return any;
    }
    return this.random.below(this.products.length);
  }

  /** Looks for the nearest wrong products of some examples, but those of clicks, with the weights as they are. */
  private mine(tf: TensorFlow, variables: Readonly<Record<string, Tensor>>): void {
    const { train } = this.dataset;
    const products = this.fused(tf, variables, this.products, 'product');
    const drawn = Array.from({ length: Math.min(MOST_MINED, train.length) }, () => this.random.below(train.length));
    const numbers = drawn.filter((number) => train[number]?.shown === undefined);
    const queries = this.fused(
      tf,
      variables,
      numbers.flatMap((number) => train[number] ?? []).map((example) => vectorsOf(example, this.dataset)),
      'query',
    );
    for (const [row, number] of numbers.entries()) {
      const query = queries.data.subarray(row * queries.dimensions, (row + 1) * queries.dimensions);
      const relevant = train[number]?.relevant ?? new Map<number, number>();
      const best = Math.max(0, ...relevant.values());
      const near = nearest(query, products, 60).filter((found) => (relevant.get(found.number) ?? 0) < best);
      this.hard.set(
        number,
        near.slice(0, MINED).map((found) => found.number),
      );
    }
  }

  private validate(tf: TensorFlow, variables: Readonly<Record<string, Tensor>>): RankingScore {
    const { validation } = this.dataset;
    const queries = this.fused(
      tf,
      variables,
      validation.map((example) => vectorsOf(example, this.dataset)),
      'query',
    );
    return scoreRanking(validation, queries, this.fused(tf, variables, this.products, 'product'), this.groups);
  }

  private fused(
    tf: TensorFlow,
    variables: Readonly<Record<string, Tensor>>,
    inputs: readonly ModalityVectors[],
    role: FusionRole,
  ): Matrix {
    const { kind, dimensions } = this.options.spec;
    const data = new Float32Array(inputs.length * dimensions);
    for (let start = 0; start < inputs.length; start += CHUNK) {
      const { tokens, mask } = tokensOf(inputs.slice(start, start + CHUNK), dimensions);
      const count = mask.length / TOKENS;
      const made = tf.tidy(
        () =>
          runNetwork(
            tf,
            kind,
            variables,
            tf.tensor(tokens, [count, TOKENS, dimensions]),
            tf.tensor(mask, [count, TOKENS]),
            role,
          ).vectors.dataSync() as Float32Array,
      );
      data.set(made, start * dimensions);
    }
    return { data, count: inputs.length, dimensions };
  }

  /** Without some of its modalities, but never without all. */
  private dropped(vectors: ModalityVectors): ModalityVectors {
    const entries = Object.entries(vectors);
    const kept = entries.filter(() => this.random.next() >= DROPPED);
    return kept.length === 0 || kept.length === entries.length ? vectors : Object.fromEntries(kept);
  }

  private pick(numbers: readonly number[]): number {
    return numbers[this.random.below(numbers.length)] ?? 0;
  }
}
