import type { Turn } from '../dialog';
import {
  emailIn,
  type KnowledgeAnswer,
  type KnowledgeBase,
  type KnowledgeQuestion,
  type Language,
  type Order,
  type OrderStore,
  orderNumberIn,
  type Passage,
  type ServiceRecogniser,
  type TurnObserver,
} from '../domain';

export interface ServiceOptions {
  readonly recogniser: ServiceRecogniser;
  readonly knowledge: KnowledgeBase;
  /** Missing where orders can't be asked for. */
  readonly orders?: OrderStore | undefined;
  readonly observer: TurnObserver;
}

/** A number of an order that nothing else looks like: "V-1003". */
const LETTERED = /(?<![A-Za-z0-9@.-])[A-Za-z]{1,2}-\d{4,8}(?![A-Za-z0-9@-])/;

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
    const email = emailIn(text);
    // An address alone is one that belongs to an order, too: its number is asked for.
    const isOfOrder = email === undefined ? LETTERED.test(text) : orderNumberIn(text) !== undefined;
    if (isOfOrder || (email !== undefined && text.trim() === email)) {
      return { topic: 'order-status', language: hint };
    }
    return text.trim() !== '' && knowledge.isAsked(text, hint) ? { language: hint } : undefined;
  }

  get hasOrders(): boolean {
    return this.options.orders !== undefined;
  }

  /** See `OrderStore`; 'failed' where it throws, of which the observer is told. */
  async order(number: string, email: string, signal: AbortSignal): Promise<Order | 'failed' | undefined> {
    try {
      return await this.options.orders?.find(number, email, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.options.observer.fault(error);
      return 'failed';
    }
  }

  /** What the merchant's files say of delivery and of returns above all. */
  policies(language: Language): Passage[] {
    return (['delivery', 'returns'] as const).flatMap((topic) => this.options.knowledge.lead(topic, language) ?? []);
  }

  /** See `KnowledgeBase`. */
  answer(question: KnowledgeQuestion, signal: AbortSignal): Promise<KnowledgeAnswer | undefined> {
    return this.options.knowledge.answer(question, signal);
  }
}
