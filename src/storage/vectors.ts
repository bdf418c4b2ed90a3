import type { VectorCache } from '../domain';
import { guarded, type Sqlite } from './database';

/** Vectors that were computed before, by encoder and input. They can always be computed anew. */
export class SqliteVectorCache implements VectorCache {
  private readonly statements;
  private readonly putAll: (encoder: string, entries: readonly (readonly [Buffer, Float32Array])[]) => void;

  constructor(db: Sqlite) {
    this.statements = {
      get: db.prepare<[string, Buffer], { vector: Buffer }>(
        'SELECT vector FROM vectors WHERE encoder = ? AND input = ?',
      ),
      put: db.prepare('INSERT OR REPLACE INTO vectors (encoder, input, vector) VALUES (?, ?, ?)'),
      others: db.prepare('DELETE FROM vectors WHERE encoder NOT IN (SELECT value FROM json_each(?))'),
    };
    this.putAll = db.transaction((encoder: string, entries: readonly (readonly [Buffer, Float32Array])[]) => {
      for (const [input, vector] of entries) {
        this.statements.put.run(encoder, input, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
      }
    });
  }

  getMany(encoder: string, inputs: readonly Buffer[]): (Float32Array | undefined)[] {
    return guarded(() =>
      inputs.map((input) => {
        const row = this.statements.get.get(encoder, input);
        // The copy starts where floats may start.
        return row && new Float32Array(Uint8Array.from(row.vector).buffer);
      }),
    );
  }

  putMany(encoder: string, entries: readonly (readonly [Buffer, Float32Array])[]): void {
    guarded(() => this.putAll(encoder, entries));
  }

  keepOnly(encoders: readonly string[]): void {
    guarded(() => this.statements.others.run(JSON.stringify(encoders)));
  }
}
