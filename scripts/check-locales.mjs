// Are the locales complete? Used by the build and by the tests; alone: `node scripts/check-locales.mjs [folder]`.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Every other language is held against this one. */
const MODEL = 'en';
/** Files of texts that are shown: their placeholders and plural forms count. */
const TEXTS = new Set(['reply.json', 'page.json', 'agent.json']);
/** What each language has in its own way. */
const OWN = {
  'commands.json': [/^words\./, /^ordinals\./],
  'lexicon.json': [/^colors\.[^.]+\.forms\./],
  'manners.json': [/^names\./],
};
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The folders of a locales folder: the languages. */
export function languagesIn(folder) {
  return readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
}

/** Lists and texts by their path in a file. */
function leaves(value, path = '') {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** `{{name}}` and `{name}` of a text, or of all texts of a list. */
function placeholders(value) {
  return [...new Set([...JSON.stringify(value).matchAll(/\{\{?\w+\}?\}/g)].map(([slot]) => slot))].sort().join(' ');
}

function read(folder, language, file) {
  try {
    return new Map(leaves(JSON.parse(readFileSync(join(folder, language, file), 'utf8'))));
  } catch (error) {
    return error.code === 'ENOENT' ? 'the file is missing' : `can't be read: ${error.message}`;
  }
}

/** What is wrong with a locales folder, a line each, naming file and key; nothing where all is well. */
export function checkLocales(folder) {
  const problems = [];
  for (const file of readdirSync(join(folder, MODEL)).filter((name) => name.endsWith('.json'))) {
    const model = read(folder, MODEL, file);
    if (typeof model === 'string') problems.push(`${MODEL}/${file}: ${model}`);
    else for (const language of languagesIn(folder)) problems.push(...compare(folder, language, file, model));
  }
  return problems;
}

function compare(folder, language, file, model) {
  const found = read(folder, language, file);
  if (typeof found === 'string') return [`${language}/${file}: ${found}`];
  const isOwn = (key) => (OWN[file] ?? []).some((pattern) => pattern.test(key));
  const isPlural = (key) => TEXTS.has(file) && PLURAL.test(key) && model.has(key.replace(PLURAL, '_other'));
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const wanted = new Set(
    [...model.keys()].flatMap((key) => {
      if (isOwn(key)) return [];
      return isPlural(key) ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [key];
    }),
  );
  const problems = [];
  const tell = (key, what) => problems.push(`${language}/${file}: ${key}: ${what}`);
  for (const key of wanted) {
    const value = found.get(key);
    const like = model.get(key) ?? model.get(key.replace(PLURAL, '_other'));
    if (value === undefined) tell(key, 'missing');
    else if (Array.isArray(value) !== Array.isArray(like))
      tell(key, `must be ${Array.isArray(like) ? 'a list' : 'one text'}`);
    else if (!TEXTS.has(file)) continue;
    else if (value.length === 0) tell(key, 'empty');
    else if (Array.isArray(like) && value.length !== like.length)
      tell(key, `has ${value.length} texts, not ${like.length}`);
    else if (placeholders(value) !== placeholders(like) && !(isPlural(key) && lacksCount(value, like))) {
      tell(key, `has the placeholders “${placeholders(value)}”, not “${placeholders(like)}”`);
    }
  }
  for (const key of found.keys()) if (!wanted.has(key) && !isOwn(key)) tell(key, `unknown in ${MODEL}`);
  return problems;
}

/** "One piece" may be said without a number. */
function lacksCount(value, like) {
  return placeholders(`${value}{{count}}`) === placeholders(like);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkLocales(process.argv[2] ?? join(root, 'locales'));
  for (const problem of problems) console.error(`locales/${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
