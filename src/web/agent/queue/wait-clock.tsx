import type { Ticket } from '../api/types';
import { useDesk } from '../desk-context';
import { urgencyOf, waitText } from '../parts/times';
import { useNow } from '../parts/use-now';
import { useWords } from '../texts';

/** How long a shopper waits, or how long the conversation is in its state; it ticks. */
export function WaitClock({ ticket }: { readonly ticket: Ticket }) {
  const { api } = useDesk();
  const { texts, locale } = useWords();
  const waits = ticket.state === 'queued' || ticket.state === 'assigned';
  const from = waits ? ticket.openedAt : ticket.since;
  const seconds = (useNow() + api.requests.clockOffset - from) / 1000;
  return (
    <span className="wait" data-urgency={waits ? urgencyOf(seconds) : undefined}>
      <span className="unseen">{waits ? texts.waits : texts.talksSince} </span>
      {waitText(seconds, locale)}
    </span>
  );
}
