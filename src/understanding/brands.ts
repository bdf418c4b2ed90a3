import { isOneEditApart } from '../domain';
import { fold } from './fold';
import type { Match } from './matcher';
import { type Unit, units } from './units';

const LONGEST_BRAND = 5;
const SHORTEST_CORRECTED = 5;

export interface FoundBrands {
  readonly names: readonly string[];
  /** Units that are part of a brand's name. */
  readonly used: ReadonlySet<number>;
  negated(brand: string, matches: readonly Match[]): boolean;
}

const tables = new WeakMap<readonly string[], Map<string, string>>();

function tableOf(brands: readonly string[]): Map<string, string> {
  let table = tables.get(brands);
  if (!table) {
    table = new Map();
    for (const brand of brands) {
      const key = units(brand)
        .map((unit) => unit.folded)
        .join(' ');
      if (key && !table.has(key)) table.set(key, brand);
    }
    tables.set(brands, table);
  }
  return table;
}

/** Finds the catalogue's brands in a query, longest name first; a long name may have one letter wrong. */
export function findBrands(cut: readonly Unit[], brands: readonly string[]): FoundBrands {
  const table = tableOf(brands);
  const positions = new Map<string, number>();
  const used = new Set<number>();
  for (let at = 0; at < cut.length; at++) {
    for (let to = Math.min(cut.length, at + LONGEST_BRAND); to > at; to--) {
      const key = cut
        .slice(at, to)
        .map((unit) => unit.folded)
        .join(' ');
      const name = table.get(key) ?? nearBrand(key, table);
      if (!name) continue;
      positions.set(name, at);
      for (let i = at; i < to; i++) used.add(i);
      at = to - 1;
      break;
    }
  }
  return {
    names: [...positions.keys()],
    used,
    negated: (brand, matches) => {
      const at = positions.get(brand);
      return matches.some((match) => match.to === at && match.concepts.some((concept) => concept.type === 'negation'));
    },
  };
}

/** Only small catalogues of brands are searched for misspellings; in a long list too many names are alike. */
const MOST_BRANDS_CORRECTED = 2_000;

function nearBrand(key: string, table: ReadonlyMap<string, string>): string | undefined {
  if (key.length < SHORTEST_CORRECTED || table.size > MOST_BRANDS_CORRECTED || /\d/.test(key)) return undefined;
  for (const [known, name] of table) {
    if (known[0] === key[0] && known.length >= SHORTEST_CORRECTED && isOneEditApart(fold(key), known)) return name;
  }
  return undefined;
}
