import { hooks } from 'botframework-webchat-api';
import { useMemo } from 'react';
import { basketIn } from './comparison';
import { fill, useSpeech } from './texts';

const { useActivities, useSendMessage } = hooks;

/** How many pieces the basket holds; pressing it shows them. Not there while it is empty. */
export function BasketChip() {
  const { texts, locale } = useSpeech();
  const [activities] = useActivities();
  const sendMessage = useSendMessage();
  const count = useMemo(() => basketIn(activities), [activities]);
  if (count === undefined || count === 0) return null;
  return (
    <div className="basket">
      <button type="button" className="chip" title={texts.showBasket} onClick={() => sendMessage(texts.showBasket)}>
        {fill(texts.basket, { count }, locale)}
      </button>
    </div>
  );
}
