// Prints where texts stand in the files below a folder: node scan-folder.cjs FOLDER TEXTS-AS-JSON
const { readdirSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');

const [folder, json] = process.argv.slice(2);
const spellings = JSON.parse(json).map((text) => {
  const utf16 = Buffer.from(text, 'utf16le');
  return { text, bytes: [Buffer.from(text, 'utf8'), utf16, Buffer.from(utf16).swap16()] };
});
const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
const found = entries
  .filter((entry) => entry.isFile())
  .flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    const name = relative(folder, path);
    return spellings
      .filter(({ text, bytes }) => name.includes(text) || bytes.some((spelling) => content.includes(spelling)))
      .map(({ text }) => `${text} in ${name}`);
  });
process.stdout.write(JSON.stringify(found));
