import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ImageEncoder, Modality, ModalityVectors, PictureReader, TextEncoder, VectorCache } from '../../domain';
import type { AttributeVectors } from '../../fusion';
import { EvaluationRandom } from '../evaluation';
import { QueryComposer } from './compose';
import type { Draft } from './draft';
import { type Example, QUERY_TYPES } from './examples';
import type { TrainingItem } from './items';
import { photoView } from './photo-views';
import type { PhraseMaker } from './phrases';
import { type Split, splitOf } from './split';
import { VectorList } from './vector-list';
import { hearSome, type VoiceLab } from './voices';

export interface DatasetOptions {
  readonly items: readonly TrainingItem[];
  readonly makers: readonly PhraseMaker[];
  readonly encoder: TextEncoder;
  readonly attributeVectors: AttributeVectors;
  /** Where photos take part: the encoder, how shoppers' photos are read, and the picture files of products. */
  readonly photos?: {
    readonly encoder: ImageEncoder;
    readonly reader: PictureReader;
    readonly file: (productId: string) => string | undefined;
  };
  /** Where words can be spoken and heard. */
  readonly voices?: VoiceLab;
  readonly cache?: VectorCache;
  readonly random: EvaluationRandom;
  /** Training queries; a tenth of it for validation. */
  readonly queries: number;
  readonly onProgress?: (what: 'photos' | 'words' | 'voices', done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Queries with their vectors, and the products that they look for. */
export interface Dataset {
  readonly items: readonly TrainingItem[];
  readonly vectors: VectorList;
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
}

/** Photos of each look. */
const VIEWS = 4;
/** What a photo's view depends on; to be changed with `photoView`. */
const VIEW_VERSION = 'photo-view-1';
/** Attributes that the words name and that understanding them misses. */
const MISSED = 0.12;
/** Words that are read as if something else had been said beside it: of a photo's own words, and of all others. */
const MISREAD = { both: 0.6, other: 0.12 } as const;

/**
 * Makes queries of a catalogue, with the vectors that they would have. Products of the tested part take no part at all. Some
 * spoken queries are spoken by a synthesiser and heard, where that is possible; the others are simulated: the words' vector
 * under noise, beside words that were partly misheard. Throws ENCODER_FAILED, MODEL_*.
 */
export async function makeDataset(options: DatasetOptions): Promise<Dataset> {
  const { encoder, random, items } = options;
  const known = items.filter(({ group }) => splitOf(group) !== 'test');
  const composer = new QueryComposer(known, options.makers, random);
  const vectors = new VectorList(encoder.dimensions, 2 * options.queries);
  const views = await photoViews(known, options, vectors);
  const drafts = {
    train: drawn(composer, known, options.queries, 'train', options),
    validation: drawn(composer, known, Math.ceil(options.queries / 10), 'validation', options),
  };
  const all = [...drafts.train, ...drafts.validation];
  const texts = await encodeTexts([...new Set(all.map(({ text }) => text).filter(Boolean))], options, vectors);
  const places = [...texts.values()];
  const anyText = (own: EvaluationRandom) => places[own.below(places.length)] ?? 0;
  const heard = await hearSome(all, options);
  const attributes = await options.attributeVectors.of(
    all.map((draft) => heard.get(draft)?.asked ?? draft.asked),
    options.signal,
  );
  let at = 0;
  const exampleOf = (draft: Draft): Example => {
    const attribute = attributes[at++];
    const tokens: Partial<Record<Modality, number>> = {};
    const words = texts.get(draft.text);
    const spoken = heard.get(draft);
    const misread = words !== undefined && random.next() < MISREAD[draft.type === 'text+photo' ? 'both' : 'other'];
    if (words !== undefined && !spoken)
      tokens.words = misread ? vectors.add(between(vectors.at(words), vectors.at(anyText(random)), random)) : words;
    if (attribute && random.next() >= (misread ? 0.6 : MISSED)) tokens.attributes = vectors.add(attribute);
    const view = draft.photoOf === undefined ? undefined : views.get(known[draft.photoOf]?.look ?? '');
    if (view) tokens.photo = view[random.below(view.length)] ?? 0;
    if (spoken) {
      tokens.voice = vectors.add(spoken.voice);
      if (spoken.words) tokens.words = vectors.add(spoken.words);
    } else if (draft.type === 'voice' && words !== undefined) {
      tokens.voice = vectors.add(noisy(vectors.at(words), 0.6 + 0.9 * random.next(), random));
      tokens.words = vectors.add(noisy(vectors.at(words), 0.7 * random.next(), random));
    }
    if (draft.liked) tokens.history = vectors.add(mean(draft.liked.flatMap((number) => known[number]?.words ?? [])));
    return { type: draft.type, language: draft.language, tokens, relevant: draft.relevant, kind: draft.kind };
  };
  const hasVector = ({ tokens }: Example) => Object.keys(tokens).length > 0;
  return {
    items: known,
    vectors,
    train: drafts.train.map(exampleOf).filter(hasVector),
    validation: drafts.validation.map(exampleOf).filter(hasVector),
  };
}

/** The vectors of a product, as the index fuses them. Words of zeros say nothing. */
export function productVectors({ words, picture, attributeVector }: TrainingItem): ModalityVectors {
  const said = words.some((value) => value !== 0);
  return {
    ...(said && { words }),
    ...(picture && { photo: picture }),
    ...(attributeVector && { attributes: attributeVector }),
  };
}

function drawn(
  composer: QueryComposer,
  items: readonly TrainingItem[],
  count: number,
  split: Split,
  { random, photos }: DatasetOptions,
): Draft[] {
  const numbers = numbersFor(items, split);
  const types = QUERY_TYPES.filter((type) => photos || !/photo|composed/.test(type));
  const drafts: Draft[] = [];
  for (let tries = 0; tries < 10 * count && drafts.length < count && numbers.length > 0; tries++) {
    const type = types[tries % types.length];
    const draft = type && composer.draw(type, numbers[random.below(numbers.length)] ?? 0);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

/** The products that queries of a split are about: to choose by, only those of looks that no training query shows. */
function numbersFor(items: readonly TrainingItem[], split: Split): number[] {
  const own = (item: TrainingItem | undefined, wanted: Split) => splitOf(item?.group ?? '') === wanted;
  const numbers = [...items.keys()].filter((number) => own(items[number], split));
  if (split === 'train') return numbers;
  const shown = new Set(items.filter((item) => own(item, 'train')).map(({ look }) => look));
  const unseen = numbers.filter((number) => !shown.has(items[number]?.look ?? ''));
  return unseen.length > 0 ? unseen : numbers;
}

async function encodeTexts(
  texts: readonly string[],
  { encoder, onProgress, signal }: DatasetOptions,
  vectors: VectorList,
): Promise<Map<string, number>> {
  const places = new Map<string, number>();
  for (let start = 0; start < texts.length; start += encoder.maxBatch) {
    const batch = texts.slice(start, start + encoder.maxBatch);
    const made = await encoder.encode(batch, { role: 'query', ...(signal && { signal }) });
    for (const [i, text] of batch.entries()) places.set(text, vectors.add(made[i] ?? []));
    onProgress?.('words', Math.min(texts.length, start + batch.length), texts.length);
  }
  return places;
}

/** For each look, the places of the vectors of its photos. */
async function photoViews(
  items: readonly TrainingItem[],
  { photos, cache, onProgress, signal }: DatasetOptions,
  vectors: VectorList,
): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  if (!photos) return found;
  const looks = new Map(items.map(({ look, product }) => [look, photos.file(product.id)]));
  let done = 0;
  for (const [look, file] of looks) {
    signal?.throwIfAborted();
    onProgress?.('photos', ++done, looks.size);
    if (!file) continue;
    const bytes = await readFile(file);
    const keys = Array.from({ length: VIEWS }, (_, view) =>
      createHash('sha256').update(`${VIEW_VERSION}/${view}/`).update(bytes).digest(),
    );
    const stored = cache?.getMany(photos.encoder.id, keys) ?? [];
    if (stored.length < VIEWS || stored.some((vector) => vector === undefined)) {
      const own = new EvaluationRandom(`${VIEW_VERSION}/${keys[0]?.toString('hex')}`);
      const picture = await photos.reader.read(bytes);
      const seen = [];
      for (let view = 0; view < VIEWS; view++)
        seen.push(photos.reader.cleanUp(await photos.reader.read(await photoView(picture, own))));
      const made = await photos.encoder.encode(seen, signal ? { signal } : {});
      cache?.putMany(
        photos.encoder.id,
        made.flatMap((vector, i): [Buffer, Float32Array][] => (keys[i] ? [[keys[i], vector]] : [])),
      );
      found.set(
        look,
        made.map((vector) => vectors.add(vector)),
      );
    } else
      found.set(
        look,
        stored.flatMap((vector) => (vector ? [vectors.add(vector)] : [])),
      );
  }
  return found;
}

/** A vector on the way from one to another, more or less half of it. */
function between(one: Float32Array, other: Float32Array, random: EvaluationRandom): Float32Array {
  const share = 0.25 + 0.7 * random.next();
  return normalised(one.map((value, i) => (1 - share) * value + share * (other[i] ?? 0)));
}

/** A vector and noise of `amount` times its length, normalised. */
function noisy(vector: Float32Array, amount: number, random: EvaluationRandom): Float32Array {
  const noise = vector.map(() => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()));
  const scale = amount / Math.sqrt(vector.length);
  return normalised(vector.map((value, i) => value + scale * (noise[i] ?? 0)));
}

function mean(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (!first) throw new RangeError('no vectors');
  return normalised(first.map((_, i) => vectors.reduce((sum, vector) => sum + (vector[i] ?? 0), 0)));
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}
