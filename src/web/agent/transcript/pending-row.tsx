import type { Pending } from '../desk/state';
import { useDesk } from '../desk-context';
import { useWords } from '../texts';
import { EntryFiles } from './entry-files';
import { EntryProducts } from './entry-products';
import { EntryText } from './entry-text';

/** What the agent has sent and the server does not have yet. */
export function PendingRow({ sent }: { readonly sent: Pending }) {
  const { desk } = useDesk();
  const { texts } = useWords();
  const { text, isPrivate, files, products, failed } = sent;
  return (
    <div className={`entry entry-agent entry-pending${isPrivate ? ' entry-note' : ''}`} data-first="true">
      <EntryFiles files={files} heard={undefined} />
      {text !== '' && <EntryText text={text} />}
      <EntryProducts products={products} />
      {failed ? (
        <p className="entry-failed" role="alert">
          {texts.notSent}{' '}
          <button type="button" className="link" onClick={() => void desk.resend(sent)}>
            {texts.retry}
          </button>{' '}
          <button type="button" className="link" onClick={() => desk.discard(sent)}>
            {texts.discard}
          </button>
        </p>
      ) : (
        <p className="entry-time">{texts.sending}</p>
      )}
    </div>
  );
}
