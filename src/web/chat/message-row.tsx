import { hooks } from 'botframework-webchat-api';
import type { WebChatActivity } from 'botframework-webchat-core';
import { belongTogether, isCard, type Message } from './activity';
import { Carousel } from './carousel';
import { comparisonOf } from './comparison';
import { MessageStatus } from './message-status';
import { pairingOf } from './pairing';
import { useSpeech } from './texts';
import { HeardLine } from './voice/heard-line';

const { useRenderAttachment } = hooks;

interface MessageRowProps {
  readonly activity: WebChatActivity;
  readonly message: Message;
  readonly next: Message | undefined;
}

/** One message: the words in a bubble, files and cards below, and when it was. */
export function MessageRow({ activity, message, next }: MessageRowProps) {
  const { texts } = useSpeech();
  const render = useRenderAttachment();
  const { text, attachments, fromShopper, locale, person } = message;
  const shown = attachments.map((attachment, index) => ({
    key: String(index),
    attachment,
    card: render?.({ activity, attachment }) ?? null,
  }));
  const figures = shown.filter(({ attachment }) => isFigure(contentOf(attachment)));
  const cards = shown.filter((each) => isCard(each.attachment) && !figures.includes(each));
  const files = shown.filter(({ attachment }) => !isCard(attachment));
  const together = belongTogether(message, next);
  return (
    <div className={`message ${fromShopper ? 'message-shopper' : 'message-bot'}${together ? ' message-together' : ''}`}>
      {person === undefined ? (
        <span className="unseen">{fromShopper ? texts.you : texts.assistant}</span>
      ) : (
        <p className="person" dir="auto">
          {person}
        </p>
      )}
      {files.length > 0 && (
        <div className="files">
          {files.map(({ key, card }) => (
            <div key={key}>{card}</div>
          ))}
        </div>
      )}
      {fromShopper && files.length > 0 && <HeardLine messageId={activity.id} />}
      {text !== '' && (
        <p className="bubble" lang={locale} dir="auto">
          {text}
        </p>
      )}
      {figures.map(({ key, card }) => (
        <div key={key}>{card}</div>
      ))}
      {cards.length > 0 && <Carousel items={cards} />}
      <MessageStatus activity={activity} message={message} quiet={together} />
    </div>
  );
}

/** What stands by itself, not among the products. */
function isFigure(content: unknown): boolean {
  return comparisonOf(content) !== undefined || pairingOf(content) !== undefined;
}

function contentOf(attachment: object): unknown {
  return 'content' in attachment ? attachment.content : undefined;
}
