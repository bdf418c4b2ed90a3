import { Service } from './assistant';
import type { Config } from './config';
import type { TextEncoder, TurnObserver } from './domain';
import { loadKnowledge, MarkdownKnowledge } from './knowledge';
import { type Lexicons, ServicePatterns } from './understanding';

/** What serving is made of. */
export interface ServiceParts {
  readonly config: Config;
  readonly lexicons: Lexicons;
  readonly encoder: TextEncoder | undefined;
  readonly observer: TurnObserver;
}

/** Wires what shoppers are served with beside products. Throws KNOWLEDGE_BROKEN for a file that can't be read. */
export function createService({ config, lexicons, encoder, observer }: ServiceParts) {
  const knowledge = new MarkdownKnowledge({
    passages: loadKnowledge(config.KNOWLEDGE_DIR),
    language: config.SHOP_LANGUAGE,
    encoder,
    observer,
  });
  const service = new Service({ recogniser: new ServicePatterns(config.LOCALES_DIR, lexicons), knowledge });
  return { service, knowledge };
}
