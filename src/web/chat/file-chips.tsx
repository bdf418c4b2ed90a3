import type { WaitingFile } from './files';
import { CloseIcon, SoundIcon } from './icons';
import { fill, useSpeech } from './texts';
import { clockTime } from './voice/duration';
import { usePlayback } from './voice/use-playback';

interface FileChipsProps {
  readonly files: readonly WaitingFile[];
  readonly onRemove: (file: WaitingFile) => void;
}

/** The files that go with the next message, each with a button that takes it back. */
export function FileChips({ files, onRemove }: FileChipsProps) {
  const { texts, locale } = useSpeech();
  if (files.length === 0) return null;
  return (
    <ul className="file-chips">
      {files.map((waiting) => (
        <li key={waiting.key} className="file-chip">
          {waiting.file.type.startsWith('image/') ? <img src={waiting.url} alt="" /> : <SoundIcon />}
          <span className="file-name">{waiting.file.name}</span>
          {!waiting.file.type.startsWith('image/') && <Length url={waiting.url} />}
          <button
            type="button"
            className="icon-button"
            aria-label={fill(texts.removeFile, { name: waiting.file.name }, locale)}
            onClick={() => onRemove(waiting)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** How long a recording is, once the browser knows; nothing for formats that it doesn't play. */
function Length({ url }: { readonly url: string }) {
  const { element, length } = usePlayback(url, undefined, ignore);
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: it is measured, never played. */}
      <audio ref={element} src={url} preload="metadata" />
      {length !== undefined && <span className="file-length">{clockTime(length)}</span>}
    </>
  );
}

const ignore = () => undefined;
