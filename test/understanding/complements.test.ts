import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { loadComplements, loadLexicons } from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const { taxonomy } = loadLexicons(LOCALES);

it('names kinds in ranks, each once, never the kind itself', () => {
  const complements = loadComplements(LOCALES, taxonomy);
  for (const kind of Object.values(taxonomy).flat()) {
    const all = complements.of(kind).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain(kind);
    expect(all.length).toBeGreaterThan(10);
  }
  const [named, department, near] = complements.of('running-shoes');
  expect(named).toContain('socks');
  expect(department).toContain('sandals');
  expect(near).toContain('jeans');
  expect(complements.of('nothing').flat()).toEqual([]);
});

it.each([
  ['{', 'complements.json'],
  ['{"kinds":{"mug":["nothing"]},"groups":{}}', 'there is no "nothing"'],
  ['{"kinds":{},"groups":{"nowhere":[]}}', 'there is no "nowhere"'],
  ['{"kinds":{"mug":"teapot"},"groups":{}}', 'mug'],
])('names what is wrong with %s', (text, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-complements-'));
  try {
    writeFileSync(join(folder, 'complements.json'), text);
    expect(() => loadComplements(folder, taxonomy)).toThrow(message);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
