import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type App, createApp } from '../../../src/app';
import { loadConfig, packageRoot } from '../../../src/config';
import { EvaluationRandom, groupBy } from '../../../src/training';
import { photoView } from '../../../src/training/fusion/photo-views';
import {
  composedQueries,
  type Drawn,
  drawComposed,
  type MeasuredSplit,
  photographedLooks,
  spokenQueries,
  typedQueries,
  wordsAndPhotos,
} from './draw';
import { type Entry, entriesOf } from './entries';
import { withHistory } from './shoppers';
import { canSpeak, speak } from './speak';

const FIXTURES = join(packageRoot(), 'test', 'fixtures');
/** Words by people; those that measure are not those that are chosen by. */
const WORDS: Readonly<Record<MeasuredSplit, string>> = {
  test: join(FIXTURES, 'queries', 'held-out.jsonl'),
  validation: join(FIXTURES, 'queries', 'validation.jsonl'),
};
const DESCRIBED = join(FIXTURES, 'queries', 'described.jsonl');
/** Share of the queries of each modality that a simulated shopper asks once more. */
const WITH_HISTORY = 0.5;

/**
 * Writes labelled queries of all modalities about products that training left out, with and without the history of simulated
 * shoppers, over the demo catalogue in a data directory: `queries.jsonl`, `photos/` and `recordings/` in a folder. The same
 * for the same catalogue.
 */
export async function writeFusionQueries(
  dataDir: string,
  folder: string,
  split: MeasuredSplit,
  log: (line: string) => void,
): Promise<void> {
  const app = createApp(loadConfig({ DATA_DIR: dataDir }));
  try {
    const entries = entriesOf(app);
    const drawn = await drawnOf(app, entries, split, log);
    const random = new EvaluationRandom(`fusion queries/${split}/history`);
    const asked = drawn.flatMap((query) => {
      const again = random.next() < WITH_HISTORY ? withHistory(query, entries, random) : undefined;
      return again ? [query, again] : [query];
    });
    const writer = new QueryWriter(app, folder, split);
    for (const query of asked) await writer.add(query);
    writer.finish();
    for (const [modality, { length }] of groupBy(asked, (query) => query.modality))
      log(`${modality.padEnd(20)} ${length}`);
    log(`${join(folder, 'queries.jsonl')}: all shoppers with a history are simulated`);
  } finally {
    await app.close();
  }
}

async function drawnOf(
  app: App,
  entries: readonly Entry[],
  split: MeasuredSplit,
  log: (line: string) => void,
): Promise<Drawn[]> {
  const file = WORDS[split];
  // Recordings of held-out words by engines and voices that training never heard are there already.
  const recorded = join(FIXTURES, 'voice', 'queries', 'queries.jsonl');
  const heard = split === 'test' || canSpeak();
  if (!heard) log('voice: left out, espeak-ng is not installed');
  return [
    ...typedQueries(file, entries, split),
    ...photographedLooks(entries, split),
    ...(heard ? spokenQueries(split === 'test' ? recorded : file, entries, split) : []),
    ...(split === 'test'
      ? wordsAndPhotos([file], entries, split)
      : // Few of them, and mostly in the lexicons' words: those that describe a thing join them, with more photos each.
        wordsAndPhotos([file, DESCRIBED], entries, split, 3)),
    ...(split === 'test'
      ? composedQueries(join(FIXTURES, 'queries', 'composed', 'queries.jsonl'))
      : await drawComposed(app, entries, split)),
  ];
}

/** Takes photos, speaks, and writes the list. A query with a history shares photo and recording with the one without. */
class QueryWriter {
  private readonly files = new Map<unknown, string>();
  private readonly lines: string[] = [];
  private readonly random: { readonly photos: EvaluationRandom; readonly recordings: EvaluationRandom };

  constructor(
    private readonly app: App,
    private readonly folder: string,
    split: MeasuredSplit,
  ) {
    const seeded = (what: string) => new EvaluationRandom(`fusion queries/${split}/${what}`);
    this.random = { photos: seeded('views'), recordings: seeded('speakers') };
    for (const name of ['photos', 'recordings']) mkdirSync(join(folder, name), { recursive: true });
  }

  async add({ modality, text, lang, photo, voice, typed, history, relevant }: Drawn): Promise<void> {
    const row = {
      ...(text !== undefined && { text }),
      ...(photo && { photo: this.files.get(photo) ?? (await this.photo(photo, modality)) }),
      ...(voice && { voice: this.files.get(voice) ?? this.recording(voice, lang ?? '') }),
      ...(typed !== undefined && { typed }),
      ...(lang !== undefined && { lang }),
      modality,
      ...(history && { history, simulated: true }),
      relevant: Object.fromEntries(relevant),
    };
    this.lines.push(JSON.stringify(row));
  }

  finish(): void {
    writeFileSync(join(this.folder, 'queries.jsonl'), `${this.lines.join('\n')}\n`);
  }

  private async photo(photo: NonNullable<Drawn['photo']>, modality: string): Promise<string> {
    const name = this.name(
      photo,
      'photos',
      `${modality.replace('+', '-')}`,
      'file' in photo ? extname(photo.file) : '.jpg',
    );
    const target = join(this.folder, name);
    if ('file' in photo) copyFileSync(photo.file, target);
    else {
      const picture = this.app.pictures.file(photo.of, 0);
      if (!picture) throw new Error(`${photo.of} has no picture: the demo catalogue with its pictures is needed`);
      writeFileSync(target, await photoView(await this.app.reader.read(readFileSync(picture)), this.random.photos));
    }
    return name;
  }

  private recording(voice: NonNullable<Drawn['voice']>, language: string): string {
    const name = this.name(voice, 'recordings', language, 'file' in voice ? extname(voice.file) : '.wav');
    const target = join(this.folder, name);
    if ('file' in voice) copyFileSync(voice.file, target);
    else writeFileSync(target, speak(voice.speak, language, this.random.recordings));
    return name;
  }

  /** A file's name, the next of its kind. */
  private name(of: unknown, folder: string, prefix: string, ending: string): string {
    const number = [...this.files.values()].filter((name) => name.startsWith(`${folder}/${prefix}-`)).length + 1;
    const name = `${folder}/${prefix}-${String(number).padStart(3, '0')}${ending}`;
    this.files.set(of, name);
    return name;
  }
}
