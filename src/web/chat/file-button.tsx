import { type ReactNode, useRef } from 'react';

interface FileButtonProps {
  readonly label: string;
  readonly accept: string;
  readonly multiple?: boolean;
  /** Opens the camera of a phone; the button shows where there is a touch screen. */
  readonly camera?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** A button that asks for files. */
export function FileButton({ label, accept, multiple = false, camera = false, onFiles, children }: FileButtonProps) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        hidden
        multiple={multiple}
        accept={accept}
        capture={camera ? 'environment' : undefined}
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          onFiles(files);
        }}
      />
      <button
        type="button"
        className={camera ? 'icon-button camera' : 'icon-button'}
        aria-label={label}
        title={label}
        onClick={() => chooser.current?.click()}
      >
        {children}
      </button>
    </>
  );
}
