// Chinese texts cut into words by the rules of Unicode and its dictionary: JSON in, JSON out.
import { readFileSync } from 'node:fs';

const cutter = new Intl.Segmenter('zh', { granularity: 'word' });
const words = (text) => [...cutter.segment(text.toLowerCase())].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(words)));
