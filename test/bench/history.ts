import { type App, createApp } from '../../src/app';
import { favouriteBrands, tasteOf } from '../../src/assistant';
import { type Attributes, LANGUAGES, type Language, type Product, type ProfileEvent } from '../../src/domain';
import { DEFAULT_WEIGHTS } from '../../src/retrieval';
import {
  type CatalogueGroups,
  catalogueGroups,
  EvaluationRandom,
  judgementOf,
  ndcgAt,
  pairedBootstrap,
  rankResults,
} from '../../src/training';
import { loadLexicons } from '../../src/understanding';

const DAY = 24 * 3600 * 1000;
/** Any day: only ages count. */
const NOW = Date.UTC(2026, 10, 27);
const EVENTS = 15;
/** Events that have nothing to do with what the shopper prefers. */
const NOISE = 0.25;
const QUERIES = 3;
/** Gains: what was asked for and is preferred; what was asked for. */
const PREFERRED = 3;
const ASKED = 1;
const WEIGHTS = [0, 0.03, 0.06, 0.09, 0.13];
const BRAND_WEIGHTS = [0, 0.05, 0.1, 0.15, 0.2, 0.3];

type Preference = 'color' | 'brand';
const PREFERENCES: readonly Preference[] = ['color', 'brand'];

interface Tagged {
  readonly product: Product;
  readonly attributes: Attributes;
}

/** A simulated shopper: no person behaves like this, but what they prefer is known. */
interface Shopper {
  readonly preference: Preference;
  readonly value: string;
  readonly language: Language;
  readonly events: readonly ProfileEvent[];
  /** Kinds that are asked for by name; none of them is in the events. */
  readonly kinds: readonly string[];
  /** Another colour or, where a brand is preferred, another brand, which some queries ask for. */
  readonly other: string;
}

