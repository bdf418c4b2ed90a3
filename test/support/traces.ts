import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where in the files below a folder a text stands, as raw bytes in UTF-8 or UTF-16, or in a file's name. */
export function tracesOf(folder: string, texts: readonly string[]): string[] {
  return filesBelow(folder).flatMap((file) => {
    const bytes = readFileSync(file);
    const name = relative(folder, file);
    return texts
      .filter((text) => name.includes(text) || spellings(text).some((spelling) => bytes.includes(spelling)))
      .map((text) => `${text} in ${name}`);
  });
}

function spellings(text: string): Buffer[] {
  const utf16 = Buffer.from(text, 'utf16le');
  return [Buffer.from(text, 'utf8'), utf16, Buffer.from(utf16).swap16()];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
