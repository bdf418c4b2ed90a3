import type { Turn } from '../dialog';
import type { KnowledgeAnswer, KnowledgeBase, KnowledgeQuestion, Language, ServiceRecogniser } from '../domain';

export interface ServiceOptions {
  readonly recogniser: ServiceRecogniser;
  readonly knowledge: KnowledgeBase;
}

/** What shoppers are served with beside products. */
export class Service {
  constructor(private readonly options: ServiceOptions) {}

  /**
   * The wish to be served that a text is, if it is one: by patterns, then by the words of the merchant's files. The one
   * place where such wishes are recognised.
   */
  async wish(text: string, hint: Language): Promise<Turn['service']> {
    const { recogniser, knowledge } = this.options;
    const recognised = recogniser.recognise(text, hint);
    if (recognised) return recognised;
    return text.trim() !== '' && knowledge.isAsked(text, hint) ? { language: hint } : undefined;
  }

  /** See `KnowledgeBase`. */
  answer(question: KnowledgeQuestion, signal: AbortSignal): Promise<KnowledgeAnswer | undefined> {
    return this.options.knowledge.answer(question, signal);
  }
}
