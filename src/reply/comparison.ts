import { currentPrice, type DialogOutcome, isAvailable, type Product, type Reply, textIn } from '../domain';
import type { CardTools } from './card';
import { formatMoney, formatNumber } from './i18n';
import { nextSteps } from './recommended';

type Outcome = Extract<DialogOutcome, { kind: 'compared' }>;

/** Products side by side, row by row; what differs is marked. */
export function comparisonReply({ language, items }: Outcome, { translator, vocabulary }: CardTools): Reply {
  const say = (key: string, values?: Readonly<Record<string, unknown>>) => translator.text(language, key, values);
  const nothing = '–';
  const list = (values: readonly (string | undefined)[]) =>
    [...new Set(values.filter((value) => value !== undefined && value !== ''))].join(', ') || nothing;
  const color = (value: string | undefined) => value && vocabulary.name('color', value.toLowerCase(), language);
  const price = (product: Product) => {
    const now = currentPrice(product);
    return now ? formatMoney(now, language) : nothing;
  };
  const rating = ({ rating: value, reviewCount }: Product) => {
    if (value === undefined) return nothing;
    const stars = `${formatNumber(value, language, 1)} ★`;
    return reviewCount === undefined ? stars : `${stars} (${formatNumber(reviewCount, language)})`;
  };
  const stock = (product: Product) => {
    if (!isAvailable(product)) return say('stock.soldOut');
    const { quantity } = product;
    return quantity !== undefined && quantity < 5 ? say('stock.few', { count: quantity }) : say('comparison.inStock');
  };
  const rows = [
    { label: say('constraint.price'), cells: items.map(({ product }) => price(product)) },
    { label: say('comparison.rating'), cells: items.map(({ product }) => rating(product)) },
    { label: say('constraint.brand'), cells: items.map(({ product }) => list([product.brand])) },
    { label: say('constraint.size'), cells: items.map(({ variants }) => list(variants.map(({ size }) => size))) },
    { label: say('constraint.material'), cells: items.map(({ product }) => list([product.material])) },
    {
      label: say('constraint.color'),
      cells: items.map(({ variants }) => list(variants.map((each) => color(each.color)))),
    },
    { label: say('comparison.stock'), cells: items.map(({ product }) => stock(product)) },
  ].filter(({ cells }) => cells.some((cell) => cell !== nothing));
  return {
    language,
    text: say('comparison.lead'),
    cards: [],
    suggestions: nextSteps(false, language, translator),
    table: {
      caption: say('comparison.caption'),
      columns: items.map(({ product }) => textIn(product, language).title),
      rows: rows.map((row) => ({ ...row, differs: new Set(row.cells).size > 1 })),
      differs: say('comparison.differs'),
    },
  };
}
