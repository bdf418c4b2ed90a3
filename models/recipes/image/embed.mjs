// Texts through the starter text encoder: node models/recipes/image/embed.mjs <texts.json> <vectors.f32>   (after "npm run build")
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createTextEncoder } = require('../../../dist/src/encoders/index.js');
const { loadConfig } = require('../../../dist/src/config/index.js');

const [, , from, to] = process.argv;
if (!from || !to) throw new Error('usage: node embed.mjs <texts.json> <vectors.f32>');
const texts = JSON.parse(readFileSync(from, 'utf8'));
const encoder = createTextEncoder(loadConfig({ MODELS: 'starter' }));
const out = new Float32Array(texts.length * encoder.dimensions);
for (let at = 0; at < texts.length; at += encoder.maxBatch) {
  const vectors = await encoder.encode(texts.slice(at, at + encoder.maxBatch), { role: 'document' });
  vectors.forEach((vector, i) => out.set(vector, (at + i) * encoder.dimensions));
}
writeFileSync(to, Buffer.from(out.buffer));
await encoder.close();
