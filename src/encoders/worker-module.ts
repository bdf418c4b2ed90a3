import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config';

/** A compiled module of this folder: beside this file, or where the build puts it while the source itself runs (Jest). */
export function workerModule(name: string): string {
  const beside = join(__dirname, `${name}.js`);
  return existsSync(beside) ? beside : join(packageRoot(), 'dist', 'src', 'encoders', `${name}.js`);
}
