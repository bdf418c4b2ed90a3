import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Complements, VitrineError } from '../domain';
import type { Taxonomy } from './lexicon';

const ids = z.record(z.string(), z.array(z.string().min(1)));
const schema = z.object({ kinds: ids, groups: ids });

/** Which kinds and departments of the taxonomy go together, as `locales/complements.json` says. */
export class TaxonomyComplements implements Complements {
  private readonly groupOf: ReadonlyMap<string, string>;

  constructor(
    private readonly taxonomy: Taxonomy,
    private readonly table: z.infer<typeof schema>,
  ) {
    this.groupOf = new Map(
      Object.entries(taxonomy).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group] as const)),
    );
  }

  of(kind: string): string[][] {
    const seen = new Set([kind]);
    const fresh = (kinds: readonly string[]) => kinds.filter((each) => !seen.has(each) && seen.add(each));
    const group = this.groupOf.get(kind) ?? '';
    const near = (this.table.groups[group] ?? []).flatMap((other) => this.taxonomy[other] ?? []);
    return [fresh(this.table.kinds[kind] ?? []), fresh(this.taxonomy[group] ?? []), fresh(near)];
  }
}

/** Reads `complements.json`. Throws CONFIG_INVALID naming the file and what is wrong: ids that the taxonomy lacks, too. */
export function loadComplements(localesDir: string, taxonomy: Taxonomy): TaxonomyComplements {
  const wrong = (detail: string, cause?: unknown) =>
    new VitrineError('CONFIG_INVALID', `locales/complements.json: ${detail}`, { cause });
  let table: z.infer<typeof schema>;
  try {
    table = schema.parse(JSON.parse(readFileSync(join(localesDir, 'complements.json'), 'utf8')));
  } catch (error) {
    throw wrong(error instanceof z.ZodError ? z.prettifyError(error) : String(error), error);
  }
  const known = { kinds: new Set(Object.values(taxonomy).flat()), groups: new Set(Object.keys(taxonomy)) };
  for (const part of ['kinds', 'groups'] as const) {
    const unknown = Object.entries(table[part])
      .flat(2)
      .find((id) => !known[part].has(id));
    if (unknown !== undefined) throw wrong(`${part}: there is no "${unknown}" in taxonomy.json`);
  }
  return new TaxonomyComplements(taxonomy, table);
}
