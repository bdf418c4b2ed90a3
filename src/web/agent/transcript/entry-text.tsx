import { partsOf } from './links';

/** Words as they are; web addresses in them can be followed. */
export function EntryText({ text, language }: { readonly text: string; readonly language?: string | undefined }) {
  const parts = partsOf(text);
  return (
    <p className="bubble" dir="auto" lang={language}>
      {parts.map(({ text: words, url }, index) =>
        url === undefined ? (
          words
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places.
          <a key={index} href={url} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ),
      )}
    </p>
  );
}
