import { type Passage, type TextEncoder, VitrineError } from '../domain';

/**
 * What the encoder says of a passage: cosines, told in standard deviations from the mean of those between headings, as
 * encoders differ in how near they place what has nothing in common.
 */
export interface VectorScore {
  /** Of the question and the nearest of the heading and the other ways to ask. */
  readonly question: number;
  /** Of the question and the text. */
  readonly text: number;
}

interface EncodedPassage {
  readonly questions: readonly Float32Array[];
  readonly text: Float32Array;
}

interface Encoded {
  readonly passages: readonly EncodedPassage[];
  readonly mean: number;
  readonly deviation: number;
}

/** The vectors of some passages, made once, when they are first wanted; a failure is forgotten and tried again. */
export class PassageVectors {
  private loading: Promise<Encoded> | undefined;

  constructor(
    private readonly passages: readonly Passage[],
    private readonly encoder: TextEncoder,
  ) {}

  /** Starts the work where that was not done yet. Throws what the encoder throws. */
  load(): Promise<Encoded> {
    this.loading ??= this.encodeAll().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** One score a passage, in their order, for a question's normalised vector. */
  async score(question: Float32Array): Promise<VectorScore[]> {
    const { passages, mean, deviation } = await this.load();
    const told = (cosine: number) => (cosine - mean) / deviation;
    return passages.map(({ questions, text }) => ({
      question: told(Math.max(...questions.map((each) => dot(question, each)))),
      text: told(dot(question, text)),
    }));
  }

  private async encodeAll(): Promise<Encoded> {
    const texts = this.passages.flatMap(({ heading, asked, text }) => [heading, ...asked, text]);
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += this.encoder.maxBatch) {
      vectors.push(
        ...(await this.encoder.encode(texts.slice(start, start + this.encoder.maxBatch), { role: 'document' })),
      );
    }
    let next = 0;
    const take = (count: number) => {
      next += count;
      return vectors.slice(next - count, next);
    };
    const passages = this.passages.map(({ asked }): EncodedPassage => {
      const questions = take(1 + asked.length);
      const [text] = take(1);
      if (!text) throw new VitrineError('ENCODER_FAILED', `the encoder ${this.encoder.id} gave too few vectors`);
      return { questions, text };
    });
    return { passages, ...spread(passages) };
  }
}

/** Mean and standard deviation of the cosines between the headings of different passages. */
function spread(passages: readonly EncodedPassage[]): { mean: number; deviation: number } {
  const headings = passages.flatMap(({ questions }) => questions.slice(0, 1));
  const cosines = headings.flatMap((one, index) => headings.slice(index + 1).map((other) => dot(one, other)));
  if (cosines.length < 2) return { mean: 0, deviation: 1 };
  const mean = cosines.reduce((sum, each) => sum + each, 0) / cosines.length;
  const variance = cosines.reduce((sum, each) => sum + (each - mean) ** 2, 0) / cosines.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] ?? 0) * (other[i] ?? 0);
  return sum;
}
