import { catalogueWords, PhotoDescriber, Photos, StoredAndLinkedMedia, Voices } from './assistant';
import type {
  AttachmentStore,
  CatalogueFacts,
  Downloader,
  ImageEncoder,
  PhotoScreener,
  PictureReader,
  SpeechRecogniser,
  TextEncoder,
  TurnObserver,
  VoiceReader,
} from './domain';
import { type Lexicons, photoWords } from './understanding';

/** What photos and voice notes are read with. */
export interface MediaParts {
  readonly attachments: AttachmentStore;
  readonly downloader: Downloader;
  readonly reader: PictureReader;
  readonly voiceReader: VoiceReader;
  readonly photoScreener: PhotoScreener | undefined;
  readonly encoder: TextEncoder | undefined;
  readonly imageEncoder: ImageEncoder | undefined;
  readonly recogniser: SpeechRecogniser | undefined;
  readonly lexicons: Lexicons;
  readonly observer: TurnObserver;
  readonly facts: () => Promise<CatalogueFacts>;
}

/** Wires what reads shoppers' photos and voice notes. */
export function createMedia({ encoder, imageEncoder, photoScreener, recogniser, ...parts }: MediaParts) {
  const { attachments, downloader, reader, voiceReader, lexicons, observer, facts } = parts;
  // Pictures and words can be compared within one space only.
  const describer =
    encoder && imageEncoder?.space === encoder.space ? new PhotoDescriber(encoder, photoWords(lexicons)) : undefined;
  const sources = new StoredAndLinkedMedia(attachments, downloader);
  const photos = new Photos({
    ...{ sources, reader, observer },
    ...(photoScreener && { screener: photoScreener }),
    ...(imageEncoder && { imageEncoder }),
    ...(describer && { describer }),
  });
  const voices = new Voices({
    ...{ sources, reader: voiceReader, observer },
    ...(recogniser && { recogniser }),
    words: async () => catalogueWords(await facts()),
  });
  return { photos, voices };
}
