import { type DialogOutcome, type Reply, textIn } from '../domain';
import { formatList, type Translator } from './i18n';
import { suggest } from './recommended';

/** Tells a shopper what is remembered of them. */
export function knownReply(
  { language, known, name }: Extract<DialogOutcome, { kind: 'known' }>,
  { translator, usesModel }: { readonly translator: Translator; readonly usesModel?: boolean },
): Reply {
  const { consent, events, last, brands } = known;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) =>
    translator.text(language, `known.${key}`, values);
  const reply = (text: string, keys: readonly string[]): Reply => ({
    language,
    text: [
      text,
      ...(name === undefined ? [] : [translator.text(language, 'manners.calledName', { name })]),
      ...(usesModel ? [translator.text(language, 'modelNote')] : []),
    ].join('\n'),
    cards: [],
    suggestions: suggest(keys, language, translator),
  });
  if (!consent) return reply(say('nothing'), ['remember']);
  if (events === 0) return reply(say('allowed'), ['forgetMe']);
  const titles = last.map((product) => textIn(product, language).title);
  const named = titles.length > 0 ? [say('last', { list: formatList(titles, language) })] : [];
  const liked = brands.length > 0 ? [say('brands', { list: formatList(brands, language) })] : [];
  return reply([say('things', { count: events }), ...named, ...liked].join('\n'), ['forYou', 'forgetMe']);
}
