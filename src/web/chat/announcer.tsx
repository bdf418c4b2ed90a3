import type { WebChatActivity } from 'botframework-webchat-core';
import { isCard, messageOf } from './activity';
import { fill, useSpeech } from './texts';

/** Tells screen readers of the newest answer: its words and how many products, not six cards in a row. */
export function Announcer({ last }: { readonly last: WebChatActivity | undefined }) {
  const { texts, locale } = useSpeech();
  const message = last && messageOf(last);
  const count = message?.attachments.filter(isCard).length ?? 0;
  const said =
    message === undefined || message.fromShopper ? '' : `${message.person ?? texts.assistant}: ${message.text}`;
  return (
    <div className="unseen" role="status">
      {said}
      {said !== '' && count > 0 && ` ${fill(texts.productCount, { count }, locale)}`}
    </div>
  );
}
