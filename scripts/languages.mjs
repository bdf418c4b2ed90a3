// A language is a folder of locales/: its code is written into the lists that the server's and the pages' types are made of.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languagesIn } from './check-locales.mjs';

const LISTS = ['src/domain/languages.ts', 'src/web/languages.ts'];

/** The languages in order: those that were listed before as they were, new ones after them. */
function inOrder(folder, file) {
  const folders = languagesIn(folder).sort();
  const listed = existsSync(file)
    ? [...readFileSync(file, 'utf8').matchAll(/'([\w-]+)'/g)].map(([, code]) => code)
    : [];
  const known = listed.filter((code) => folders.includes(code));
  return [...known, ...folders.filter((code) => !known.includes(code))];
}

/** Brings the lists of a project up to date with its locales; those that are stay untouched. */
export function listLanguages(root) {
  const languages = inOrder(join(root, 'locales'), join(root, LISTS[0]));
  const text = `/** The folders of \`locales/\`; written by the build. */
export const LANGUAGES = [${languages.map((code) => `'${code}'`).join(', ')}] as const;
`;
  for (const list of LISTS) {
    const file = join(root, list);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  }
}
