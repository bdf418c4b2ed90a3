import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(html|css|js|svg)$/;
/** Smaller files fit one packet as they are. */
const WORTH_BYTES = 1024;

/** Lays a gzip and a Brotli copy beside each text file, so that the server never compresses while a shopper waits. */
export function compressed(): Plugin {
  return {
    name: 'vitrine-compressed',
    writeBundle({ dir }) {
      if (dir === undefined) return;
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        const file = join(dir, name);
        if (!TEXT.test(name) || statSync(file).size < WORTH_BYTES) continue;
        const plain = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 10 };
        writeFileSync(`${file}.br`, brotliCompressSync(plain, { params: quality }));
      }
    },
  };
}
