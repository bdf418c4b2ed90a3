// Renders the drawings of the demo, each in all its colours and patterns: 128 × 128 PNG with alpha.
// node models/recipes/image/render.mjs <folder>   (after "npm run build")
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const demo = '../../../dist/src/catalogue/demo';
const { drawCutOut } = require(`${demo}/drawing.js`);
const { RAMPS } = require(`${demo}/colors.js`);
const { DEMO_KINDS } = require(`${demo}/kinds.js`);
const SIDE = 128;
const PATTERNS = ['plain', 'striped', 'checked', 'dotted', 'floral'];

const folder = process.argv[2];
if (!folder) throw new Error('usage: node render.mjs <folder>');
mkdirSync(folder, { recursive: true });
const table = [];
for (const kind of DEMO_KINDS) {
  for (const color of Object.keys(RAMPS)) {
    for (const pattern of kind.patterned ? PATTERNS : PATTERNS.slice(0, 1)) {
      const name = `${kind.drawing}-${color}-${pattern}.png`;
      table.push({ name, kind: kind.id, drawing: kind.drawing, color, pattern });
      if (existsSync(join(folder, name))) continue;
      const { pixels, side } = await drawCutOut({ drawing: kind.drawing, color, pattern });
      await sharp(pixels, { raw: { width: side, height: side, channels: 4 } }).resize(SIDE, SIDE).png().toFile(join(folder, name));
    }
  }
}
writeFileSync(join(folder, 'drawings.json'), JSON.stringify(table));
