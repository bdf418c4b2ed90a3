import { join } from 'node:path';
import { Service } from './assistant';
import type { Config } from './config';
import { type OrderStore, type TextEncoder, type TurnObserver, VitrineError } from './domain';
import { loadKnowledge, MarkdownKnowledge } from './knowledge';
import { FileOrderStore, HttpOrderStore } from './orders';
import { type Lexicons, ServicePatterns } from './understanding';

/** What serving is made of. */
export interface ServiceParts {
  readonly config: Config;
  readonly lexicons: Lexicons;
  readonly encoder: TextEncoder | undefined;
  readonly observer: TurnObserver;
  readonly clock: () => number;
}

/** Wires what shoppers are served with beside products. Throws KNOWLEDGE_BROKEN for a file that can't be read. */
export function createService({ config, lexicons, encoder, observer, clock }: ServiceParts) {
  const knowledge = new MarkdownKnowledge({
    passages: loadKnowledge(config.KNOWLEDGE_DIR),
    language: config.SHOP_LANGUAGE,
    encoder,
    observer,
  });
  const recogniser = new ServicePatterns(config.LOCALES_DIR, lexicons);
  const service = new Service({ recogniser, knowledge, orders: ordersOf(config, clock), observer });
  return { service, knowledge };
}

/** Throws CONFIG_INVALID where ORDERS names a file that can't be used, or an API without a secret. */
function ordersOf({ ORDERS, ORDERS_SECRET, root }: Config, clock: () => number): OrderStore | undefined {
  if (ORDERS === 'none') return undefined;
  if (ORDERS === 'demo') return new FileOrderStore(join(root, 'dialogs', 'orders.json'));
  if (!/^https?:\/\//.test(ORDERS)) return new FileOrderStore(ORDERS);
  if (ORDERS_SECRET === '') throw new VitrineError('CONFIG_INVALID', 'ORDERS is an address: ORDERS_SECRET must be set');
  return new HttpOrderStore({ url: ORDERS, secret: ORDERS_SECRET, clock });
}
