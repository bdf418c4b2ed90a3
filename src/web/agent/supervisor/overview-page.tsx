import { type ReactNode, useEffect, useState } from 'react';
import type { Overview, TicketState } from '../api/types';
import { useDesk } from '../desk-context';
import { waitText } from '../parts/times';
import { useNow } from '../parts/use-now';
import { useWords } from '../texts';
import { AgentTable } from './agent-table';
import { DaysChart } from './days-chart';
import { Export } from './export';
import { SatisfactionChart } from './satisfaction-chart';

/** Milliseconds between two looks. */
const INTERVAL = 10_000;

/** Queues, waits, agents and satisfaction, as they are now. */
export function OverviewPage() {
  const { api } = useDesk();
  const { texts, say, locale } = useWords();
  const [overview, setOverview] = useState<Overview>();
  const [failed, setFailed] = useState(false);
  const now = useNow() + api.requests.clockOffset;
  useEffect(() => {
    let wanted = true;
    const look = async () => {
      if (document.hidden) return;
      const answer = await api.overview();
      if (!wanted) return;
      setFailed(!answer.ok);
      if (answer.ok) setOverview(answer.value);
    };
    void look();
    const timer = setInterval(() => void look(), INTERVAL);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [api]);
  if (overview === undefined) return <p className="transcript-note">{failed ? texts.notReached : texts.loading}</p>;
  const count = (...states: readonly TicketState[]) =>
    overview.queues.filter(({ state }) => states.includes(state)).reduce((sum, queue) => sum + queue.count, 0);
  const oldest = overview.queues.find(({ state }) => state === 'queued')?.oldest;
  const { waits, satisfaction, satisfactionWithBot } = overview;
  const wait = (seconds: number | undefined) => (seconds === undefined ? '–' : waitText(seconds, locale));
  const mean = (value: number | undefined) =>
    value === undefined ? '–' : new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  return (
    <>
      <dl className="tiles">
        <Tile
          name={texts.tileWaiting}
          hint={oldest === undefined ? '' : say('tileOldest', { time: waitText((now - oldest) / 1000, locale) })}
        >
          {count('queued')}
        </Tile>
        <Tile name={texts.tileTalks}>{count('assigned', 'active')}</Tile>
        <Tile name={texts.stateWrapUp}>{count('wrapUp')}</Tile>
        <Tile name={texts.listMessage}>{count('message')}</Tile>
        <Tile name={texts.tileWait} hint={say('tileWaitHint', { wait: wait(waits.p95), count: waits.count })}>
          {wait(waits.p50)}
        </Tile>
        <Tile name={texts.tileSatisfaction} hint={say('tileRatings', { count: satisfaction.count })}>
          {mean(satisfaction.mean)}
        </Tile>
        <Tile name={texts.tileSatisfactionBot} hint={say('tileRatings', { count: satisfactionWithBot.count })}>
          {mean(satisfactionWithBot.mean)}
        </Tile>
      </dl>
      <div className="panels">
        <section className="panel panel-wide">
          <h2>{texts.chartDays}</h2>
          <DaysChart days={overview.days} />
        </section>
        <section className="panel">
          <h2>{texts.chartSatisfaction}</h2>
          <SatisfactionChart counts={satisfaction.counts} />
        </section>
        <section className="panel panel-wide">
          <h2>{texts.agents}</h2>
          <AgentTable agents={overview.agents} />
        </section>
        <section className="panel">
          <h2>{texts.exportTitle}</h2>
          <Export />
        </section>
      </div>
    </>
  );
}

function Tile({
  name,
  hint = '',
  children,
}: {
  readonly name: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="tile">
      <dt>{name}</dt>
      <dd>
        <strong>{children}</strong>
        {hint !== '' && <span className="quiet">{hint}</span>}
      </dd>
    </div>
  );
}