/** How much a taste is worth to simulated shoppers who prefer a colour or a brand, on the demo's catalogue. */
export async function benchHistory(app: App, mode: string | undefined, log: (line: string) => void): Promise<void> {
  const catalogue = [...app.products.batches(1_000)].flat();
  const tagged = catalogue.map((product) => ({ product, attributes: app.tagger.tag(product) }));
  const groups = catalogueGroups(catalogue);
  log('All shoppers are simulated (seeded): nobody is behind these figures.');
  if (mode === 'weights') {
    const shoppers = simulate(tagged, 'history-validation', 32);
    const { history } = DEFAULT_WEIGHTS;
    const choices = [
      ...WEIGHTS.map((weight) => ({ ...history, weight })),
      ...BRAND_WEIGHTS.map((brand) => ({ ...history, brand })),
    ];
    for (const choice of choices) {
      const weights = { ...DEFAULT_WEIGHTS, history: choice };
      const other = createApp(app.config, { weights, ...(app.encoder && { encoder: app.encoder }) });
      try {
        const found = await measure(other, tagged, groups, shoppers, true);
        log(
          `weight ${choice.weight}, brand ${choice.brand}: ${PREFERENCES.map((each) => `${each} ${mean(found[each].with).toFixed(4)}`).join(', ')}`,
        );
      } finally {
        await other.close();
      }
    }
    return;
  }
  const shoppers = simulate(tagged, 'history-held-out', 96);
  const found = await measure(app, tagged, groups, shoppers);
  log(
    `${shoppers.length} shoppers, ${EVENTS} events each (${NOISE * 100} % at random), ${QUERIES} kinds asked for by name in 8 languages`,
  );
  for (const [name, { with: own, vector, without }] of Object.entries(found)) {
    const beside = (other: readonly number[]) => {
      const { difference, low, high } = pairedBootstrap(own, other, { seed: 1 });
      return `${mean(other).toFixed(3)}, difference ${signed(difference)} (${signed(low)} to ${signed(high)})`;
    };
    log(`${name.padEnd(16)} nDCG@10 with history ${mean(own).toFixed(3)}, ${own.length} queries`);
    log(`  by its vector alone ${beside(vector)}`);
    log(`  without             ${beside(without)}`);
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

const valuesOf = ({ attributes }: Tagged, preference: Preference) =>
  preference === 'color' ? attributes.colors : attributes.brands;

/** Shoppers by turns of either preference, each in the next language. */
function simulate(tagged: readonly Tagged[], seed: string, count: number): Shopper[] {
  const random = new EvaluationRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;
  const kindOf = ({ attributes }: Tagged) => attributes.kinds[0] ?? '';
  const shoppers: Shopper[] = [];
  const values = Object.fromEntries(
    PREFERENCES.map((preference) => [
      preference,
      [...new Set(tagged.flatMap((each) => [...valuesOf(each, preference)]))].filter((value) => {
        const kinds = tagged.filter((each) => valuesOf(each, preference).includes(value)).map(kindOf);
        return new Set(kinds).size >= 12;
      }),
    ]),
  ) as Record<Preference, string[]>;
  while (shoppers.length < count) {
    const preference = PREFERENCES[shoppers.length % 2] ?? 'color';
    const value = pick(values[preference]);
    const liked = tagged.filter((each) => valuesOf(each, preference).includes(value));
    const known = new Set(liked.map(kindOf));
    const other = pick(values[preference].filter((each) => each !== value));
    const kinds: string[] = [];
    for (let tries = 0; kinds.length < QUERIES && tries < 200; tries++) {
      const kind = kindOf(pick(liked));
      const all = tagged.filter((each) => kindOf(each) === kind);
      const ofOther = all.some((each) => valuesOf(each, preference).includes(other));
      const mixed = all.some((each) => !valuesOf(each, preference).includes(value));
      if (kind !== '' && mixed && ofOther && !kinds.includes(kind)) kinds.push(kind);
    }
    const seen = liked.filter((each) => !kinds.includes(kindOf(each)));
    if (kinds.length < QUERIES || known.size < 12 || seen.length < EVENTS) continue;
    const events = Array.from({ length: EVENTS }, (): ProfileEvent => {
      const { product } = pick(random.next() < NOISE ? tagged : seen);
      const chance = random.next();
      const kind = chance < 0.6 ? 'view' : chance < 0.85 ? 'like' : 'purchase';
      return { productId: product.id, kind, at: NOW - random.next() * 30 * DAY };
    });
    events.sort((a, b) => b.at - a.at);
    const language = LANGUAGES[shoppers.length % LANGUAGES.length] ?? 'en';
    shoppers.push({ preference, value, language, events, kinds, other });
  }
  return shoppers;
}

/**
 * nDCG@10 of every query with the whole taste, with its vector alone, and without; `another colour` and `another brand` are
 * asked for than the shopper prefers. `quick` leaves out what no weight changes.
 */
async function measure(
  app: App,
  tagged: readonly Tagged[],
  groups: CatalogueGroups,
  shoppers: readonly Shopper[],
  quick = false,
) {
  const { byLanguage } = loadLexicons(app.config.LOCALES_DIR);
  const empty = () => ({ with: [] as number[], vector: [] as number[], without: [] as number[] });
  const found = { color: empty(), brand: empty(), 'another colour': empty(), 'another brand': empty() };
  for (const { preference, value, language, events, kinds, other } of shoppers) {
    const ids = [...new Set(events.map(({ productId }) => productId))];
    const history = tasteOf(events, await app.retriever.vectors(ids));
    const favourites = favouriteBrands(events, app.products.getMany(ids));
    const tastes = {
      with: { ...(history && { history }), favourites },
      vector: { ...(history && { history }) },
      without: {},
    };
    const { file } = byLanguage[language];
    for (const kind of kinds) {
      const ofKind = tagged.filter(({ attributes }) => attributes.kinds[0] === kind);
      const gains = (preferred: (each: Tagged) => boolean, least: number) =>
        new Map(ofKind.map((each) => [each.product.id, preferred(each) ? PREFERRED : least]));
      const score = async (into: ReturnType<typeof empty>, text: string, judged: ReadonlyMap<string, number>) => {
        const judgement = judgementOf(judged, groups);
        for (const name of ['with', 'vector', 'without'] as const) {
          if (quick && name !== 'with') continue;
          const { results } = await app.search(text, { limit: 10, language, ...tastes[name] });
          const ranked = rankResults(
            results.map(({ product, score: value }) => ({ id: product.id, score: value })),
            judgement,
            groups,
          );
          into[name].push(ndcgAt(ranked, judgement, 10));
        }
      };
      const entry = file.kinds[kind];
      const name = entry?.plural ?? kind;
      await score(
        found[preference],
        name,
        gains((each) => valuesOf(each, preference).includes(value), ASKED),
      );
      if (quick) continue;
      // A brand is called the same in every language.
      const word = preference === 'brand' ? other : (file.colors[other]?.words[0] ?? other);
      const asked = language === 'en' || language === 'zh' || language === 'ja' ? `${word} ${name}` : `${name} ${word}`;
      await score(
        found[preference === 'brand' ? 'another brand' : 'another colour'],
        asked,
        gains((each) => valuesOf(each, preference).includes(other), 0),
      );
    }
  }
  return found;
}
