import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { guarded, openDatabase } from './database';

/** What belongs to a catalogue, and to no shopper. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  products: ['id', 'hash', 'revision', 'json'],
  pictures: ['product_id', 'position', 'source', 'base', 'file', 'failure'],
  checkpoints: ['feed', 'json'],
  vectors: ['encoder', 'input', 'vector'],
};

/**
 * Copies the products of a data directory, with their pictures' entries and vectors, into the database of another one; nothing
 * of shoppers goes with them. The first is only read. False, and nothing is copied, where `isWanted` says so of the products'
 * ids, or where there is no database. Throws what `openDatabase` throws.
 */
export function copyCatalogue(from: string, to: string, isWanted: (ids: readonly string[]) => boolean): boolean {
  const file = join(from, 'vitrine.sqlite');
  if (!existsSync(file)) return false;
  return guarded(() => {
    const source = new Database(file, { readonly: true });
    try {
      const hasProducts = source.prepare("SELECT 1 FROM sqlite_master WHERE name = 'products'").get() !== undefined;
      if (!hasProducts) return false;
      if (!isWanted(source.prepare<[], string>('SELECT id FROM products').pluck().all())) return false;
      const target = openDatabase(to);
      try {
        target.transaction(() => {
          for (const [table, columns] of Object.entries(TABLES)) {
            const names = columns.join(', ');
            const insert = target.prepare(
              `INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
            );
            const rows = source.prepare<[], unknown[]>(`SELECT ${names} FROM ${table}`).raw();
            for (const row of rows.iterate()) insert.run(row);
          }
        })();
      } finally {
        target.close();
      }
      return true;
    } finally {
      source.close();
    }
  });
}
