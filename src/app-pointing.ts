import { Pointing } from './assistant';
import type { Config } from './config';
import type { AttributeTagger, ProductStore, QueryParser, Retriever, Vocabulary } from './domain';
import { type Sqlite, SqliteBasketStore } from './storage';
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
  readonly vocabulary: Vocabulary;
}

/** Commands, and what they point at: products that were shown, and the basket. */
export function createPointing({ db, clock, config, lexicons, parser, tagger, ...parts }: PointingParts) {
  const baskets = new SqliteBasketStore(db, clock);
  return {
    commands: new GrammarCommands(loadCommands(config.LOCALES_DIR)),
    pointing: new Pointing({ ...parts, tagger, baskets, resolver: new LexiconReferences(lexicons, parser, tagger) }),
  };
}
