import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative as pathBetween, resolve, sep, win32 } from 'node:path';

/** `file:`, `http:`, `C:` – and Windows' alternate streams. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const MAX_DECODINGS = 5;

/**
 * The real path of a file that a feed names beside itself, or undefined when the name leads out of the folder: by
 * `..`, also percent-encoded, by a symbolic link, as an absolute path or as a URL. Backslashes separate, as in feeds
 * that were made on Windows. Percent-encoded names (`my%20shirt.jpg`) find the decoded file where no other exists. The
 * file itself need not exist.
 */
export function resolveInside(folder: string, relative: string): string | undefined {
  const forms = decodedForms(relative);
  const raw = forms[0];
  if (raw === undefined || !forms.every(isHarmless)) return undefined;
  if (forms.slice(1).some(climbs) && !climbs(raw)) return undefined;
  const root = exists(folder) ? realPath(folder) : undefined;
  if (root === undefined) return undefined;
  const paths = forms.map((form) => resolve(root, form));
  if (!paths.every((path) => isInside(root, path))) return undefined;
  const existing = paths.slice(0, 2).find(exists) ?? paths[0];
  const real = existing === undefined ? undefined : realPath(existing);
  return real !== undefined && isInside(root, real) ? real : undefined;
}

/** The name as written, then decoded again and again, as careless readers would. */
function decodedForms(relative: string): string[] {
  const forms = [relative.replaceAll('\\', '/')];
  for (let round = 0; round < MAX_DECODINGS; round++) {
    const last = forms.at(-1) ?? '';
    const decoded = last.replace(/(?:%[0-9a-f]{2})+/gi, decode).replaceAll('\\', '/');
    if (decoded === last) break;
    forms.push(decoded);
  }
  return forms;
}

function decode(encoded: string): string {
  return Buffer.from(encoded.replaceAll('%', ''), 'hex').toString();
}

function isHarmless(form: string): boolean {
  return form !== '' && !form.includes('\0') && !isAbsolute(form) && !win32.isAbsolute(form) && !SCHEME.test(form);
}

function climbs(form: string): boolean {
  return form.split('/').includes('..');
}

function isInside(root: string, path: string): boolean {
  const between = pathBetween(root, path);
  return between !== '' && between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}

/** Is there an entry of that name, be it a link that leads nowhere? What cannot be asked counts as one. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** Resolves the links of a path, whose last parts need not exist. Undefined for a link that leads nowhere. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    if (parent === path || exists(path)) return undefined;
    const realParent = realPath(parent);
    return realParent === undefined ? undefined : join(realParent, path.slice(parent.length));
  }
}
