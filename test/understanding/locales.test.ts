import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_KINDS } from '../../src/catalogue/demo/kinds';
import { packageRoot } from '../../src/config';
import { LANGUAGES } from '../../src/domain';
import { loadLexicons, serviceSchema } from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const read = (language: string, file: string) =>
  JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')) as object;

describe.each(LANGUAGES)('locales/%s', (language) => {
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

describe('the check that the build makes', () => {
  const script = join(packageRoot(), 'scripts', 'check-locales.mjs');
  const check = (...folder: string[]) => spawnSync(process.execPath, [script, ...folder], { encoding: 'utf8' });

  it('finds every language complete', () => expect(check()).toMatchObject({ status: 0, stderr: '' }));

  it('names what is missing or wrong, and fails', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-locales-'));
    try {
      cpSync(LOCALES, folder, { recursive: true });
      const change = (language: string, file: string, from: string, to: string) => {
        const path = join(folder, language, file);
        const text = readFileSync(path, 'utf8');
        expect(text).toContain(from);
        writeFileSync(path, text.replace(from, to));
      };
      change('es', 'reply.json', '"noMore":', '"noMoore":');
      change('ru', 'reply.json', '"few_many":', '"few_lots":');
      change('zh', 'reply.json', '{{place}}', '{{plac}}');
      change('fr', 'lexicon.json', '"backpack":', '"backpak":');
      rmSync(join(folder, 'de', 'service.json'));
      const { status, stderr } = check(folder);
      expect(status).toBe(1);
      for (const line of [
        'locales/es/reply.json: noMore: missing',
        'locales/es/reply.json: noMoore: unknown in en',
        'locales/ru/reply.json: stock.few_many: missing',
        'locales/zh/reply.json: person.place: has the placeholders “{{plac}}”, not “{{place}}”',
        'locales/fr/lexicon.json: kinds.backpack.name: missing',
        'locales/de/service.json: the file is missing',
      ]) {
        expect(stderr).toContain(line);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('the languages are the folders', () => {
    const folders = readdirSync(LOCALES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...LANGUAGES].sort()).toEqual(folders.map(({ name }) => name).sort());
    const listed = readFileSync(join(packageRoot(), 'src', 'web', 'languages.ts'), 'utf8');
    expect(listed).toBe(readFileSync(join(packageRoot(), 'src', 'domain', 'languages.ts'), 'utf8'));
  });
});
