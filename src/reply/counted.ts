import type { CountedShares, Fused, Language } from '../domain';
import type { Translator } from './i18n';

/** A smaller share would be told as 0 %. */
const LEAST = 0.005;
const TOLD = ['words', 'photo', 'voice', 'history'] as const;

/**
 * How much words, photo, voice and history counted in a query, the most first; undefined where nothing or only one of them
 * did. To a shopper, what was understood of the words is the words.
 */
export function countedShares(
  { attributes = 0, ...shares }: Fused['shares'],
  language: Language,
  translator: Translator,
): CountedShares | undefined {
  const counted = { ...shares, words: (shares.words ?? 0) + attributes };
  const told = TOLD.map((modality) => ({ modality, share: counted[modality] ?? 0 }));
  const some = told.filter(({ share }) => share >= LEAST).sort((one, other) => other.share - one.share);
  if (some.length < 2) return undefined;
  const total = some.reduce((sum, { share }) => sum + share, 0);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const parts = some.map(({ modality, share }) => ({
    label: translator.text(language, `counted.${modality}`),
    share: share / total,
    text: percent.format(share / total),
  }));
  const list = parts
    .map(({ label, text }) => `${label} ${text}`)
    .join(language === 'zh' || language === 'ja' ? '、' : ', ');
  return {
    title: translator.text(language, 'counted.title'),
    text: translator.text(language, 'counted.line', { list }),
    parts,
  };
}
