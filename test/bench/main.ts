// Measurements that anyone can run: npm run bench -- search | ingest | encode | compare | crosslingual | weights | turns | photos | screening | voice | history | fusion | sentiment | intents | languages | knowledge | soak
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { writeDemoFeed } from '../../src/catalogue/demo/feed';
import { withFeed } from '../../src/cli/eval';
import { vitrineSystem } from '../../src/cli/eval-systems';
import { packageRoot } from '../../src/config';
import { readLabelledQueries } from '../../src/training';
import { soak } from '../soak/soak';
import { compareSystems, formatComparison } from './compare';
import { benchCrosslingual } from './crosslingual';
import { benchEncode } from './encode';
import { benchFusion } from './fusion';
import { benchHandoff } from './handoff';
import { benchHistory } from './history';
import { benchIngest } from './ingest';
import { benchKnowledge } from './knowledge';
import { benchLanguages } from './languages';
import { benchPhotos } from './photos';
import { benchReactions } from './reactions';
import { benchRecognition } from './recognition';
import { benchScreening } from './screening';
import { benchSearch } from './search';
import { benchText } from './text';
import { benchTurns } from './turns';
import { benchVoice } from './voice';
import { chooseWeights } from './weights';

const QUERIES = join(packageRoot(), 'test', 'fixtures', 'queries');
const log = (line: string) => process.stdout.write(`${line}\n`);

async function ingest(): Promise<void> {
  const sizes = process.argv.slice(3).map(Number);
  const figures = [];
  for (const size of sizes.length > 0 ? sizes : [100_000, 1_000_000]) figures.push(await benchIngest(size, log, 100));
  const [first, last] = [figures[0], figures.at(-1)];
  if (first && last && first !== last)
    log(`peak memory at ${last.size} rows / at ${first.size} rows = ${(last.peak / first.peak).toFixed(2)}`);
}

async function compare(): Promise<void> {
  const set = process.argv[3] ?? 'held-out';
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-compare-'));
  try {
    const { feed } = await writeDemoFeed({ localesDir: join(packageRoot(), 'locales'), folder, withoutPictures: true });
    const report = await withFeed(feed, (app, products) =>
      compareSystems({
        products,
        queries: readLabelledQueries(join(QUERIES, `${set}.jsonl`)),
        validation: readLabelledQueries(join(QUERIES, 'validation.jsonl')),
        vitrine: vitrineSystem(app),
        seed: 1,
      }),
    );
    log(formatComparison(report));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Only on validation queries; held-out ones are for measuring. */
async function weights(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-weights-'));
  try {
    const { feed } = await writeDemoFeed({ localesDir: join(packageRoot(), 'locales'), folder, withoutPictures: true });
    const sets = Object.fromEntries(
      ['validation', 'described'].map((set) => [set, readLabelledQueries(join(QUERIES, `${set}.jsonl`))]),
    );
    await withFeed(feed, async (app) => log(JSON.stringify(await chooseWeights(app, sets, log), null, 2)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Shoppers are simulated; `weights` chooses on others than those that are measured. */
async function history(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-history-'));
  try {
    const { feed } = await writeDemoFeed({ localesDir: join(packageRoot(), 'locales'), folder, withoutPictures: true });
    await withFeed(feed, (app) => benchHistory(app, process.argv[3], log));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  search: () => benchSearch(Number(process.argv[3] ?? 100_000), log),
  ingest,
  compare,
  weights,
  encode: () => benchEncode(Number(process.argv[3] ?? 5_000), log),
  crosslingual: () => benchCrosslingual(log),
  photos: () => benchPhotos(process.argv[3], log),
  screening: () => benchScreening(Number(process.argv[3] ?? 400), log),
  voice: () => benchVoice(process.argv[3], log),
  history,
  fusion: () => benchFusion(process.argv.slice(3), log),
  languages: async () => benchLanguages(log),
  knowledge: () => benchKnowledge(process.argv[3], log),
  handoff: () => benchHandoff(Number(process.argv[3] ?? 500), log),
  turns: () => benchTurns(Number(process.argv[3] ?? 2_000), log),
  sentiment: () => benchText('sentiment', process.argv.slice(3), log),
  intents: () =>
    process.argv[3] === 'whole'
      ? benchRecognition(process.argv[4] ?? 'held-out', log)
      : benchText('intents', process.argv.slice(3), log),
  reactions: () => benchReactions(process.argv.slice(3), log),
  soak: async () => {
    const report = await soak(Number(process.argv[3] ?? 1_000), {
      onKill: (count) => count % 50 === 0 && log(`${count} kills`),
    });
    log(JSON.stringify(report));
  },
};

const run = BENCHES[process.argv[2] ?? ''];
if (!run) {
  process.stderr.write(
    'npm run bench -- search [products] | ingest [rows …] | encode [products] | compare [held-out|validation] | crosslingual | ' +
      'weights | turns [turns] | handoff [messages] | photos [clothing|grocery|labels|demo|speed|weights] | screening [photos] | ' +
      'voice [clean] | history [weights] | fusion [weights|queries|systems|train|clicks|lambda] | sentiment [cv] | intents [validation|cv|whole [validation]] | languages | knowledge [fit] | soak [kills]\n',
  );
  process.exitCode = 2;
} else {
  log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 1e9)} GB`);
  run().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}
