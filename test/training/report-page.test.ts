import { type EvaluationReport, evaluate, reportPage } from '../../src/training';
import { HOSTILE, hostileReport, RUN } from '../support/reports';
import { inOrder, product, query, scripted } from './fixtures';

const idsOf = (page: string) => [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);

describe('reportPage', () => {
  let report: EvaluationReport;
  let page: string;
  beforeAll(async () => {
    report = await hostileReport();
    page = reportPage(report, RUN);
  });

  it('escapes whatever comes from files', () => {
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('&lt;script&gt;document.title=&#39;owned&#39;');
    expect(page).toContain('Products that are lacking: gone&lt;script&gt;');
  });

  it('needs nothing from elsewhere, and says so to the browser', () => {
    expect(page).not.toMatch(/https?:|@import|url\(|src=(?!x )/);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('gives every plot a title, a description and its data', () => {
    const plots = page.match(/<svg class="plot"/g)?.length ?? 0;
    expect(plots).toBe(11); // difference, 4 curves, languages, modalities, 3 confusions, latency
    expect(page.match(/<figure /g)).toHaveLength(plots);
    expect(page.match(/<title id=/g)).toHaveLength(plots);
    expect(page.match(/<desc id="[^"]*">[^<]/g)).toHaveLength(plots);
    expect(page.match(/<summary>Data of /g)).toHaveLength(plots);
    const ids = idsOf(page);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/aria-(?:labelledby|describedby)="([^"]*)"/g)) expect(ids).toContain(id);
  });

  it('draws numbers only', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('shows the scores of the report, the best marked in words, too', () => {
    const { mean, low, high } = report.systems[0]?.overall.metrics['ndcg@10'] ?? { mean: 0, low: 0, high: 0 };
    const marked = `${mean.toFixed(3)}<span class="unseen"> best</span></strong><span class="interval">${low.toFixed(3)}–${high.toFixed(3)}`;
    expect(page).toContain(marked);
    for (const said of ['composed', 'Klingon', 'German', 'not said', 'A fast one, 4 cores', '1.2.3', 'Node 20.20.0']) {
      expect(page).toContain(said);
    }
  });

  it('is complete with one query, one system and no result', async () => {
    const one = await evaluate({
      systems: [scripted('alone', { one: [] })],
      queries: [query('one', { a: 1 })],
      products: [product('a')],
      seed: 1,
    });
    const lone = reportPage(one, { ...RUN, files: { catalogue: 'a', queries: 'b' } });
    expect(lone).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(lone).not.toContain('Paired differences');
    expect(lone).not.toContain(' best</span>');
    expect(lone).toContain('1 query of b over 1 product in 1 group of a');
  });

  it('marks no best where all are equal', async () => {
    const answers = { one: inOrder('a') };
    const equal = await evaluate({
      systems: [scripted('x', answers), scripted('y', answers)],
      queries: [query('one', { a: 1 })],
      products: [product('a'), product('b')],
      seed: 1,
    });
    expect(reportPage(equal, RUN)).not.toContain(' best</span>');
  });

  it('names hostile systems in words', () => {
    expect(HOSTILE).toContain('<');
    expect(page.match(/<th scope="row" data-value="0">&lt;script&gt;/g)?.length).toBeGreaterThan(1);
  });
});
