import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** An arrow to one side, for the carousel. */
export function ArrowIcon({ to }: { readonly to: 'left' | 'right' }) {
  return (
    <Icon>
      <path d={to === 'left' ? 'm15 5-7 7 7 7' : 'm9 5 7 7-7 7'} />
    </Icon>
  );
}

export const HeartIcon = () => (
  <Icon>
    <path d="M12 20C7 16 3.5 12.9 3.5 9.2a4.4 4.4 0 0 1 8.5-1.6 4.4 4.4 0 0 1 8.5 1.6C20.5 12.9 17 16 12 20z" />
  </Icon>
);

export const SendIcon = () => (
  <Icon>
    <path d="M12 20V5m-6 6 6-6 6 6" />
  </Icon>
);

export const AttachIcon = () => (
  <Icon>
    <rect x="3.5" y="5" width="17" height="14" rx="3" />
    <circle cx="9" cy="10" r="1.6" />
    <path d="m4.5 17 4.5-4 3 2.5 4-4.5 4 4" />
  </Icon>
);

export const CameraIcon = () => (
  <Icon>
    <path d="M4 8.5A1.5 1.5 0 0 1 5.5 7H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5z" />
    <circle cx="12" cy="13" r="3.5" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);

export const NewIcon = () => (
  <Icon>
    <path d="M12 4.5H7A3 3 0 0 0 4 7.5v9a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3v-5" />
    <path d="M10 14l.6-3L18.3 3.4a1.4 1.4 0 0 1 2 2L12.9 13.3Z" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7M18.7 5.3 17 7M7 17l-1.7 1.7" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z" />
  </Icon>
);

export const PictureIcon = () => (
  <Icon>
    <path d="M5 9.5 6.5 5h11L19 9.5M6.5 12.5V19h11v-6.5M10 19v-4h4v4" />
    <path d="M5 9.5a2.3 2.3 0 0 0 4.6 0 2.3 2.3 0 0 0 4.7 0 2.3 2.3 0 0 0 4.7 0Z" />
  </Icon>
);

export const OutIcon = () => (
  <Icon>
    <path d="M9 6h9v9M18 6 7 17" />
  </Icon>
);

export const SoundIcon = () => (
  <Icon>
    <path d="M5 10v4M9 7v10M13 4v16M17 8v8M21 11v2" />
  </Icon>
);

export const MicrophoneIcon = () => (
  <Icon>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
  </Icon>
);

export const StopIcon = () => (
  <Icon>
    <rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M8.5 5.5v13l10-6.5z" fill="currentColor" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M8.5 6v12M15.5 6v12" strokeWidth="3" />
  </Icon>
);

export const DiscardIcon = () => (
  <Icon>
    <path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5" />
  </Icon>
);

export const SpeakerIcon = ({ on }: { readonly on: boolean }) => (
  <Icon>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z" />
    <path d={on ? 'M15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11' : 'm15.5 9.5 5 5m0-5-5 5'} />
  </Icon>
);
