import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type i18n } from 'i18next';
import { LANGUAGES, type Language, type Money, minorDigits } from '../domain';

/** Strings of `locales/<language>/<namespace>.json` and `Intl` formats. */
export class Translator {
  private readonly instance: i18n;

  constructor(localesDir: string, namespaces: readonly string[]) {
    this.instance = i18next.createInstance();
    const resources = Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        Object.fromEntries(
          namespaces.map((name) => [
            name,
            JSON.parse(readFileSync(join(localesDir, language, `${name}.json`), 'utf8')) as object,
          ]),
        ),
      ]),
    );
    void this.instance.init({
      lng: 'en',
      fallbackLng: 'en',
      resources,
      ns: [...namespaces],
      defaultNS: namespaces[0] ?? 'reply',
      initAsync: false,
      showSupportNotice: false,
      // Replies are plain text; cards and pages escape where they show it.
      interpolation: { escapeValue: false },
    });
  }

  text(language: Language, key: string, values: Readonly<Record<string, unknown>> = {}): string {
    return this.instance.t(key, { lng: language, ...values });
  }

  /** The texts of a list; none where there is no such list. */
  list(language: Language, key: string): readonly string[] {
    const found: unknown = this.instance.getResource(language, String(this.instance.options.defaultNS), key);
    return Array.isArray(found) ? (found as string[]) : [];
  }

  /** All strings of a namespace, for a page. */
  bundle(language: Language, namespace: string): Record<string, string> {
    return { ...(this.instance.getResourceBundle(language, namespace) as Record<string, string>) };
  }
}

/** "1.299,00 €" by the language's rules. */
export function formatMoney(money: Money, language: Language): string {
  const digits = minorDigits(money.currency);
  return new Intl.NumberFormat(language, { style: 'currency', currency: money.currency }).format(
    money.minor / 10 ** digits,
  );
}

export function formatNumber(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
}

/** "red, blue and green". */
export function formatList(parts: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
}
