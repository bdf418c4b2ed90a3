// Chinese texts as Pinyin, a space after each syllable, without tones or ("tones") with their numbers: JSON in, JSON out. See src/encoders/speech/pinyin.ts.
import { readFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';

const toneType = process.argv[2] === 'tones' ? 'num' : 'none';
const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map((text) => pinyin(text, { toneType, nonZh: 'consecutive', v: true }))));
