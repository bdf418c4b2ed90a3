import { readFile, stat } from 'node:fs/promises';
import { VitrineError } from '../domain';

/** The bytes of a file that a flag names. Throws QUERY_INVALID, which names the flag and what is wrong with the file. */
export async function readFlagFile(flag: string, file: string, mostMegabytes: number): Promise<Buffer> {
  const wrong = (reason: string, cause?: unknown) =>
    new VitrineError('QUERY_INVALID', `${flag} ${file}: ${reason}`, { cause });
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw wrong('it is a folder');
    // Devices and pipes may never end.
    if (!found.isFile()) throw wrong('it is no file');
    if (found.size > mostMegabytes * 1024 * 1024) throw wrong(`it has more than ${mostMegabytes} MB`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof VitrineError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(code === 'ENOENT' ? 'there is no such file' : `it can't be read (${code})`, error);
  }
}
