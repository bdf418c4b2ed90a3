import type { Entry } from '../api/types';
import { timeText } from '../parts/times';
import { useWords } from '../texts';

const NOTICES = {
  joined: 'noticeJoined',
  released: 'noticeReleased',
  transferred: 'noticeTransferred',
  stillWaiting: 'noticeStillWaiting',
  returned: 'noticeReturned',
  closed: 'noticeClosed',
  failed: 'noticeFailed',
  silent: 'noticeSilent',
} as const;

/** What happened to the conversation, and what the shopper read of it. */
export function SystemRow({ entry: { notice, text, at, language } }: { readonly entry: Entry }) {
  const { texts, locale } = useWords();
  const known = notice !== undefined && Object.hasOwn(NOTICES, notice);
  return (
    <p className="system">
      {known ? <strong>{texts[NOTICES[notice as keyof typeof NOTICES]]}</strong> : <span dir="auto">{text}</span>}{' '}
      <time dateTime={new Date(at).toISOString()}>{timeText(at, locale)}</time>
      {known && text !== '' && (
        <span className="system-words" dir="auto" lang={language}>
          {text}
        </span>
      )}
    </p>
  );
}
