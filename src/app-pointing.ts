import { Pairing, Pointing } from './assistant';
import type { Config } from './config';
import type {
  AlertStore,
  AttributeTagger,
  ConversationStore,
  ProductStore,
  ProfileStore,
  QueryParser,
  Retriever,
  ShopperLine,
  Vocabulary,
} from './domain';
import { pairingReply, type RenderTools } from './reply';
import { type Sqlite, SqliteBasketStore, SqlitePairingStore } from './storage';
import { GrammarCommands, LexiconReferences, type Lexicons, loadCommands } from './understanding';

/** What `createPointing` needs. */
export interface PointingParts {
  readonly db: Sqlite;
  readonly clock: () => number;
  readonly config: Pick<Config, 'LOCALES_DIR'>;
  readonly lexicons: Lexicons;
  readonly parser: QueryParser;
  readonly tagger: AttributeTagger;
  readonly products: ProductStore;
  readonly retriever: Pick<Retriever, 'facts'>;
  readonly profiles: ProfileStore;
  readonly conversations: ConversationStore;
  readonly alerts: AlertStore;
  readonly render: RenderTools;
  /** The way to shoppers; set by what serves. */
  readonly line: { readonly current: ShopperLine | undefined };
  readonly vocabulary: Vocabulary;
}

/** Commands, and what they point at: products that were shown, and the basket, which another device may share. */
export function createPointing({ db, clock, config, lexicons, parser, tagger, render, ...parts }: PointingParts) {
  const baskets = new SqliteBasketStore(db, clock);
  const pointing = new Pointing({
    ...parts,
    tagger,
    baskets,
    resolver: new LexiconReferences(lexicons, parser, tagger),
  });
  return {
    commands: new GrammarCommands(loadCommands(config.LOCALES_DIR)),
    pointing,
    pairing: new Pairing({
      ...parts,
      ...{ clock, store: new SqlitePairingStore(db, clock) },
      basketOf: (shopper) => pointing.items(shopper),
      told: (language) => pairingReply({ kind: 'pairing', language, said: 'told' }, render),
    }),
  };
}
