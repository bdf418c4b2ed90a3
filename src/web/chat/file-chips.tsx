import type { WaitingFile } from './files';
import { CloseIcon, SoundIcon } from './icons';
import { fill, useSpeech } from './texts';

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
