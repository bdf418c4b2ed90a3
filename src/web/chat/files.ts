/**
 * Kinds of files that the file dialog offers; the server decides what it takes. HEIC is not among them: a phone that keeps
 * its photos so gives a JPEG then.
 */
export const PICTURES = 'image/jpeg,image/png,image/webp,image/gif,image/avif';
const SOUND_ENDINGS = ['.amr', '.3gp', '.opus', '.oga', '.m4a', '.weba', '.flac'];
export const ACCEPTED = [PICTURES, 'audio/*', ...SOUND_ENDINGS].join(',');

/** Files that go with one message; the assistant looks at five photos. */
export const MOST_FILES = 5;
const MOST_BYTES = { image: 10 * 1024 * 1024, sound: 16 * 1024 * 1024 };

/** Why a chosen file is left out: a key of the page's texts. */
export type FileRefusal = 'unsupportedFile' | 'tooLarge' | 'tooManyFiles';

/** A file that waits to be sent. */
export interface WaitingFile {
  readonly key: string;
  readonly file: File;
  /** An address of the file in this browser. */
  readonly url: string;
}

let made = 0;

/** Wraps chosen files for the send box, beside `present` others; says why some are left out. */
export function waitingFiles(
  files: Iterable<File>,
  present: number,
): { readonly taken: WaitingFile[]; readonly refusal: FileRefusal | undefined } {
  const taken: WaitingFile[] = [];
  let refusal: FileRefusal | undefined;
  for (const file of files) {
    const reason = refusalOf(file) ?? (present + taken.length < MOST_FILES ? undefined : 'tooManyFiles');
    refusal ??= reason;
    if (reason) continue;
    made += 1;
    taken.push({ key: String(made), file, url: URL.createObjectURL(file) });
  }
  return { taken, refusal };
}

function refusalOf(file: File): FileRefusal | undefined {
  if (!isUsable(file)) return 'unsupportedFile';
  const most = file.type.startsWith('image/') ? MOST_BYTES.image : MOST_BYTES.sound;
  return file.size > most ? 'tooLarge' : undefined;
}

/** A recorded voice note calls itself a video in some browsers; others know nothing of a phone's kinds of recordings. */
function isUsable({ type, name }: File): boolean {
  if (type === '') return SOUND_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
  return PICTURES.split(',').includes(type) || /^audio\/|^video\/(webm|mp4|ogg|3gpp)/.test(type);
}
