import { type ReactNode, useEffect, useMemo, useState } from 'react';
import english from '../../../locales/en/agent.json';
import { localeOf, preferredLanguage, saveLanguage } from '../chat/language';
import { fill, ENGLISH as PAGE_ENGLISH, SpeechProvider } from '../chat/texts';
import { type Texts, type Words, WordsContext } from './texts';

/** Where the console remembers the language: an agent may look at the shop page in another one. */
const KEY = 'vitrine.agent.language';

/** Loads the texts and gives them to what is below: in English until they are there. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(() => preferredLanguage(KEY));
  const [texts, setTexts] = useState<Texts>(english);
  useEffect(() => {
    let wanted = true;
    const load = () =>
      loadTexts(language).then(
        (loaded) => wanted && setTexts(loaded),
        // The server is away: asked again when the network is back.
        () => wanted && addEventListener('online', load, { once: true }),
      );
    void load();
    document.documentElement.lang = language;
    return () => {
      wanted = false;
      removeEventListener('online', load);
    };
  }, [language]);
  const locale = localeOf(language);
  const words = useMemo(() => {
    const say: Words['say'] = (key, values) => fill(texts[key], values, locale);
    const choose = (chosen: string) => {
      saveLanguage(chosen, KEY);
      setLanguage(chosen);
    };
    return { texts, language, locale, say, choose };
  }, [texts, language, locale]);
  // The player of voice notes is the chat's, and so are the names of its texts.
  const speech = useMemo(() => ({ texts: { ...PAGE_ENGLISH, ...texts }, locale, hears: true }), [texts, locale]);
  return (
    <WordsContext.Provider value={words}>
      <SpeechProvider value={speech}>{children}</SpeechProvider>
    </WordsContext.Provider>
  );
}

async function loadTexts(language: string): Promise<Texts> {
  const response = await fetch(`/page/strings?page=agent&lang=${encodeURIComponent(language)}`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const loaded: unknown = await response.json();
  const known = Object.entries(loaded ?? {}).filter(([, text]) => typeof text === 'string' && text !== '');
  return { ...english, ...Object.fromEntries(known) };
}
