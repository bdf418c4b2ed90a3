import type {
  Heard,
  ImageEncoder,
  QueryParser,
  RankedProducts,
  Retriever,
  SearchRequest,
  SpeechRecogniser,
  TextEncoder,
  TurnObserver,
} from '../domain';
import { fuseVoice } from './fuse-voice';
import { fuseQuery, type QueryFusion } from './query-fusion';

export type SearchOptions = Pick<
  SearchRequest,
  'filters' | 'photo' | 'history' | 'favourites' | 'limit' | 'offset' | 'signal'
> & {
  readonly language?: SearchRequest['query']['language'];
  /** How the words were spoken, where they were. */
  readonly voice?: Pick<Heard, 'confidence' | 'vector'>;
  /** Leaves vectors out, for measuring what they are worth. */
  readonly wordsOnly?: boolean;
};

interface Tools {
  readonly retriever: Retriever;
  readonly parser: QueryParser;
  readonly encoder: TextEncoder | undefined;
  readonly recogniser: Pick<SpeechRecogniser, 'space'> | undefined;
  readonly imageEncoder: Pick<ImageEncoder, 'space'> | undefined;
  /** Where weights are trained. */
  readonly fusion: QueryFusion | undefined;
  readonly observer: TurnObserver;
}

/** Understands and searches words outside of a conversation; throws what encoding and searching throw. */
export async function searchWords(
  text: string,
  options: SearchOptions,
  { retriever, parser, encoder, recogniser, imageEncoder, fusion, observer }: Tools,
): Promise<RankedProducts> {
  const started = performance.now();
  const facts = await retriever.facts();
  const query = parser.parse(text, { ...facts, ...(options.language && { language: options.language }) });
  const understood = performance.now();
  const [words] =
    encoder && !options.wordsOnly && text.trim() !== ''
      ? await encoder.encode([text], { language: query.language, role: 'query' })
      : [];
  const encoded = performance.now();
  const { voice, ...rest } = options;
  const comparable = voice?.vector && encoder && !options.wordsOnly && recogniser?.space === encoder.space;
  const vector =
    comparable && voice.vector ? fuseVoice(words, { vector: voice.vector, confidence: voice.confidence }) : words;
  const certainty = voice && { certainty: voice.confidence };
  const photo = imageEncoder?.space === encoder?.space ? rest.photo : undefined;
  const vectors = {
    ...(words && { words }),
    ...(photo && { photo }),
    ...(comparable && voice.vector && { voice: voice.vector }),
    ...(rest.history && { history: rest.history }),
  };
  const fused = options.wordsOnly ? undefined : await fuseQuery(query, vectors, { fusion }, observer);
  const ranked = await retriever.search({
    ...rest,
    ...certainty,
    query,
    ...(vector && { vector }),
    ...(fused && { fused }),
  });
  const timings = {
    understand: understood - started,
    ...(encoder && { encode: encoded - understood }),
    ...ranked.timings,
    total: performance.now() - started,
  };
  return { ...ranked, timings };
}
