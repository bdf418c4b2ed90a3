import { type ClipboardEvent, type DragEvent, useState } from 'react';
import { type WaitingFile, waitingFiles } from './files';

/** Files that wait to be sent, and the ways they come in: chosen, pasted, dropped. */
export function useWaitingFiles() {
  const [files, setFiles] = useState<readonly WaitingFile[]>([]);
  const [dragging, setDragging] = useState(false);

  const add = (chosen: Iterable<File>) => {
    const fresh = waitingFiles(chosen);
    setFiles((known) => [...known, ...fresh]);
  };
  const remove = (file: WaitingFile) => {
    URL.revokeObjectURL(file.url);
    setFiles((known) => known.filter((other) => other !== file));
  };
  // The addresses live on in the transcript, which shows the files by them and may send them again.
  const clear = () => setFiles([]);
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
  return { files, dragging, add, remove, clear, onPaste, drop };
}

/** What `useWaitingFiles` gives. */
export type WaitingFiles = ReturnType<typeof useWaitingFiles>;
