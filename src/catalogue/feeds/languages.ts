import { languageOf } from '../../domain';

const TAG = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/i;

/** A BCP 47 tag in its canonical form (`ZH_hans` → `zh-Hans`), or undefined when it is not one. */
export function languageTag(text: string): string | undefined {
  if (!TAG.test(text)) return undefined;
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** The key of `Product.texts` for a tag: the language alone where Vitrine speaks it, else the canonical tag. */
export function textsKey(tag: string): string | undefined {
  const canonical = languageTag(tag);
  return canonical && (languageOf(canonical) ?? canonical);
}
