import { createContext, useContext } from 'react';
import type english from '../../../locales/en/agent.json';

/** The texts of the console; the keys of `locales/<language>/agent.json`. */
export type Texts = typeof english;
export type TextKey = keyof Texts;

/** What all components need to speak. */
export interface Words {
  readonly texts: Texts;
  readonly language: string;
  /** For numbers and dates. */
  readonly locale: string;
  /** Puts values into the slots of a text. */
  readonly say: (key: TextKey, values: Readonly<Record<string, string | number>>) => string;
  readonly choose: (language: string) => void;
}

export const WordsContext = createContext<Words | undefined>(undefined);

/** The texts of the console, in the language of the browser until another is chosen. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === undefined) throw new Error('WordsProvider is missing.');
  return words;
}
