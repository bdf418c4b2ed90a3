/** Kinds of files that the file dialog offers; the server decides what it takes. */
export const ACCEPTED = 'image/*,audio/*';

/** A file that waits to be sent. */
export interface WaitingFile {
  readonly key: string;
  readonly file: File;
  /** An address of the file in this browser. */
  readonly url: string;
}

let made = 0;

/** Wraps chosen files for the send box; leaves out what is neither picture nor sound. */
export function waitingFiles(files: Iterable<File>): WaitingFile[] {
  return [...files].filter(isUsable).map((file) => {
    made += 1;
    return { key: String(made), file, url: URL.createObjectURL(file) };
  });
}

/** A recorded voice note calls itself a video in some browsers. */
function isUsable(file: File): boolean {
  return /^(image|audio)\/|^video\/(webm|mp4|ogg)/.test(file.type);
}
