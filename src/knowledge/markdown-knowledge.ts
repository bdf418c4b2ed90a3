import {
  type KnowledgeAnswer,
  type KnowledgeBase,
  type KnowledgeQuestion,
  type Language,
  orAborted,
  type Passage,
  type ServiceTopic,
  type TextEncoder,
  type TurnObserver,
} from '../domain';
import { type Basis, confidences, type Evidence, LEAST_CONFIDENCE, WEIGHTS } from './confidence';
import { PassageGrams } from './grams';
import { PassageVectors, type VectorScore } from './vectors';

export interface MarkdownKnowledgeOptions {
  readonly passages: readonly Passage[];
  /** In which language passages answer where the shopper's has no file of that name. */
  readonly language: Language;
  /** Missing where there are no models: letters alone decide then. */
  readonly encoder?: TextEncoder | undefined;
  readonly observer: TurnObserver;
}

/** Longest wait for vectors, in milliseconds; letters decide alone after that. */
const DEADLINE = 3_000;
/** Passages that may be meant are named up to so many, from this confidence on. */
const MOST_NEAR = 3;
const LEAST_NEAR = 0.04;
/** From which likeness a text is taken for a heading, or for another way to ask. */
const SAME = 0.8;

/** Passages that are looked through together. */
interface Shelf {
  readonly passages: readonly Passage[];
  readonly grams: PassageGrams;
  readonly vectors: PassageVectors | undefined;
}

/** Answers from a merchant's Markdown files. */
export class MarkdownKnowledge implements KnowledgeBase {
  private readonly shelves = new Map<string, Shelf>();

  constructor(private readonly options: MarkdownKnowledgeOptions) {}

  /** Encodes the passages of a language, the shop's where none is given, ahead of the first shopper. Throws what encoding throws. */
  async warm(language: Language = this.options.language): Promise<void> {
    await this.shelf(language).vectors?.load();
  }

  isAsked(text: string, language: Language): boolean {
    return this.shelf(language)
      .grams.score(text)
      .some(({ alike }) => alike >= SAME);
  }

  lead(topic: ServiceTopic, language: Language): Passage | undefined {
    const { passages, language: own } = this.options;
    const first = (wanted: Language) => passages.find((each) => each.file === topic && each.language === wanted);
    return first(language) ?? first(own);
  }

  async answer(question: KnowledgeQuestion, signal?: AbortSignal): Promise<KnowledgeAnswer | undefined> {
    const own = await this.best(question, this.shelf(question.language), false, signal);
    if (own?.sure || question.language === this.options.language) return own;
    const foreign = await this.best(question, this.shelf(this.options.language, question.language), true, signal);
    return foreign?.sure ? foreign : (own ?? foreign);
  }

  /** What speaks for each passage of a language, for measuring. */
  async evidence(
    question: KnowledgeQuestion,
    language: Language,
  ): Promise<{ passages: readonly Passage[]; evidence: Evidence[] }> {
    const shelf = this.shelf(language);
    const { evidence } = await this.weigh(question, shelf, language !== question.language);
    return { passages: shelf.passages, evidence };
  }

  private async best(
    question: KnowledgeQuestion,
    shelf: Shelf,
    foreign: boolean,
    signal: AbortSignal | undefined,
  ): Promise<KnowledgeAnswer | undefined> {
    if (shelf.passages.length === 0) return undefined;
    const { basis, evidence } = await this.weigh(question, shelf, foreign, signal);
    const ranked = confidences(evidence, WEIGHTS[basis])
      .map((confidence, index) => ({ confidence, passage: shelf.passages[index] }))
      .sort((one, other) => other.confidence - one.confidence);
    const [first] = ranked;
    if (!first?.passage) return undefined;
    const near = ranked.slice(0, MOST_NEAR).filter(({ confidence }) => confidence >= LEAST_NEAR);
    return {
      passage: first.passage,
      confidence: first.confidence,
      sure: first.confidence >= LEAST_CONFIDENCE[basis],
      near: near.flatMap(({ passage }) => passage ?? []),
    };
  }

  private async weigh(
    question: KnowledgeQuestion,
    { passages, grams, vectors }: Shelf,
    foreign: boolean,
    signal?: AbortSignal,
  ): Promise<{ basis: Basis; evidence: Evidence[] }> {
    const cosines = vectors && (await this.cosines(question, vectors, signal));
    const letters = foreign ? undefined : grams.score(question.text);
    const evidence = passages.map(({ file }, index) => ({
      question: cosines?.[index]?.question ?? 0,
      text: cosines?.[index]?.text ?? 0,
      alike: letters?.[index]?.alike ?? 0,
      holds: letters?.[index]?.holds ?? 0,
      topic: file === question.topic ? 1 : 0,
    }));
    return { basis: foreign ? 'foreign' : cosines ? 'whole' : 'letters', evidence };
  }

  /** Undefined where the encoder fails or is too slow; what it began goes on for the next question. */
  private async cosines(
    { text, language }: KnowledgeQuestion,
    vectors: PassageVectors,
    signal: AbortSignal | undefined,
  ): Promise<VectorScore[] | undefined> {
    const { encoder, observer } = this.options;
    const limited = AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(DEADLINE)]);
    try {
      const [vector] = (await encoder?.encode([text], { role: 'query', language, signal: limited })) ?? [];
      return vector && (await orAborted(vectors.score(vector), limited));
    } catch (error) {
      signal?.throwIfAborted();
      observer.fault(error);
      return undefined;
    }
  }

  /** The passages of a language; without those of files that `except` has, too. */
  private shelf(language: Language, except?: Language): Shelf {
    const key = `${language} ${except ?? ''}`;
    let shelf = this.shelves.get(key);
    if (!shelf) {
      const { encoder } = this.options;
      const there = new Set(this.options.passages.filter((each) => each.language === except).map(({ file }) => file));
      const passages = this.options.passages.filter((each) => each.language === language && !there.has(each.file));
      shelf = {
        passages,
        grams: new PassageGrams(passages),
        vectors: encoder && passages.length > 0 ? new PassageVectors(passages, encoder) : undefined,
      };
      this.shelves.set(key, shelf);
    }
    return shelf;
  }
}
