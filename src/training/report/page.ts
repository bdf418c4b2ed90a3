import { createHash } from 'node:crypto';
import { counted, type EvaluationReport, methodOf, warningsOf } from '../evaluation';
import { confusionPlot } from './confusion-plot';
import { curvePlots } from './curve-plots';
import { differencePlot } from './difference-plot';
import { figure } from './figure';
import { Html, html } from './html';
import type { RunDetails } from './run-details';
import { scoreTables } from './score-tables';
import { SCRIPT } from './script';
import { latencyPlot, slicePlots } from './slice-plots';
import { STYLE } from './style';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/**
 * The report as one HTML page that needs nothing else: no network, no fonts, no script but a few lines of its own, which the
 * page's policy names by their hash. All numbers are those of the report.
 */
export function reportPage(report: EvaluationReport, run: RunDetails): string {
  const sections = sectionsOf(report, run);
  const scriptHash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Evaluation of ${run.files.queries} over ${run.files.catalogue}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#scores">Skip to the scores</a>
<header>
<h1>Evaluation report</h1>
<p class="soft">${counted(report.queries, 'query', 'queries')} of ${run.files.queries} over ${counted(report.products, 'product')} in ${counted(report.groups, 'group')} of ${run.files.catalogue}, the first ${counted(report.k, 'result')} of each system. <time datetime="${run.date}">${run.date.slice(0, 10)}</time></p>
</header>
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${warnings(report)}${sections.map(
  ({ id, title, content }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`,
)}</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

function warnings(report: EvaluationReport): Html | undefined {
  const lines = warningsOf(report);
  if (lines.length === 0) return undefined;
  const { examples } = report.warnings.unknown;
  const named = examples.length > 0 ? html`<li>Products that are lacking: ${examples.join(', ')}</li>` : undefined;
  return html`<aside class="warnings" aria-labelledby="warnings"><h2 id="warnings">Warnings</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}${named}</ul></aside>
`;
}

function sectionsOf(report: EvaluationReport, run: RunDetails): Section[] {
  const difference = differencePlot(report);
  const confusions = report.systems.flatMap(({ name, confusion }, i) =>
    confusion && confusion.n > 0 ? [figure(confusionPlot(name, i, confusion))] : [],
  );
  const plots = (...figures: readonly Html[]) => html`<div class="plots">${figures}</div>`;
  return [
    { id: 'scores', title: 'Scores', content: html`${scoreTables(report)}${systemList(report)}` },
    ...(difference ? [{ id: 'differences', title: 'Paired differences', content: plots(figure(difference)) }] : []),
    { id: 'curves', title: 'Curves', content: plots(...curvePlots(report).map(figure)) },
    { id: 'slices', title: 'Languages and modalities', content: plots(...slicePlots(report).map(figure)) },
    ...(confusions.length > 0
      ? [{ id: 'confusion', title: 'Confusion by kind', content: confusionSection(confusions, plots) }]
      : []),
    { id: 'time', title: 'Latency', content: plots(figure(latencyPlot(report))) },
    { id: 'made', title: 'How this was made', content: howMade(report, run) },
  ];
}

function confusionSection(figures: readonly Html[], plots: (...figures: readonly Html[]) => Html): Html {
  const [first, ...others] = figures;
  const rest =
    others.length > 0 ? html`<details><summary>The other systems</summary>${plots(...others)}</details>` : undefined;
  return html`${first && plots(first)}${rest}`;
}

function systemList({ systems }: EvaluationReport): Html | undefined {
  const known = systems.filter(({ about }) => about !== undefined);
  if (known.length === 0) return undefined;
  return html`<details><summary>What the systems are</summary><dl>${known.map(({ name, about }) => html`<dt>${name}</dt><dd>${about}</dd>`)}</dl></details>`;
}

function howMade(report: EvaluationReport, { command, date, files, machine, version }: RunDetails): Html {
  const rows: readonly (readonly [string, Html | string | undefined])[] = [
    ['Command', html`<code>${command}</code>`],
    ['Catalogue', files.catalogue],
    ['Queries', files.queries],
    ['Validation', files.validation],
    ['Seed', String(report.seed)],
    ['Date', html`<time datetime="${date}">${date}</time>`],
    ['Machine', `${machine.cpu}, ${counted(machine.cores, 'core')}`],
    ['Software', `Vitrine ${version}, Node ${machine.node}`],
    ['Method', methodOf(report)],
    ['Thresholds', report.systems.map(({ name, thresholds }) => `${name}: ${thresholdText(thresholds)}`).join(' · ')],
  ];
  return html`<dl>${rows.map(([name, value]) => (value === undefined ? undefined : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl>`;
}

const thresholdText = (thresholds: readonly (number | null)[]) =>
  thresholds.map((threshold) => (threshold === null ? 'none' : threshold.toPrecision(3))).join(' and ');
