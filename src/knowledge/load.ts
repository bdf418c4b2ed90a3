import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLanguage, messageOf, type Passage, VitrineError } from '../domain';
import { parseKnowledge } from './parse';

const ENDING = '.md';

/**
 * All passages of `<folder>/<language>/*.md`, in the order of files and headings. Throws KNOWLEDGE_BROKEN that names the
 * file and, where there is one, the line.
 */
export function loadKnowledge(folder: string): Passage[] {
  return entries(folder, '.').flatMap((name) => {
    if (name.startsWith('.')) return [];
    if (!isLanguage(name)) {
      throw new VitrineError(
        'KNOWLEDGE_BROKEN',
        `${join(folder, name)}: files lie in folders of languages, such as en/`,
      );
    }
    return entries(join(folder, name), name)
      .filter((file) => file.endsWith(ENDING))
      .flatMap((file) => {
        const path = `${name}/${file}`;
        const markdown = reading(path, () => readFileSync(join(folder, name, file), 'utf8'));
        return parseKnowledge(markdown, { path, language: name, file: file.slice(0, -ENDING.length) });
      });
  });
}

function entries(folder: string, path: string): string[] {
  return reading(path, () => readdirSync(folder)).sort();
}

function reading<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new VitrineError('KNOWLEDGE_BROKEN', `${path}: can't be read (${messageOf(error)})`, { cause: error });
  }
}
