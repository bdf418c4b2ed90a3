import type { Language } from './language';

/** What a shopper may want served beside products. Files of knowledge that bear a topic's name answer it first. */
export const SERVICE_TOPICS = [
  'order-status',
  'returns',
  'payment',
  'sizes',
  'warranty',
  'orders',
  'delivery',
  'contact',
] as const;
export type ServiceTopic = (typeof SERVICE_TOPICS)[number];

/** A wish to be served, and the language in which it was said. */
export interface ServiceWish {
  /** Missing where it is asked in the words of the merchant's files. */
  readonly topic?: ServiceTopic;
  readonly language: Language;
}

/** Recognises wishes to be served, in any language; `hint` is the conversation's. */
export interface ServiceRecogniser {
  recognise(text: string, hint: Language): ServiceWish | undefined;
}

/** One `##` section of a merchant's Markdown file. */
export interface Passage {
  readonly language: Language;
  /** The file's name without its ending ("returns"). */
  readonly file: string;
  /** The file's own title. */
  readonly title: string;
  readonly heading: string;
  /** Other ways in which shoppers ask for it. */
  readonly asked: readonly string[];
  /** Plain text, one paragraph a line. */
  readonly text: string;
}

/** A question to the merchant's files. */
export interface KnowledgeQuestion {
  readonly text: string;
  readonly language: Language;
  /** What it is about, where that was recognised. */
  readonly topic?: ServiceTopic;
}

/** The passage that answers a question best. */
export interface KnowledgeAnswer {
  readonly passage: Passage;
  /** How sure it is that the passage answers the question, 0 to 1. */
  readonly confidence: number;
  /** False where the passage should not be shown: the shop doesn't know. */
  readonly sure: boolean;
  /** The likeliest passages, the best first: what may be meant where it isn't sure. */
  readonly near: readonly Passage[];
}

/** Answers questions from the merchant's own files, and never with other words than theirs. */
export interface KnowledgeBase {
  /** Is a text, nearly word by word, a heading or another way to ask for it? */
  isAsked(text: string, language: Language): boolean;
  /** The first passage of a topic's own file, in the shopper's language or else the shop's: what it says above all. */
  lead(topic: ServiceTopic, language: Language): Passage | undefined;
  /**
   * The best passage in the shopper's language, or in the shop's where that has no such file; undefined where there are no
   * passages. An encoder that fails or is too slow is gone on without.
   */
  answer(question: KnowledgeQuestion, signal?: AbortSignal): Promise<KnowledgeAnswer | undefined>;
}
