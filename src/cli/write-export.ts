import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { App } from '../app';
import { type PersonalData, type PrivacyScope, VitrineError } from '../domain';

/** Names the shape of exports. */
export const EXPORT_FORMAT = 'vitrine-privacy-1';

type Source = Pick<App, 'privacy' | 'attachments'>;

/**
 * Writes an export: `PersonalData` with `format`, `exportedAt` (ISO 8601) and `files`, a list of
 * `{id, conversation, name, contentType, base64}`. `-` is standard output; a file is there when it is whole, and only its
 * owner may read it. Throws QUERY_INVALID for a file that can't be written.
 */
export async function writeExport(source: Source, scope: PrivacyScope, out: string): Promise<void> {
  if (out === '-') {
    for await (const part of exportParts(source, scope)) {
      if (!process.stdout.write(part)) await once(process.stdout, 'drain');
    }
    return;
  }
  const partial = `${out}.part`;
  const file = createWriteStream(partial, { mode: 0o600, flags: 'wx' });
  try {
    await once(file, 'open');
    for await (const part of exportParts(source, scope)) if (!file.write(part)) await once(file, 'drain');
    file.end();
    await finished(file);
    await rename(partial, out);
  } catch (error) {
    file.destroy();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') await rm(partial, { force: true });
    if (error instanceof VitrineError || code === undefined) throw error;
    throw new VitrineError('QUERY_INVALID', `--out ${out}: it can't be written (${code})`, { cause: error });
  }
}

/** The export as JSON text, file by file: together they may be larger than a string can be. */
export async function* exportParts(
  { privacy, attachments }: Source,
  scope: PrivacyScope,
  now = new Date(),
): AsyncGenerator<string> {
  const read: PersonalData = privacy.read(scope);
  const head = { format: EXPORT_FORMAT, exportedAt: now.toISOString(), ...read };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "files": [`;
  let separator = '\n';
  for (const { id } of read.data.attachments ?? []) {
    const found = attachments.get(String(id));
    // Its time may be over by now.
    const bytes = found && (await readFile(found.file).catch(() => undefined));
    if (!found || !bytes) continue;
    const { conversation, name, contentType } = found;
    yield `${separator}  ${JSON.stringify({ id, conversation, name, contentType, base64: bytes.toString('base64') })}`;
    separator = ',\n';
  }
  yield '\n ]\n}\n';
}
