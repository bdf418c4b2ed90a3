import type { ActivityMiddleware, AttachmentMiddleware } from 'botframework-webchat-api';
import { isCard, messageOf } from './activity';
import { comparisonOf } from './comparison';
import { ComparisonTable } from './comparison-table';
import { FileAttachment } from './file-attachment';
import { MessageRow } from './message-row';
import { pairingOf } from './pairing';
import { PairingPicture } from './pairing-picture';
import { heroOf, productOf } from './product';
import { ProductCard } from './product-card';

/** Messages become rows of the transcript; everything else shows nothing. */
export const activityMiddleware: ActivityMiddleware =
  () =>
  () =>
  ({ activity, nextVisibleActivity }) => {
    const message = messageOf(activity);
    if (message === undefined) return false;
    // The last one is given itself: Web Chat's type wants an activity there.
    const next = nextVisibleActivity === activity ? undefined : messageOf(nextVisibleActivity);
    return () => <MessageRow activity={activity} message={message} next={next} />;
  };

/** Cards become product cards, files are shown or named. Nothing that the bot sends is taken for markup. */
export const attachmentMiddleware: AttachmentMiddleware = () => () => (props) => {
  if (props === undefined) return null;
  const { attachment } = props;
  if (!isCard(attachment)) return <FileAttachment attachment={attachment} />;
  const comparison = comparisonOf(attachment.content);
  if (comparison) return <ComparisonTable comparison={comparison} />;
  const pairing = pairingOf(attachment.content);
  if (pairing) return <PairingPicture pairing={pairing} />;
  const product = productOf(attachment.content) ?? heroOf(attachment.content);
  return product ? <ProductCard product={product} /> : null;
};
