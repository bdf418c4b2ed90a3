import type { App } from '../../../src/app';
import { trainingCatalogue } from '../../../src/cli/training-items';
import { languageOf } from '../../../src/domain';
import {
  EvaluationRandom,
  type LabelledQuery,
  phraseMakers,
  QueryComposer,
  readLabelledQueries,
} from '../../../src/training';
import { type Entry, kindOf, pick, sample } from './entries';
import { patiently } from './patience';

/** Queries of one modality, at most; and spoken ones of one language. */
export const MOST = 240;
const MOST_SPOKEN = 20;
/** Languages that the starter voice network hears. */
const HEARD = ['en', 'zh', 'es', 'fr', 'de', 'ru'];

/** The split that queries are made for: what measures, or what is chosen by. */
export type MeasuredSplit = 'test' | 'validation';

/** A query before its photo is taken and its words are spoken. */
export interface Drawn {
  readonly modality: string;
  readonly text?: string;
  readonly lang?: string;
  /** Id of the product whose photo it is, or a photo that is there already. */
  readonly photo?: { readonly of: string } | { readonly file: string };
  /** Words to speak, or a recording that is there already. */
  readonly voice?: { readonly speak: string } | { readonly file: string };
  /** What is said, as it would have been typed. */
  readonly typed?: string;
  readonly history?: readonly string[];
  readonly relevant: ReadonlyMap<string, number>;
}

const highest = (gains: ReadonlyMap<string, number>) => Math.max(...gains.values());

/** Queries of a file that a product of the split answers as well as any. */
function answeredBySplit(file: string, entries: readonly Entry[], split: MeasuredSplit): LabelledQuery[] {
  const own = new Set(entries.filter((entry) => entry.split === split).map(({ id }) => id));
  return readLabelledQueries(file).filter(({ relevant }) => {
    const most = highest(relevant);
    return [...relevant].some(([id, gain]) => gain === most && own.has(id));
  });
}

const langOf = ({ lang }: LabelledQuery) => (lang === undefined ? {} : { lang });

/** The words of a file of queries. */
export function typedQueries(file: string, entries: readonly Entry[], split: MeasuredSplit): Drawn[] {
  const found = answeredBySplit(file, entries, split);
  return sample(found, MOST, new EvaluationRandom(`fusion queries/${split}/text`)).map((query) => ({
    modality: 'text',
    text: query.text ?? '',
    ...langOf(query),
    relevant: query.relevant,
  }));
}

/** Recordings of a file of spoken queries, or the words of a file of typed ones to be spoken. */
export function spokenQueries(file: string, entries: readonly Entry[], split: MeasuredSplit): Drawn[] {
  const found = answeredBySplit(file, entries, split);
  const random = new EvaluationRandom(`fusion queries/${split}/voice`);
  return HEARD.flatMap((language) => {
    const own = found.filter(({ lang }) => languageOf(lang) === language);
    return sample(own, MOST_SPOKEN, random).map(
      ({ text = '', voice, typed = text, relevant }): Drawn => ({
        modality: 'voice',
        voice: voice === undefined ? { speak: text } : { file: voice },
        typed,
        lang: language,
        relevant,
      }),
    );
  });
}

/** A photo of each look of the split that training never saw: the look gains 3, another of the same kind and colour 1. */
export function photographedLooks(entries: readonly Entry[], split: MeasuredSplit): Drawn[] {
  const looks = new Map(
    entries.filter((entry) => entry.split === split && entry.unseen).map((entry) => [entry.look, entry]),
  );
  return sample([...looks.values()], MOST, new EvaluationRandom(`fusion queries/${split}/photo`)).map((shown) => {
    const [color] = shown.attributes.colors;
    const like = entries.filter(
      (entry) => kindOf(entry) === kindOf(shown) && color !== undefined && entry.attributes.colors[0] === color,
    );
    const same = entries.filter(({ look }) => look === shown.look);
    const relevant = new Map([
      ...like.map(({ id }): [string, number] => [id, 1]),
      ...same.map(({ id }): [string, number] => [id, 3]),
    ]);
    return { modality: 'photo', photo: { of: shown.id }, relevant };
  });
}

/**
 * Words of files, and photos of products of the split that answer them, `photos` of different looks at most for each: the
 * products that answer the words fully and look so gain 3; those with one of both gain 1.
 */
export function wordsAndPhotos(
  files: readonly string[],
  entries: readonly Entry[],
  split: MeasuredSplit,
  photos = 1,
): Drawn[] {
  const random = new EvaluationRandom(`fusion queries/${split}/text+photo`);
  const asked = files.flatMap((file) => answeredBySplit(file, entries, split));
  const drawn = asked.flatMap((query): Drawn[] => {
    const most = highest(query.relevant);
    const answers = entries.filter(({ id }) => query.relevant.get(id) === most);
    let candidates = answers.filter((entry) => entry.split === split && entry.unseen);
    const made: Drawn[] = [];
    while (candidates.length > 0 && made.length < photos) {
      const shown = pick(candidates, random);
      candidates = candidates.filter(({ look }) => look !== shown.look);
      const same = entries.filter(({ look }) => look === shown.look);
      const relevant = new Map([...same, ...answers].map(({ id }): [string, number] => [id, 1]));
      for (const { id, look } of answers) if (look === shown.look) relevant.set(id, 3);
      made.push({
        modality: 'text+photo',
        text: query.text ?? '',
        ...langOf(query),
        photo: { of: shown.id },
        relevant,
      });
    }
    return made;
  });
  return sample(drawn, MOST, random);
}

/** Photos with words for what should be different, as a file has them. */
export function composedQueries(file: string): Drawn[] {
  const random = new EvaluationRandom('fusion queries/composed');
  return sample(readLabelledQueries(file), MOST, random).map(({ photo = '', text = '', ...query }) => ({
    modality: 'composed',
    text,
    ...langOf({ ...query, text }),
    photo: { file: photo },
    relevant: query.relevant,
  }));
}

/** The same, drawn from the catalogue as training draws them, of other products. */
export async function drawComposed(app: App, entries: readonly Entry[], split: MeasuredSplit): Promise<Drawn[]> {
  const random = new EvaluationRandom(`fusion queries/${split}/composed`);
  const { items } = await patiently(() => trainingCatalogue(app));
  const composer = new QueryComposer(items, phraseMakers(app.lexicons, app.config.LOCALES_DIR, random), random);
  const usable = new Set(entries.filter((entry) => entry.split === split && entry.unseen).map(({ id }) => id));
  const numbers = [...items.keys()].filter((number) => usable.has(items[number]?.product.id ?? ''));
  const drawn: Drawn[] = [];
  for (let tries = 0; tries < 20 * MOST && drawn.length < MOST && numbers.length > 0; tries++) {
    const draft = composer.draw('composed', pick(numbers, random));
    if (draft?.photoOf === undefined) continue;
    const id = (number: number) => items[number]?.product.id ?? '';
    drawn.push({
      modality: 'composed',
      text: draft.text,
      lang: draft.language,
      photo: { of: id(draft.photoOf) },
      relevant: new Map([...draft.relevant].map(([number, gain]) => [id(number), gain])),
    });
  }
  return drawn;
}
