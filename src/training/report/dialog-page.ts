import { stringify } from 'csv-stringify/sync';
import {
  counted,
  type DialogFigures,
  type DialogReport,
  dialogNotes,
  FIGURES,
  missesText,
  type PlayedDialog,
  type PlayedTurn,
} from '../evaluation';
import { dataTable, scrollable } from './figure';
import { languageName } from './format';
import { Html, html } from './html';
import { STYLE } from './style';

type Rows = readonly (readonly [name: string, figures: DialogFigures])[];

const languageRows = ({ byLanguage, overall }: DialogReport): Rows => [...Object.entries(byLanguage), ['all', overall]];
const kindRows = ({ byKind }: DialogReport): Rows => Object.entries(byKind);

/** The figures by language and by kind as CSV, shares as numbers. */
export function dialogFigures(report: DialogReport): string {
  const rows = [
    ...languageRows(report).map(([name, figures]) => ['language', name, figures] as const),
    ...kindRows(report).map(([name, figures]) => ['kind', name, figures] as const),
  ];
  return stringify(
    rows.map(([by, name, { success, misses, ...figures }]) => ({
      set: report.set,
      by,
      name,
      ...figures,
      success: success?.mean,
      success_low: success?.low,
      success_high: success?.high,
      misses: missesText({ misses }),
    })),
    { header: true },
  );
}

/** The report as one HTML page that needs nothing else. Transcripts are there where the report has conversations. */
export function dialogPage(report: DialogReport, date: Date): string {
  const day = date.toISOString();
  const missed = (report.dialogs ?? []).filter(({ miss }) => miss !== undefined);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Conversations of ${report.set}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#languages">Skip to the figures</a>
<header>
<h1>Conversations with a simulated shopper</h1>
<p class="soft">${counted(report.overall.n, 'conversation')} of ${report.set}. <time datetime="${day}">${day.slice(0, 10)}</time></p>
</header>
<main>
${section('languages', 'By language', table(languageRows(report).map(([name, figures]) => [name === 'all' ? name : languageName(name), figures])))}
${section('kinds', 'By kind', table(kindRows(report)))}
<dl>${FIGURES.map(([head, meaning]) => html`<dt>${head}</dt><dd>${meaning}</dd>`)}</dl>
${dialogNotes(report).map((note) => html`<p class="note">${note}</p>`)}
${missed.length > 0 ? section('missed', 'Missed goals', html`${missed.map(transcript)}`) : undefined}
</main>
</body>
</html>
`;
  return page.text;
}

const section = (id: string, title: string, content: Html): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;

function table(rows: Rows): Html {
  const data = {
    head: ['', ...FIGURES.map(([head]) => head), 'missed'],
    rows: rows.map(([name, figures]) => [name, ...FIGURES.map(([, , text]) => text(figures)), missesText(figures)]),
  };
  return scrollable('Figures', dataTable('Figures', data));
}

function transcript({ id, language, kind, miss, fault, turns }: PlayedDialog): Html {
  return html`<details><summary>${id}, ${kind}: ${miss}${fault === undefined ? '' : ` (${fault})`}</summary><ol lang="${language}">${turns.map(turnOf)}</ol></details>
`;
}

function turnOf({ said, brought, replies, asks }: PlayedTurn): Html {
  const answers = replies.map(
    ({ text, products }) =>
      html`<p class="soft">${text.split('\n').map((line) => html`${line}<br>`)}${products.length > 0 ? `(${products.join(', ')})` : ''}</p>`,
  );
  return html`<li><p>${brought ? `[${brought}] ` : ''}${said}${asks ? html` <span class="note">then asked: ${asks}</span>` : ''}</p>${answers}</li>`;
}
