import { join } from 'node:path';
import { FLOWS } from '../dialogs';
import { createAgents } from './app-agents';
import { createAlerts } from './app-alerts';
import { createRecogniser } from './app-intents';
import { createLlm } from './app-llm';
import { createMedia } from './app-media';
import { createModels } from './app-models';
import type { AppOverrides } from './app-overrides';
import { createPeople } from './app-people';
import { createPointing } from './app-pointing';
import { createPrivacy } from './app-privacy';
import { createService } from './app-service';
import { createStock } from './app-stock';
import {
  Assistant,
  Memory,
  Recommender,
  readPhotoVector,
  Searcher,
  type SearchOptions,
  Substitutes,
  searchWords,
  variantsIn,
  worthIn,
} from './assistant';
import type { Config } from './config';
import type { Product, RankedProducts, TurnObserver } from './domain';
import { fusionStore, servingFusion } from './fusion';
import { BytesAttachmentScreener, GuardedDownloader, SharpPictureNormaliser, SharpPictureReader } from './media';
import { type RenderTools, Translator } from './reply';
import { LanceProductIndexer, LanceRetriever, makersOf, PictureVectors } from './retrieval';
import {
  checkWritable,
  FileAttachmentStore,
  FilePictureStore,
  openDatabase,
  SqliteActivityLog,
  SqliteBidStore,
  SqliteConversationStore,
  SqliteInbox,
  SqliteOutbox,
  SqliteProductStore,
  SqliteProfileStore,
  SqliteRatingStore,
  SqliteResumableConversations,
  SqliteSearchLog,
  SqliteTransactions,
  SqliteVectorCache,
} from './storage';
import {
  LexiconAnalyzer,
  LexiconParser,
  LexiconTagger,
  LexiconVocabulary,
  loadComplements,
  loadLexicons,
} from './understanding';

/** Longest side of a shopper's photo, in pixels; products' pictures are smaller. */
const PHOTO_SIDE = 1_600;

/** Everything wired together. */
export type App = ReturnType<typeof createApp>;

