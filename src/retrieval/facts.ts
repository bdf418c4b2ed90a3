import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from './manifest';

/** Words kept: more would be rare ones, numbers and misspellings. */
const MOST_WORDS = 200_000;
const MOST_BRANDS = 20_000;
const FILE = 'facts.json';

/** What the parser and the keyword leg need to know of the whole catalogue. */
export class CatalogueWords {
  readonly brands = new Set<string>();
  /** Folded words as written in the catalogue → how many products use them. */
  readonly words = new Map<string, number>();

  addProduct(brand: string, vocabulary: readonly string[]): void {
    if (brand && this.brands.size < MOST_BRANDS) this.brands.add(brand);
    for (const word of vocabulary) {
      const count = this.words.get(word);
      if (count !== undefined) this.words.set(word, count + 1);
      else if (this.words.size < MOST_WORDS) this.words.set(word, 1);
    }
  }

  async save(folder: string): Promise<void> {
    await writeJson(join(folder, FILE), { brands: [...this.brands], words: [...this.words] });
  }

  static async load(folder: string): Promise<CatalogueWords> {
    const stored = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as {
      brands: string[];
      words: [string, number][];
    };
    const facts = new CatalogueWords();
    for (const brand of stored.brands) facts.brands.add(brand);
    for (const [word, count] of stored.words) facts.words.set(word, count);
    return facts;
  }
}
