import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { VitrineError } from '../domain';
import { guarded } from './database';

export interface Lock {
  release(): void;
}

/**
 * Takes an exclusive lock on a data directory for one role (`serve`, `write`). The operating system frees it when the
 * process ends, however it ends. Throws DATA_DIR_LOCKED when another process holds it.
 */
export function takeLock(dataDir: string, role: 'serve' | 'write'): Lock {
  return guarded(() => {
    mkdirSync(dataDir, { recursive: true });
    const db = new Database(join(dataDir, `${role}.lock`), { timeout: 0 });
    try {
      db.pragma('locking_mode = EXCLUSIVE');
      db.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (x);');
    } catch (error) {
      db.close();
      if ((error as { code?: string }).code === 'SQLITE_BUSY') {
        const doing = role === 'serve' ? 'serves from' : 'writes to';
        throw new VitrineError('DATA_DIR_LOCKED', `another process ${doing} this data directory`, { cause: error });
      }
      throw error;
    }
    return { release: () => db.close() };
  });
}