/** The only place that wires classes together. Opens the data directory; `close` frees it. */
export function createApp(config: Config, overrides: AppOverrides = {}) {
  const lexicons = loadLexicons(config.LOCALES_DIR, config.MODELS_DIR);
  const db = openDatabase(config.DATA_DIR);
  const products = new SqliteProductStore(db);
  const pictures = new FilePictureStore(db, join(config.DATA_DIR, 'pictures'));
  const clock = overrides.clock ?? Date.now;
  const conversations = new SqliteConversationStore(db, clock);
  const activities = new SqliteActivityLog(db, clock);
  const profiles = new SqliteProfileStore(db, clock);
  const bids = new SqliteBidStore(db);
  const observer: { current: TurnObserver } = {
    current: { step: () => undefined, fault: () => undefined },
  };
  const analyzer = new LexiconAnalyzer(lexicons);
  const tagger = new LexiconTagger(lexicons);
  const parser = new LexiconParser(lexicons, config.EXCHANGE_RATES);
  const indexFolder = join(config.DATA_DIR, 'index');
  const models = createModels(config, overrides);
  const { encoder, imageEncoder, photoScreener, recogniser, messageTranslator, voiceReader } = models;
  const reader = new SharpPictureReader();
  const vectorCache = new SqliteVectorCache(db);
  const pictureVectors =
    imageEncoder && new PictureVectors({ pictures, reader, encoder: imageEncoder, cache: vectorCache });
  const vocabulary = new LexiconVocabulary(lexicons);
  const fusions = fusionStore(config);
  const fusion = encoder && servingFusion(fusions, encoder, vocabulary);
  const rules = {
    analyzer,
    tagger,
    ...(encoder && { encoder }),
    ...(pictureVectors && { pictures: pictureVectors }),
    ...(fusion && { fusion }),
  };
  const indexer = new LanceProductIndexer({
    folder: indexFolder,
    store: products,
    currency: config.CURRENCY,
    vectorCache,
    ...rules,
    ...(overrides.vectorIndex !== undefined && { vectorIndex: overrides.vectorIndex }),
  });
  const retriever = new LanceRetriever({
    folder: indexFolder,
    makers: makersOf(rules),
    store: products,
    analyzer,
    groupOfKind: lexicons.groupOfKind,
    ...(overrides.weights && { weights: overrides.weights }),
  });
  const translator = new Translator(config.LOCALES_DIR, ['reply', 'page', 'agent']);
  const render: RenderTools = {
    translator,
    vocabulary,
    ...{ shopName: config.SHOP_NAME, currency: config.CURRENCY },
    hasPicture: (productId, position = 0) => pictures.file(productId, position) !== undefined,
    takesPhotos: imageEncoder !== undefined,
    takesVoice: recogniser !== undefined,
    hasPeople: config.HANDOFF !== 'off',
    usesModel: config.LLM_URL !== '',
    checkoutUrl: config.CHECKOUT_URL,
    timeZone: config.HANDOFF_HOURS.timeZone,
    clock,
  };
  const attachments = new FileAttachmentStore(db, join(config.DATA_DIR, 'attachments'), clock);
  const downloader = overrides.downloader ?? new GuardedDownloader({ allowPrivate: config.DOWNLOAD_ALLOW_PRIVATE });
  const turnObserver: TurnObserver = {
    step: (name, milliseconds) => observer.current.step(name, milliseconds),
    fault: (error) => observer.current.fault(error),
    modelCall: (call) => observer.current.modelCall?.(call),
  };
  const { photos, voices } = createMedia({
    ...{ attachments, downloader, reader, voiceReader, photoScreener, encoder, imageEncoder, recogniser, lexicons },
    ...{ observer: turnObserver, facts: () => retriever.facts() },
  });
  const worth = worthIn(config.CURRENCY, config.EXCHANGE_RATES);
  const recommender = new Recommender({
    profiles,
    shelf: retriever,
    products,
    tagger,
    complements: loadComplements(config.LOCALES_DIR, lexicons.taxonomy),
  });
  const searcher = new Searcher({
    retriever,
    tagger,
    observer: turnObserver,
    variants: variantsIn(products),
    ...(encoder && { encoder }),
    ...(recogniser && { recogniser }),
    ...(fusion && { fusion }),
    ...(imageEncoder && { imageEncoder }),
    ...(config.SPONSORED === 'on' && { sponsoring: { bids, worth } }),
  });
  const substitutes = new Substitutes(searcher, tagger);
  const { names, ...agentParts } = createAgents(db, clock);
  const { people, mood, ...handingOver } = createPeople({
    ...{ config, db, clock, profiles, products, attachments, render, encoder, worth },
    observer: turnObserver,
    agents: overrides.agents ?? names,
    sentiment: overrides.sentiment,
  });
  const alerts = createAlerts({
    db,
    clock,
    conversations,
    people,
    line: handingOver.line,
    render,
    observer: turnObserver,
  });
  const { service, knowledge } = createService({ config, lexicons, encoder, clock, observer: turnObserver });
  const { commands, pointing, pairing } = createPointing({
    ...{ db, clock, config, lexicons, vocabulary },
    ...{ parser, tagger, products, retriever, profiles, conversations, render },
    ...{ alerts: alerts.store, line: handingOver.line },
  });
  const assistant = new Assistant({
    flows: FLOWS,
    parser,
    recogniser: createRecogniser({
      ...{ config, lexicons, analyzer, vocabulary, commands, service, parser, retriever, encoder, pointing },
      observer: turnObserver,
    }),
    ...createLlm({ config, lexicons, analyzer, clock, onCall: (call) => turnObserver.modelCall?.(call) }),
    ...{ pointing, pairing },
    retriever,
    searcher,
    substitutes,
    recommender,
    alerts: alerts.ofTurns,
    memory: new Memory({ profiles, products, clock }),
    ratings: new SqliteRatingStore(db),
    people,
    service,
    ...(mood && { mood }),
    conversations,
    products,
    render,
    observer: turnObserver,
    photos,
    voices,
    clock,
    ...(recogniser && { speech: recogniser }),
    ...(imageEncoder && { imageEncoderId: imageEncoder.id }),
  });
  return {
    config,
    ...{ products, conversations, pictures, activities },
    resumables: new SqliteResumableConversations(db, clock),
    inbox: new SqliteInbox(db, clock),
    outbox: new SqliteOutbox(db),
    transactions: new SqliteTransactions(db),
    ...handingOver,
    alerts,
    ...createStock({ db, config, clock, products, alerts: alerts.store, substitutes, observer: turnObserver }),
    profiles,
    knowledge,
    searchLog: new SqliteSearchLog(db, clock),
    ...agentParts,
    clock,
    bids,
    recommender,
    substitutes,
    attachments,
    ...createPrivacy({ db, config, attachments, profiles, clock }),
    screener: new BytesAttachmentScreener(new SharpPictureNormaliser({ longSide: PHOTO_SIDE })),
    /** Who is told of the steps of turns; set by what serves. */
    observer,
    /** Throws when nothing can be written. */
    checkStorage: (): void => checkWritable(db),
    lexicons,
    vocabulary,
    fusions,
    analyzer,
    tagger,
    parser,
    encoder,
    imageEncoder,
    pictureVectors,
    reader,
    photoScreener,
    recogniser,
    voiceReader,
    vectorCache,
    indexer,
    retriever,
    translator,
    messageTranslator,
    assistant,
    indexFolder,
    downloader,
    normaliser: overrides.normaliser ?? new SharpPictureNormaliser(),
    /** Understands and searches, as a typed message does. */
    search: (text: string, options: SearchOptions): Promise<RankedProducts> =>
      searchWords(text, options, {
        retriever,
        parser,
        encoder,
        recogniser,
        imageEncoder,
        fusion,
        observer: turnObserver,
      }),
    /** The vector of photos, which are one query; undefined where there is no image encoder. Throws PICTURE_* and what encoding throws. */
    photoVector: (photos: readonly Buffer[]) => readPhotoVector(photos, reader, imageEncoder),
    /** What is said in recordings, which are one query. Throws what `Voices.hear` throws. */
    hear: voices.hear.bind(voices),
    close: async (): Promise<void> => {
      await models.close();
      await retriever.close();
      fusion?.fusion.close();
      db.close();
    },
  };
}

export type { AppOverrides, Product, SearchOptions };
