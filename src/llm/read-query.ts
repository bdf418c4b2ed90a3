import { z } from 'zod';
import {
  type Attributes,
  GENDERS,
  type KnownIds,
  type LanguageModel,
  type ModelRequest,
  minorDigits,
  NO_ATTRIBUTES,
  type ParseOptions,
  type PriceRange,
  type QueryParts,
  type QueryReader,
  SORTS,
} from '../domain';

/** Brands that are told to the model; it may name any of the catalogue. */
const MOST_BRANDS = 100;
/** Ids of one sort in an answer; more is no reading of a message. */
const MOST_IDS = 6;
/** In major units: nothing that is sold in a chat costs more. */
const HIGHEST_PRICE = 10_000_000;
const MOST_TOKENS = 400;

const INSTRUCTIONS = `You turn one message of a shopper, in any language, into a search of a shop's catalogue.
- kinds: what kind of thing is wanted, the best first, three at most; where the message says a need ("something that keeps my tea hot"), the kinds that serve it. groups: only where no kind fits.
- Of all attributes only what the message says. Never guess colours, sizes, brands or prices.
- unwanted: what must not be in it.
- min_price, max_price: amounts that the message says, in its own words' numbers; null where it says none, or says them in another currency.
- words: words of the message, exactly as they are written there, that say something of the thing which no id says; no filler.
- Lists may be empty. Use only these ids:`;

/** Reads shoppers' words with a language model. An answer with an id that does not exist, or an implausible price, is refused. */
export class ModelQueryReader implements QueryReader {
  /** Of the catalogue that was read last: the same facts have the same array of brands. */
  private last: { readonly brands: readonly string[]; readonly form: Form } | undefined;

  constructor(
    private readonly model: LanguageModel,
    private readonly ids: KnownIds,
  ) {}

  read(
    { text, language }: Parameters<QueryReader['read']>[0],
    { currency, brands }: Pick<ParseOptions, 'currency' | 'brands'>,
    signal: AbortSignal,
  ): Promise<QueryParts | undefined> {
    if (this.last?.brands !== brands) this.last = { brands, form: formOf(this.ids, brands) };
    const { form } = this.last;
    const request: ModelRequest<QueryParts> = {
      use: 'understand',
      instructions: `${INSTRUCTIONS}\n${form.lists}`,
      data: { message: text, language, currency },
      schema: form.schema,
      mostTokens: MOST_TOKENS,
      read: (answer) => {
        const parsed = form.answer.safeParse(answer);
        return parsed.success ? partsOf(parsed.data, text, currency) : undefined;
      },
    };
    return this.model.ask(request, signal);
  }
}

interface Form {
  readonly lists: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly answer: ReturnType<typeof answerSchema>;
}

function formOf(ids: KnownIds, brands: readonly string[]): Form {
  const answer = answerSchema(ids, brands);
  const lists = { ...ids, brands: brands.slice(0, MOST_BRANDS) };
  // The schema's refinements are checked here only: not every server takes them.
  const { $schema: _, ...schema } = z.toJSONSchema(answer, { io: 'input' });
  return { lists: JSON.stringify(lists), schema, answer };
}

function answerSchema(ids: KnownIds, brands: readonly string[]) {
  const few = <T extends z.ZodType>(item: T) => z.array(item).refine((list) => list.length <= MOST_IDS);
  const known = new Set(brands);
  const brand = few(z.string().refine((name) => known.has(name)));
  const price = z.union([z.number().refine((amount) => amount > 0 && amount <= HIGHEST_PRICE), z.null()]);
  const oneOf = (list: readonly string[]) => few(z.enum(list as [string, ...string[]]));
  return z.strictObject({
    kinds: oneOf(ids.kinds),
    groups: oneOf(ids.groups),
    colors: oneOf(ids.colors),
    materials: oneOf(ids.materials),
    patterns: oneOf(ids.patterns),
    sizes: oneOf(ids.sizes),
    brands: brand,
    genders: few(z.enum(GENDERS)),
    kids: z.boolean(),
    unwanted: z.strictObject({
      kinds: oneOf(ids.kinds),
      colors: oneOf(ids.colors),
      materials: oneOf(ids.materials),
      patterns: oneOf(ids.patterns),
      brands: brand,
    }),
    min_price: price,
    max_price: price,
    sort: z.enum(SORTS),
    in_stock_only: z.boolean(),
    on_sale_only: z.boolean(),
    words: few(z.string()),
  });
}

/** The parts of a query that an answer says; undefined where it contradicts itself or the words, or says nothing. */
function partsOf(
  answer: z.output<ReturnType<typeof answerSchema>>,
  text: string,
  currency: string,
): QueryParts | undefined {
  const said = text.normalize('NFKC').toLowerCase();
  const words = answer.words.map((word) => word.trim()).filter((word) => word !== '');
  // Only the shopper's own words are searched for.
  if (!words.every((word) => said.includes(word.normalize('NFKC').toLowerCase()))) return undefined;
  const { unwanted, min_price: min, max_price: max } = answer;
  if (min !== null && max !== null && min > max) return undefined;
  const wants: Attributes = {
    ...NO_ATTRIBUTES,
    ...{ kinds: answer.kinds, groups: answer.kinds.length > 0 ? [] : answer.groups },
    ...{ colors: answer.colors, materials: answer.materials, patterns: answer.patterns },
    ...{ sizes: answer.sizes, brands: answer.brands, genders: answer.genders, kids: answer.kids },
  };
  const without: Attributes = { ...NO_ATTRIBUTES, ...unwanted };
  const names = ['kinds', 'colors', 'materials', 'patterns', 'brands'] as const;
  if (names.some((name) => without[name].some((id) => (wants[name] as readonly string[]).includes(id))))
    return undefined;
  const price = priceOf(min, max, currency);
  const parts: QueryParts = {
    wanted: wants,
    unwanted: without,
    ...(price && { price }),
    sort: answer.sort,
    inStockOnly: answer.in_stock_only,
    onSaleOnly: answer.on_sale_only,
    freeText: words.join(' '),
  };
  return saysSomething(parts) ? parts : undefined;
}

function priceOf(min: number | null, max: number | null, currency: string): PriceRange | undefined {
  if (min === null && max === null) return undefined;
  const money = (amount: number) => ({ minor: Math.round(amount * 10 ** minorDigits(currency)), currency });
  return { ...(min !== null && { min: money(min) }), ...(max !== null && { max: money(max) }) };
}

function saysSomething({ wanted, unwanted, price, sort, inStockOnly, onSaleOnly }: QueryParts): boolean {
  const names = [wanted, unwanted].flatMap((attributes) => Object.values(attributes) as unknown[]);
  const hasIds = names.some((value) => (Array.isArray(value) ? value.length > 0 : value === true));
  return hasIds || price !== undefined || sort !== 'relevance' || inStockOnly || onSaleOnly;
}
