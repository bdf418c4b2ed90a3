import { type Purchasing, type PurchasingItem, VitrineError } from '../domain';
import { postSigned, type SignedPostOptions } from './signed-post';

/**
 * Tells purchasing by a webhook: `{"type":"stock.low","delivery":…,"items":[…]}`, signed; see `postSigned`. The header
 * `X-Vitrine-Delivery` is the same for the same notice sent again; any status of 200 to 299 takes it.
 */
export class PurchasingWebhook implements Purchasing {
  constructor(private readonly options: SignedPostOptions) {}

  async tell(delivery: string, items: readonly PurchasingItem[], signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ type: 'stock.low', delivery, items });
    const answer = await postSigned(this.options, body, signal, { 'X-Vitrine-Delivery': delivery });
    const reason = answer ? `answered with status ${answer.status}` : 'did not answer 3 times';
    if (!answer || answer.status < 200 || answer.status > 299)
      throw new VitrineError('STOCK_WEBHOOK_FAILED', `the webhook of purchasing ${reason}`);
  }
}
