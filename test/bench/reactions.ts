import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreed } from '../../dialogs/cheaper';
import type { App } from '../../src/app';
import { withDemoShop } from '../../src/cli/demo-shop';
import { loadConfig, packageRoot } from '../../src/config';
import { migrateState } from '../../src/dialog';
import {
  type CardAction,
  isLanguage,
  LANGUAGES,
  type Language,
  type Product,
  type Reply,
  type StructuredQuery,
} from '../../src/domain';

const FOLDER = join(packageRoot(), 'test', 'fixtures', 'reactions');
const DEADLINE = 60_000;

interface Row {
  readonly context: string;
  readonly says: string;
  readonly wants: string;
}

/** What came of a phrase. */
interface Came {
  readonly replies: readonly Reply[];
  readonly focus: Product | undefined;
  readonly basket: readonly { readonly productId: string; readonly quantity: number }[];
  /** What is searched for after it: by the words of its conversation and what they were agreed to mean. */
  readonly searched: StructuredQuery | undefined;
  /** How what the phrase calls a place, or "it", stood before. */
  readonly meant: (place: string) => Product | undefined;
}

/**
 * How many phrases of `test/fixtures/reactions` lead to what they want, by language and by what is wanted; with `misses` those
 * that don't, and what was answered.
 */
export async function benchReactions(
  [languages, misses]: readonly (string | undefined)[],
  log: (line: string) => void,
): Promise<void> {
  const chosen = languages === undefined ? LANGUAGES : languages.split(',').filter(isLanguage);
  const { DATA_DIR } = loadConfig({});
  await withDemoShop(DATA_DIR, new AbortController().signal, async (app) => {
    const totals = new Map<string, { right: number; of: number }>();
    for (const language of chosen) {
      const lines = readFileSync(join(FOLDER, `${language}.jsonl`), 'utf8')
        .split('\n')
        .filter(Boolean);
      const rows = lines.map((line) => JSON.parse(line) as Row).filter(({ context }) => !context.startsWith('photo'));
      for (const [place, row] of rows.entries()) {
        const came = await play(app, `${language}-${place}`, language, row);
        const isRight = judged(app, row, came);
        if (isRight === undefined) continue;
        if (misses === 'misses' && !isRight)
          log(`  ${language} ${row.context} | ${row.says} | ${row.wants} | ${came.replies[0]?.text.split('\n')[0]}`);
        for (const name of [language, row.wants.split(' ')[0] ?? '', 'all']) {
          const before = totals.get(name) ?? { right: 0, of: 0 };
          totals.set(name, { right: before.right + Number(isRight), of: before.of + 1 });
        }
      }
    }
    for (const [name, { right, of }] of totals) log(`${name}: ${right} of ${of}, ${((100 * right) / of).toFixed(1)} %`);
  });
}

async function play(app: App, name: string, language: Language, { context, says }: Row): Promise<Came> {
  const from = { channel: 'directline', conversationId: `bench:${name}`, userId: `bench:${name}`, locale: language };
  const send = (text: string, action?: CardAction) =>
    app.assistant.handleTurn(
      { ...from, kind: 'message', text, hasAttachments: false, ...(action && { action }) },
      AbortSignal.timeout(DEADLINE),
    );
  const stateNow = () => migrateState(app.conversations.load(from.conversationId).state, language, app.clock());
  const [where, kind = ''] = context.split(':');
  const listed = kind === '' ? [] : await send(app.vocabulary.said('kind', kind, language));
  const shown = listed.flatMap(({ cards }) => cards.map(({ productId }) => productId));
  const [productId = ''] = shown;
  if (where === 'product' || where === 'basket') await send('', { name: 'details', productId });
  if (where === 'basket') await send('', { name: 'basketAdd', productId });
  const { lastProduct } = stateNow();
  const replies = await send(says);
  const { lastProduct: focus, lastSearch } = stateNow();
  return {
    replies,
    searched:
      lastSearch &&
      agreed(
        app.parser.parse(lastSearch.text, { currency: 'EUR', brands: [], language: lastSearch.language }),
        lastSearch.price,
      ),
    focus: focus === undefined ? undefined : app.products.get(focus),
    basket: app.baskets.lines(from),
    meant: (place) => app.products.get((place === 'it' ? lastProduct : shown[Number(place) - 1]) ?? ''),
  };
}

/** Undefined for what isn't judged. */
function judged(
  app: App,
  { context, wants }: Row,
  { replies, focus, basket, searched, meant }: Came,
): boolean | undefined {
  const [what = '', ...about] = wants.split(' ');
  const [first = ''] = about;
  const [, kind = ''] = context.split(':');
  const shown = replies.flatMap(({ cards }) => cards.flatMap(({ productId }) => app.products.get(productId) ?? []))[0];
  switch (what) {
    case 'pick':
      return isSame(focus, meant(first));
    case 'add': {
      const count = Number(about.find((each) => /^x\d+$/.test(each))?.slice(1) ?? 1);
      const line = basket.find(({ productId }) => isSame(app.products.get(productId), meant(first)));
      // The size is asked for first where there are several.
      return line
        ? line.quantity === count
        : basket.length === 0 && isSame(focus, meant(first)) && asksVariant(replies);
    }
    case 'quantity':
      return basket.length === 1 && basket[0]?.quantity === Number(first);
    case 'remove':
      return basket.length === 0;
    case 'checkout':
      return replies.some(({ link }) => link !== undefined);
    case 'search':
      return shown !== undefined && app.tagger.tag(shown).kinds[0] === first;
    case 'refine':
      return searched?.wanted.kinds.includes(kind) === true && holds(first, searched);
    default:
      return undefined;
  }
}

/** Does a query ask for what `wants` says, whether the demo has it or not? */
function holds(wants: string, { wanted, price, sort, cheaper }: StructuredQuery): boolean {
  const [facet, value = ''] = wants.split('=');
  switch (facet) {
    case 'color':
      return wanted.colors.includes(value);
    case 'material':
      return wanted.materials.includes(value);
    case 'size':
      return wanted.sizes.includes(value);
    case 'audience':
      return value === 'kids' ? wanted.kids : wanted.genders.some((gender) => gender === value);
    case 'price':
      return price?.max !== undefined && price.min === undefined;
    default:
      return cheaper === true || sort === 'price_ascending' || price?.max !== undefined;
  }
}

const asksVariant = (replies: readonly Reply[]) => replies.some(({ suggestions }) => suggestions.length > 1);

/** The same product, or another variant of its item. */
function isSame(one: Product | undefined, other: Product | undefined): boolean {
  if (!one || !other) return false;
  return one.id === other.id || (one.itemGroupId !== undefined && one.itemGroupId === other.itemGroupId);
}
