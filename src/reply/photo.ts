import type { Language, PhotoSeen } from '../domain';
import type { CardTools } from './card';
import { formatList } from './i18n';

/** What was seen on a shopper's photo, what the words beside it ask for, and that results follow. */
export function photoLine(
  seen: PhotoSeen,
  { understood, continued, language }: { understood: string; continued: boolean; language: Language },
  { translator, vocabulary }: Pick<CardTools, 'translator' | 'vocabulary'>,
): string {
  const colors = seen.colors.map((id) => vocabulary.name('color', id, language));
  const mostly =
    colors.length > 0 ? [translator.text(language, 'photo.mostly', { colors: formatList(colors, language) })] : [];
  const parts = [
    ...(seen.kind ? [vocabulary.name('kind', seen.kind, language)] : []),
    ...(seen.pattern ? [vocabulary.name('pattern', seen.pattern, language)] : []),
    ...mostly,
  ];
  const separator = language === 'zh' || language === 'ja' ? '、' : ', ';
  const values = { seen: parts.join(separator), understood };
  if (continued) return translator.text(language, 'photo.more');
  const key = `${parts.length > 0 ? 'seen' : 'unnamed'}${understood ? 'AndWords' : ''}`;
  return translator.text(language, `photo.${key}`, values);
}
