import { Router } from 'express';
import { jsonBody } from '../channels';
import { type ProfileStore, readMerchantEvent, VitrineError } from '../domain';
import { onlyWith } from './bearer';
import { eventLimit } from './limits';

const BODY_LIMIT = 8 * 1024;

/** What `/events` needs. */
export interface EventsDeps {
  readonly profiles: Pick<ProfileStore, 'record'>;
  readonly isProduct: (productId: string) => boolean;
  /** Bearer token of the merchant; not empty. */
  readonly token: string;
  readonly clock: () => Date;
}

/**
 * Where a shop reports what shoppers did outside of the chat: purchases above all. Answers whether the event was kept; it is
 * not where the shopper has not consented, or it is older than events are kept.
 */
export function eventsRoute({ profiles, isProduct, token, clock }: EventsDeps): Router {
  const router = Router();
  router.post('/', eventLimit(), onlyWith(token, 'EVENTS_TOKEN'), jsonBody(BODY_LIMIT), (request, response) => {
    const read = readMerchantEvent(request.body, clock().getTime());
    if ('problem' in read) throw new VitrineError('EVENT_INVALID', read.problem);
    if (!isProduct(read.event.productId))
      throw new VitrineError('EVENT_INVALID', 'productId: there is no such product');
    response.set('cache-control', 'no-store').json({ stored: profiles.record(read.shopper, read.event) });
  });
  return router;
}
