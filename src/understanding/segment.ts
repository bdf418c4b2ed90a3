import { hasCjk } from './fold';

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CJK_RUN =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+)|((?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々])[\p{L}\p{M}\p{N}])+)/gu;

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(script: 'zh' | 'ja'): Intl.Segmenter {
  let segmenter = segmenters.get(script);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(script, { granularity: 'word' });
    segmenters.set(script, segmenter);
  }
  return segmenter;
}

/** Words of a text in order, as written. Chinese and Japanese runs are cut by `Intl.Segmenter`'s dictionary. */
export function words(text: string, language: string): string[] {
  if (!hasCjk(text)) return text.match(WORD) ?? [];
  const segmenter = segmenterFor(language === 'ja' ? 'ja' : 'zh');
  const found: string[] = [];
  for (const run of text.matchAll(CJK_RUN)) {
    if (run[2]) found.push(run[2]);
    else for (const part of segmenter.segment(run[0])) if (part.isWordLike) found.push(part.segment);
  }
  return found;
}
