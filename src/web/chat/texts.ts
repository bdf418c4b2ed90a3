import { createContext, useContext } from 'react';
import english from '../../../locales/en/page.json';

/** The texts of the page; the keys of `locales/<language>/page.json`. */
export type Texts = typeof english;

/** Texts that show when the server has never answered. */
export const ENGLISH: Texts = english;

/** What all components need to speak: the texts, and the locale for numbers and dates. */
export interface Speech {
  readonly texts: Texts;
  readonly locale: string;
  /** Does the shop hear voice notes? */
  readonly hears: boolean;
}

const context = createContext<Speech>({ texts: ENGLISH, locale: 'en', hears: true });

/** Gives the texts to the components below. */
export const SpeechProvider = context.Provider;

/** The texts and the locale of the page. */
export function useSpeech(): Speech {
  return useContext(context);
}

/** Loads the texts of a language, and whether the shop hears voice notes; rejects when the server can't be reached. */
export async function loadTexts(language: string): Promise<Pick<Speech, 'texts' | 'hears'>> {
  const response = await fetch(`/page/strings?lang=${encodeURIComponent(language)}`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const loaded = (await response.json()) as Readonly<Record<string, unknown>> | null;
  const known = Object.entries(loaded ?? {}).filter(([, text]) => typeof text === 'string' && text !== '');
  return { texts: { ...ENGLISH, ...Object.fromEntries(known) }, hears: loaded?.hears !== false };
}

/** Puts values into the `{{slots}}` of a text; numbers by the rules of the locale. */
export function fill(text: string, values: Readonly<Record<string, string | number>>, locale: string): string {
  return text.replace(/\{\{(\w+)\}\}/g, (slot, name: string) => {
    const value = values[name];
    if (value === undefined) return slot;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}
