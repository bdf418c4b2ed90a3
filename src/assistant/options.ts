import type { Flow } from '../dialog';
import type {
  AnswerPhraser,
  ConversationStore,
  Language,
  ProductStore,
  QueryParser,
  QueryReader,
  RatingStore,
  Retriever,
  SpeechRecogniser,
  SubstituteFinder,
  TurnObserver,
} from '../domain';
import type { RenderTools } from '../reply';
import type { Alerts } from './alerts';
import type { Memory } from './memory';
import type { Pairing } from './pairing';
import type { People } from './people';
import type { Photos } from './photos';
import type { Pointing } from './pointing';
import type { Recogniser } from './recogniser';
import type { Recommender } from './recommender';
import type { Searcher } from './searcher';
import type { Service } from './service';
import type { Voices } from './voices';

/** What an assistant is made of. */
export interface AssistantOptions {
  readonly flows: readonly Flow[];
  readonly parser: QueryParser;
  readonly retriever: Pick<Retriever, 'facts'>;
  readonly conversations: ConversationStore;
  readonly pointing: Pointing;
  readonly alerts: Alerts;
  readonly products: Pick<ProductStore, 'get'>;
  readonly searcher: Searcher;
  readonly substitutes: SubstituteFinder;
  readonly recommender: Recommender;
  readonly memory: Memory;
  readonly people: People;
  readonly pairing: Pairing;
  readonly service: Service;
  /** How negative words are, 0 to 1; undefined where that can't be told now. */
  readonly mood?: (text: string, language: Language, signal: AbortSignal) => Promise<number | undefined>;
  readonly ratings: RatingStore;
  readonly render: RenderTools;
  readonly observer: TurnObserver;
  readonly photos: Photos;
  /** The id of the image encoder; vectors of another one are no use. */
  readonly imageEncoderId?: string;
  readonly voices: Voices;
  /** What messages want. */
  readonly recogniser: Recogniser;
  /** Language models beside the built-in path, where there are any. */
  readonly reader?: QueryReader | undefined;
  readonly phraser?: AnswerPhraser | undefined;
  /** Vectors of another one are no use. */
  readonly speech?: Pick<SpeechRecogniser, 'id'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}
