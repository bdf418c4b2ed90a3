import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_KINDS } from '../../src/catalogue/demo/kinds';
import { packageRoot } from '../../src/config';
import { LANGUAGES } from '../../src/domain';
import { loadLexicons, serviceSchema } from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const read = (language: string, file: string) =>
  JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')) as object;

/** Every key of a file with its placeholders, plural forms folded into one. */
function shape(value: unknown, path = ''): string[] {
  if (typeof value === 'string') {
    const slots = [...value.matchAll(/\{\{?\w+\}?\}/g)].map(([slot]) => slot).sort();
    return [`${path.replace(/_(zero|one|two|few|many|other)$/, '')} ${slots.join(' ')}`.trim()];
  }
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, path ? `${path}.${key}` : key));
}
const unique = (list: readonly string[]) => [...new Set(list)].sort();

describe.each(LANGUAGES)('locales/%s', (language) => {
  it.each(['reply.json', 'page.json', 'agent.json'])('%s has the keys and placeholders of English', (file) => {
    expect(unique(shape(read(language, file)))).toEqual(unique(shape(read('en', file))));
  });

  it('reply.json has every plural form that the language needs', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const { stock, person, basket } = read(language, 'reply.json') as Record<string, Record<string, string>>;
    for (const form of forms) {
      expect(stock).toHaveProperty(`few_${form}`);
      expect(person).toHaveProperty(`wait_${form}`);
      expect(basket).toHaveProperty(`total_${form}`);
    }
  });

  it('service.json has patterns for every topic', () => {
    expect(serviceSchema.parse(read(language, 'service.json'))).toMatchObject({ language });
  });

  it('lexicon.json names what English names', () => {
    const ids = (file: object) =>
      ['kinds', 'groups', 'colors', 'materials', 'patterns', 'audiences', 'sizes', 'conditions', 'cues'].map((part) =>
        Object.keys((file as Record<string, object>)[part] ?? {}).sort(),
      );
    expect(ids(read(language, 'lexicon.json'))).toEqual(ids(read('en', 'lexicon.json')));
  });

  it('every kind agrees with a form of every colour', () => {
    const { file } = loadLexicons(LOCALES).byLanguage[language];
    for (const kind of Object.values(file.kinds)) {
      for (const color of Object.values(file.colors)) expect(color.forms).toHaveProperty(kind.class);
    }
  });

  it('demo.json has the texts of every material, feature and rating', () => {
    const keys = (part: string) =>
      Object.keys((read(language, 'demo.json') as Record<string, object>)[part] ?? {}).sort();
    const english = (part: string) =>
      Object.keys((read('en', 'demo.json') as Record<string, object>)[part] ?? {}).sort();
    for (const part of ['materials', 'features', 'reviews']) expect(keys(part)).toEqual(english(part));
  });
});

it('the taxonomy holds the kinds of the demo, each once', () => {
  const { taxonomy } = loadLexicons(LOCALES);
  const kinds = Object.entries(taxonomy).flatMap(([group, ids]) => ids.map((id) => `${group}/${id}`));
  expect(kinds.sort()).toEqual(DEMO_KINDS.map((kind) => `${kind.department}/${kind.id}`).sort());
});
