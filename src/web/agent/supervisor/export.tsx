import { useState } from 'react';
import { useDesk } from '../desk-context';
import { DownloadIcon } from '../parts/icons';
import { useWords } from '../texts';

const DAY = 24 * 3600 * 1000;

/** Conversations of a time as a table for spreadsheets. */
export function Export() {
  const { api } = useDesk();
  const { texts } = useWords();
  const [from, setFrom] = useState(() => dateOf(Date.now() - 30 * DAY));
  const [to, setTo] = useState(() => dateOf(Date.now()));
  // The last day counts wholly.
  const end = to === '' ? '' : dateOf(Date.parse(to) + DAY);
  return (
    <div className="form">
      <p className="quiet">{texts.exportLead}</p>
      <div className="dates">
        <label className="field">
          <span>{texts.exportFrom}</span>
          <input type="date" value={from} max={to} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label className="field">
          <span>{texts.exportTo}</span>
          <input type="date" value={to} min={from} onChange={(event) => setTo(event.target.value)} />
        </label>
      </div>
      <a className="action download" href={api.exportAddress(from, end)} download>
        <DownloadIcon />
        <span>{texts.exportDownload}</span>
      </a>
    </div>
  );
}

/** The last moment that is written with four digits of the year. */
const LATEST = Date.UTC(9999, 11, 31);

function dateOf(at: number): string {
  return new Date(Math.min(at, LATEST)).toISOString().slice(0, 10);
}
