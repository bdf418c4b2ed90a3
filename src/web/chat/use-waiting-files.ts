import { type ClipboardEvent, type DragEvent, useState } from 'react';
import { type FileRefusal, MOST_FILES, type WaitingFile, waitingFiles } from './files';

/** Files that wait to be sent, beside `others` that do, and the ways they come in: chosen, pasted, dropped. */
export function useWaitingFiles(others: number) {
  const [files, setFiles] = useState<readonly WaitingFile[]>([]);
  const [dragging, setDragging] = useState(false);
  /** Why the last choice was not, or not wholly, taken. */
  const [refusal, setRefusal] = useState<FileRefusal>();

  const add = (chosen: Iterable<File>) => {
    const { taken, refusal: reason } = waitingFiles(chosen, files.length + others);
    setRefusal(reason);
    setFiles((known) => [...known, ...taken]);
  };
  const remove = (file: WaitingFile) => {
    URL.revokeObjectURL(file.url);
    setRefusal(undefined);
    setFiles((known) => known.filter((other) => other !== file));
  };
  // The addresses live on in the transcript, which shows the files by them and may send them again.
  const clear = () => {
    setRefusal(undefined);
    setFiles([]);
  };
  /** True when a voice note can go along; else says why not. */
  const hasRoom = () => {
    const room = files.length < MOST_FILES;
    setRefusal(room ? undefined : 'tooManyFiles');
    return room;
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add(event.clipboardData.files);
  };
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setDragging(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragging(false);
    },
    onDrop: (event: DragEvent) => {
      setDragging(false);
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      add(event.dataTransfer.files);
    },
  };
  return { files, refusal, dragging, add, remove, clear, hasRoom, onPaste, drop };
}

/** What `useWaitingFiles` gives. */
export type WaitingFiles = ReturnType<typeof useWaitingFiles>;
