import type {
  AgentNames,
  Downloader,
  ImageEncoder,
  PhotoScreener,
  PictureNormaliser,
  SentimentClassifier,
  SpeechRecogniser,
  TextEncoder,
  VoiceReader,
} from './domain';
import type { RankWeights } from './retrieval';

/** Parts of the app that a caller may replace, for tests and measurements. */
export interface AppOverrides {
  readonly downloader?: Downloader;
  readonly normaliser?: PictureNormaliser;
  readonly encoder?: TextEncoder;
  readonly imageEncoder?: ImageEncoder;
  readonly photoScreener?: PhotoScreener;
  readonly voiceReader?: VoiceReader;
  readonly recogniser?: SpeechRecogniser;
  readonly sentiment?: SentimentClassifier;
  readonly agents?: AgentNames;
  readonly weights?: RankWeights;
  /** Milliseconds since 1970; the time of the machine where it isn't given. */
  readonly clock?: () => number;
  /** See `LanceProductIndexer`. */
  readonly vectorIndex?: boolean;
}
