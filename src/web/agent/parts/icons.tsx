import type { ReactNode } from 'react';

function icon(children: ReactNode) {
  return () => (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const BackIcon = icon(<path d="m15 5-7 7 7 7" />);
export const InfoIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 11v5M12 8h.01" />
  </>,
);
export const TransferIcon = icon(<path d="M4 8h14l-3.5-3.5M20 16H6l3.5 3.5" />);
export const BotIcon = icon(
  <>
    <rect x="4.5" y="8" width="15" height="11" rx="3" />
    <path d="M12 4.5V8M9 13v1.5M15 13v1.5" />
  </>,
);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const LockIcon = icon(
  <>
    <rect x="5.5" y="10.5" width="13" height="9" rx="2" />
    <path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" />
  </>,
);
export const BagIcon = icon(<path d="M6 8.5h12l1 11H5zM9 11V7a3 3 0 0 1 6 0v4" />);
export const BoltIcon = icon(<path d="M13 3.5 6 13.5h5l-1 7 7-10h-5z" />);
export const MoreIcon = icon(
  <>
    <circle cx="12" cy="5.5" r="1" />
    <circle cx="12" cy="12" r="1" />
    <circle cx="12" cy="18.5" r="1" />
  </>,
);
export const PeopleIcon = icon(
  <>
    <circle cx="9" cy="8.5" r="3.2" />
    <path d="M3.5 19c.4-3.4 2.5-5 5.5-5s5.1 1.6 5.5 5M15.5 5.6a3.2 3.2 0 0 1 0 5.8M17 14.3c2 .6 3.2 2.2 3.5 4.7" />
  </>,
);
export const ChartIcon = icon(<path d="M4.5 19.5h15M7 16v-4M12 16V6M17 16V9.5" />);
export const ChatsIcon = icon(
  <path d="M4.5 6.5A2 2 0 0 1 6.5 4.5h8a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9l-4.5 3.5zM18.5 9.5a1.5 1.5 0 0 1 1.5 1.5v8.5l-3.5-2.5h-5a1.5 1.5 0 0 1-1.5-1.2" />,
);
export const KeyboardIcon = icon(
  <>
    <rect x="3.5" y="6.5" width="17" height="11" rx="2" />
    <path d="M7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8.5 14h7" />
  </>,
);
export const LeaveIcon = icon(
  <path d="M14 4.5H6.5a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1H14M10.5 12H20m-3.5-3.5L20 12l-3.5 3.5" />,
);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6" />
    <path d="m15.5 15.5 4 4" />
  </>,
);
export const DownIcon = icon(<path d="M12 5v14m-6-6 6 6 6-6" />);
export const CopyIcon = icon(
  <>
    <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
    <path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />
  </>,
);
export const TranslateIcon = icon(
  <path d="M4 6.5h9M8.5 4.5v2M11 6.5c-.7 3.5-3 6-6.5 7.5M6 8.5c1 2.5 3 4.5 5.5 5.5M12.5 20l4-9.5 4 9.5M14 17h5" />,
);
export const DownloadIcon = icon(<path d="M12 4.5v10m-4-4 4 4 4-4M5 19h14" />);
