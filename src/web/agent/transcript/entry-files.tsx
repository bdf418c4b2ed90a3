import { useState } from 'react';
import { PictureIcon } from '../../chat/icons';
import { VoicePlayer } from '../../chat/voice/voice-player';
import type { Entry, EntryFile } from '../api/types';
import { useWords } from '../texts';
import { Lightbox } from './lightbox';

/** Photos, voice notes with what was heard in them, and other files. */
export function EntryFiles({ files, heard }: { readonly files: readonly EntryFile[]; readonly heard: Entry['heard'] }) {
  const { texts } = useWords();
  if (files.length === 0 && heard === undefined) return null;
  return (
    <div className="entry-files">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the files of a message never change places.
        <FileView key={index} file={file} />
      ))}
      {heard && (
        <p className="heard" data-sure={heard.sure}>
          <span className="understood-label">{heard.sure ? texts.heard : texts.heardUnsure}</span>{' '}
          <span dir="auto">{heard.text}</span>
        </p>
      )}
    </div>
  );
}

function FileView({ file }: { readonly file: EntryFile }) {
  const { texts } = useWords();
  const [enlarged, setEnlarged] = useState(false);
  const [failed, setFailed] = useState(false);
  const url = addressOf(file);
  if (file.kind === 'photo' && url !== undefined && !failed) {
    return (
      <>
        <button type="button" className="thumbnail" aria-label={texts.enlarge} onClick={() => setEnlarged(true)}>
          <img src={url} alt={texts.photoUnnamed} loading="lazy" onError={() => setFailed(true)} />
        </button>
        {enlarged && <Lightbox url={url} onClose={() => setEnlarged(false)} />}
      </>
    );
  }
  if (file.kind === 'voice' && url !== undefined) {
    return (
      <div className="voice">
        <VoicePlayer url={url} />
      </div>
    );
  }
  return (
    <p className="file">
      <PictureIcon />
      {file.kind === 'voice' ? texts.voiceNote : texts.fileGone}
    </p>
  );
}

/** Files are read from the console's own API only. */
function addressOf({ url, attachmentId }: EntryFile): string | undefined {
  const address = url ?? (attachmentId && `/agent/api/files/${encodeURIComponent(attachmentId)}`);
  return address?.startsWith('/agent/api/files/') ? address : undefined;
}
