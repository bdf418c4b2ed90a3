import { hooks } from 'botframework-webchat-api';
import type { WebChatActivity } from 'botframework-webchat-core';
import type { Message } from './activity';
import { useRetry } from './retry';
import { useSpeech } from './texts';

const { useGetKeyByActivity, useSendStatusByActivityKey } = hooks;

interface MessageStatusProps {
  readonly activity: WebChatActivity;
  readonly message: Message;
  /** True when the next message shows the time for both. */
  readonly quiet: boolean;
}

/** The time of a message, or how far its sending has come. */
export function MessageStatus({ activity, message, quiet }: MessageStatusProps) {
  const { texts, locale } = useSpeech();
  const keyOf = useGetKeyByActivity();
  const [statusByKey] = useSendStatusByActivityKey();
  const retry = useRetry();
  const status = message.fromShopper ? statusByKey.get(keyOf(activity) ?? '') : undefined;
  if (status === 'send failed') {
    return (
      <p className="status status-failed">
        {texts.notSent}{' '}
        <button type="button" className="status-retry" onClick={() => retry(activity)}>
          {texts.retry}
        </button>
      </p>
    );
  }
  if (status === 'sending') return <p className="status">{texts.sending}</p>;
  if (quiet) return null;
  return (
    <p className="status">
      <time dateTime={message.time.toISOString()}>{timeText(message.time, locale)}</time>
    </p>
  );
}

/** The time of day, with the date where that was not today. */
function timeText(time: Date, locale: string): string {
  const today = new Date().toDateString() === time.toDateString();
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...(!today && { dateStyle: 'medium' }) }).format(time);
}
