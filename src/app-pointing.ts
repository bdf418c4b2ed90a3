import { Pointing } from './assistant';
import type { Config } from './config';
import type { AttributeTagger, BasketStore, ProductStore, QueryParser, Retriever } from './domain';
import { GrammarCommands, LexiconReferences, type Lexicons, loadCommands } from './understanding';

/** What `createPointing` needs. */
export interface PointingParts {
  readonly config: Pick<Config, 'LOCALES_DIR'>;
  readonly lexicons: Lexicons;
  readonly parser: QueryParser;
  readonly tagger: AttributeTagger;
  readonly products: ProductStore;
  readonly baskets: BasketStore;
  readonly retriever: Pick<Retriever, 'facts'>;
}

/** Commands, and what they point at: products that were shown, and the basket. */
export function createPointing({ config, lexicons, parser, tagger, ...parts }: PointingParts) {
  return {
    commands: new GrammarCommands(loadCommands(config.LOCALES_DIR)),
    pointing: new Pointing({ ...parts, resolver: new LexiconReferences(lexicons, parser, tagger) }),
  };
}
