import type { App } from '../app';
import { languageOf, type Product, VitrineError } from '../domain';
import { FIXED_WEIGHTS, SumFusion } from '../fusion';
import {
  bm25System,
  type EvaluatedSystem,
  type LabelledQuery,
  randomSystem,
  type Seed,
  vectorSystem,
} from '../training';
import { fusionSystem, starterFusion } from './fusion-systems';
import { type ProductVectors, productVectors } from './product-vectors';
import { heardIn, photoVectorOf, saidIn, tasteIn, wordsVectorOf } from './query-parts';

/** What systems are made from. */
export interface SystemSetting {
  readonly app: App;
  readonly products: readonly Product[];
  readonly queries: readonly LabelledQuery[];
  readonly seed: Seed;
  /** Read once, when the first system asks. */
  readonly vectors: () => Promise<ProductVectors>;
}

/** A system that `vitrine eval` can score. */
export interface SystemEntry {
  readonly name: string;
  /** What it is, in a sentence. */
  readonly about: string;
  /** Why it has nothing to show here; undefined where it has. */
  readonly lacks?: (setting: Omit<SystemSetting, 'vectors'>) => string | undefined;
  readonly make: (setting: SystemSetting & { readonly name: string }) => EvaluatedSystem | Promise<EvaluatedSystem>;
}

const noEncoder = ({ app }: Pick<SystemSetting, 'app'>) => (app.encoder ? undefined : 'there is no text encoder');

function noPhotos({ app, queries }: Pick<SystemSetting, 'app' | 'queries'>): string | undefined {
  if (!app.imageEncoder) return 'there is no image encoder';
  return queries.some(({ photo }) => photo !== undefined) ? undefined : 'no query has a photo';
}

/** Every system that can be scored, in the order of reports; the first is the one that the others are compared with. */
export const SYSTEMS: readonly SystemEntry[] = [
  { name: 'vitrine', about: 'the search that serves shoppers', make: ({ app }) => vitrineSystem(app) },
  {
    name: 'typed',
    about: 'the same search, asked what the recordings say as if it had been typed',
    lacks: ({ queries }) =>
      queries.every(({ typed }) => typed !== undefined) ? undefined : 'not every query says what was "typed"',
    make: ({ app }) => typedSystem(app),
  },
  {
    name: 'words only',
    about: 'the same search without any vectors: understanding, keywords and filters',
    lacks: noEncoder,
    make: ({ app }) => vitrineSystem(app, { wordsOnly: true }),
  },
  {
    name: 'words vector',
    about: 'the vector of the words alone, by its cosine with the vectors of products’ texts',
    lacks: noEncoder,
    make: async ({ name, app, products, vectors }) =>
      vectorSystem({
        name,
        products,
        vectors: (await vectors()).words.map((vector) => (vector ? [vector] : [])),
        encode: (query) => wordsVectorOf(app, query),
      }),
  },
  {
    name: 'photo vector',
    about: 'the vector of the photo alone, by its cosine with the nearest of a product’s pictures',
    lacks: noPhotos,
    make: async ({ name, app, products, vectors }) =>
      vectorSystem({
        name,
        products,
        vectors: (await vectors()).pictures,
        encode: (query) => photoVectorOf(app, query),
      }),
  },
  {
    name: 'plain sum',
    about: 'the sum of the vectors of words, photo, voice, attributes and history, by its cosine with that of products',
    lacks: noEncoder,
    make: async ({ name, app, products, vectors }) => {
      const { space = '', dimensions = 0 } = app.encoder ?? {};
      return fusionSystem({ name, app, products, vectors: await vectors(), fusion: new SumFusion(space, dimensions) });
    },
  },
  {
    name: 'fixed lambda',
    about: 'the same sum with one fixed weight (λ) a modality, the best on validation queries',
    lacks: noEncoder,
    make: async ({ name, app, products, vectors }) => {
      const { space = '', dimensions = 0 } = app.encoder ?? {};
      const fusion = new SumFusion(space, dimensions, FIXED_WEIGHTS);
      return fusionSystem({ name, app, products, vectors: await vectors(), fusion });
    },
  },
  ...(['weighted', 'concat', 'attention'] as const).map(
    (kind): SystemEntry => ({
      name: kind,
      about: `the same vectors, fused by the starter weights of "${kind}"`,
      lacks: ({ app }) =>
        noEncoder({ app }) ?? (starterFusion(app, kind) ? undefined : `there are no starter weights of "${kind}"`),
      make: async ({ name, app, products, vectors }) => {
        const fusion = starterFusion(app, kind);
        if (!fusion) throw new VitrineError('SYSTEM_UNAVAILABLE', `there are no starter weights of "${kind}"`);
        return fusionSystem({ name, app, products, vectors: await vectors(), fusion });
      },
    }),
  ),
  {
    name: 'bm25',
    about: 'plain BM25 over titles and descriptions in all languages',
    make: ({ products }) => bm25System(products),
  },
  { name: 'random', about: 'any products in any order', make: ({ products, seed }) => randomSystem(products, seed) },
];

/** The entries of names, in their order, each once; undefined where a name is not known. */
export function systemsNamed(names: string): readonly SystemEntry[] | undefined {
  const wanted = new Set(names.split(',').map((name) => name.trim()));
  const found = [...wanted].map((wantedName) => SYSTEMS.find(({ name }) => name === wantedName));
  return found.every((entry) => entry !== undefined) ? found : undefined;
}

/**
 * Makes the systems that were `chosen`; without a choice all that have something to show. Throws SYSTEM_UNAVAILABLE where
 * a chosen one has not.
 */
export async function makeSystems(
  setting: Omit<SystemSetting, 'vectors'>,
  chosen: readonly SystemEntry[] | undefined,
): Promise<EvaluatedSystem[]> {
  let read: Promise<ProductVectors> | undefined;
  const vectors = () => {
    read ??= productVectors(setting.app, setting.products);
    return read;
  };
  const systems: EvaluatedSystem[] = [];
  for (const { name, about, lacks, make } of chosen ?? SYSTEMS) {
    const lacking = lacks?.(setting);
    if (lacking !== undefined && chosen) {
      throw new VitrineError('SYSTEM_UNAVAILABLE', `the system "${name}" cannot be scored: ${lacking}`);
    }
    if (lacking === undefined) {
      systems.push({ ...(await make({ ...setting, vectors, name })), about });
    }
  }
  return systems;
}

/** Vitrine as an evaluated system: the very search that serves shoppers. */
export function vitrineSystem(app: App, { wordsOnly = false } = {}): EvaluatedSystem {
  return {
    name: wordsOnly ? 'words only' : 'vitrine',
    search: async (query, k) => {
      const language = languageOf(query.lang);
      const vector = wordsOnly ? undefined : await photoVectorOf(app, query);
      const heard = await heardIn(app, query);
      const words = saidIn(query, heard);
      if (words === '' && !vector) return { results: [] };
      const history = wordsOnly ? undefined : await tasteIn(app, query);
      const { results, timings } = await app.search(words, {
        limit: k,
        wordsOnly,
        ...(vector && { photo: vector }),
        ...(heard && { voice: heard }),
        ...(history && { history }),
        ...(language && { language }),
      });
      return { results: results.map(({ product, score }) => ({ id: product.id, score })), timings };
    },
  };
}

/** What the recordings say, searched as if it had been typed. */
function typedSystem(app: App): EvaluatedSystem {
  const { search } = vitrineSystem(app);
  const typed = ({ voice: _, typed: text = '', ...rest }: LabelledQuery) => ({ ...rest, text });
  return { name: 'typed', search: (query, k) => search(typed(query), k) };
}
