import { hooks } from 'botframework-webchat-api';
import { useEffect, useMemo, useRef } from 'react';
import { messageOf } from './activity';
import { useReading } from './aloud/use-reading';
import { Announcer } from './announcer';
import type { Connection } from './connection';
import { HeartsProvider, heartsIn } from './hearts';
import { useIsReplaced } from './retry';
import { Suggestions } from './suggestions';
import { useSpeech } from './texts';
import { TypingIndicator } from './typing-indicator';
import { useAway } from './use-away';
import { useRemembered } from './use-remembered';
import { useStickToEnd } from './use-stick-to-end';
import { heardIn } from './voice/heard';
import { HeardProvider } from './voice/heard-line';

const { useActivities, useCreateActivityRenderer, useGetKeyByActivity } = hooks;

interface TranscriptProps {
  readonly connection: Connection;
  /** Told how many messages came while the page is out of sight. */
  readonly onUnseen: (count: number) => void;
}

/** The conversation so far, with what the assistant suggests next. */
export function Transcript({ connection, onUnseen }: TranscriptProps) {
  const { texts } = useSpeech();
  const [activities] = useActivities();
  const createRenderer = useCreateActivityRenderer();
  const keyOf = useGetKeyByActivity();
  const isReplaced = useIsReplaced();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const shown = activities.filter((activity) => messageOf(activity) !== undefined && !isReplaced(activity));
  const heard = useMemo(() => heardIn(activities), [activities]);
  const hearts = useMemo(() => heartsIn(activities), [activities]);
  useReading(shown);
  useRemembered(connection, activities);
  const away = useAway(connection, shown);
  useEffect(() => onUnseen(away.unseen), [onUnseen, away.unseen]);
  const last = shown.at(-1);
  const fromShopper = last?.from?.role === 'user' ? keyOf(last) : undefined;
  const stick = useStickToEnd(scroller, content);
  // Who sends something wants to see it, wherever they have scrolled to.
  useEffect(() => {
    if (fromShopper !== undefined) stick();
  }, [fromShopper, stick]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={scroller} className="transcript" aria-label={texts.conversation} tabIndex={0}>
      <div ref={content} className="transcript-content">
        <HeardProvider value={heard}>
          <HeartsProvider value={hearts}>
            {shown.map((activity, index) => {
              const next = shown[index + 1];
              const render = createRenderer({ activity, nextVisibleActivity: next ?? activity });
              const props = { hideTimestamp: false, renderActivityStatus: () => null, showCallout: false };
              return (
                <div key={keyOf(activity) ?? index}>
                  {activity === away.first && <p className="away">{texts.away}</p>}
                  {render === false ? null : render({ ...props, renderAvatar: false })}
                </div>
              );
            })}
          </HeartsProvider>
        </HeardProvider>
        <TypingIndicator />
        <Suggestions />
      </div>
      <Announcer last={last} />
    </section>
  );
}
