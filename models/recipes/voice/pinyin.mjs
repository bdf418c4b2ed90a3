// Chinese texts as Pinyin without tones, a space after each syllable: JSON in, JSON out. See src/encoders/speech/pinyin.ts.
import { readFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';

const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map((text) => pinyin(text, { toneType: 'none', nonZh: 'consecutive', v: true }))));
