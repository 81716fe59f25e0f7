import type { ReactNode } from 'react';

/** The icons, drawn for a 24 by 24 field with a stroke of 1.75. */
const shapes = {
  microphone: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    </>
  ),
  'microphone-off': (
    <>
      <path d="M9 9v2a3 3 0 0 0 4.8 2.4M15 10.5V6a3 3 0 0 0-5.6-1.5M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.5 11.5c0 .9-.2 1.8-.5 2.6M12 18v3M3.5 3.5l17 17" />
    </>
  ),
  camera: (
    <>
      <rect x="3" y="6" width="12.5" height="12" rx="2.5" />
      <path d="m15.5 10.5 5-3v9l-5-3" />
    </>
  ),
  'camera-off': (
    <path d="M7.5 6H13a2.5 2.5 0 0 1 2.5 2.5v2l5-3v9l-3.2-1.9M15.3 16.4A2.5 2.5 0 0 1 13 18H5.5A2.5 2.5 0 0 1 3 15.5v-7c0-.9.5-1.7 1.2-2.1M3.5 3.5l17 17" />
  ),
  screen: (
    <>
      <rect x="3" y="4" width="18" height="13" rx="2" />
      <path d="M8.5 20.5h7M12 13.5v-6m-2.5 2.5L12 7.5l2.5 2.5" />
    </>
  ),
  'screen-stop': (
    <>
      <rect x="3" y="4" width="18" height="13" rx="2" />
      <path d="M8.5 20.5h7m-5.5-12 4 4m0-4-4 4" />
    </>
  ),
  chat: (
    <path d="M6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5v-7A2.5 2.5 0 0 1 6.5 4ZM8 8.5h8M8 11.5h5" />
  ),
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.5 19.5c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 15c1.9.7 3.2 2.2 3.5 4.5" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8.5" r="4" />
      <path d="M4.5 20.5c.7-3.7 3.7-5.8 7.5-5.8s6.8 2.1 7.5 5.8" />
    </>
  ),
  grid: (
    <>
      <rect x="3.5" y="4.5" width="7.5" height="6.5" rx="1.5" />
      <rect x="13" y="4.5" width="7.5" height="6.5" rx="1.5" />
      <rect x="3.5" y="13" width="7.5" height="6.5" rx="1.5" />
      <rect x="13" y="13" width="7.5" height="6.5" rx="1.5" />
    </>
  ),
  speaker: (
    <>
      <rect x="3.5" y="4.5" width="11.5" height="15" rx="1.5" />
      <path d="M18 5.5h2.5M18 12h2.5M18 18.5h2.5" />
    </>
  ),
  settings: (
    <path d="M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM9 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z" />
  ),
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="5.5" cy="12" r="1.7" />
      <circle cx="12" cy="12" r="1.7" />
      <circle cx="18.5" cy="12" r="1.7" />
    </g>
  ),
  leave: (
    <path d="M3.6 14.6c-.5-.7-.7-1.7-.2-2.5C5 9.6 8.3 8.2 12 8.2s7 1.4 8.6 3.9c.5.8.3 1.8-.2 2.5l-.9 1.1c-.4.5-1.1.7-1.7.5l-2.4-.8a1.5 1.5 0 0 1-1-1.5v-1.5c-1.6-.5-3.2-.5-4.8 0v1.5c0 .7-.4 1.3-1 1.5l-2.4.8c-.6.2-1.3 0-1.7-.5Z" />
  ),
  close: <path d="m6 6 12 12M18 6 6 18" />,
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2" />
      <path d="M15.5 8.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5" />
    </>
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  edit: <path d="M4 20h4L19 9a2.1 2.1 0 0 0-3-3L5 17l-1 3ZM14 8l3 3" />,
  trash: (
    <path d="M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5l.8 12.2a1.5 1.5 0 0 0 1.5 1.3h6.4a1.5 1.5 0 0 0 1.5-1.3l.8-12.2M10 10.5v5.5M14 10.5v5.5" />
  ),
  shield: <path d="M12 3.5 5 6v5.5c0 4.3 2.9 7.5 7 9 4.1-1.5 7-4.7 7-9V6l-7-2.5ZM9 11.8l2.2 2.2 4-4.2" />,
  send: <path d="M4.5 12 3.5 4.5 20.5 12l-17 7.5 1-7.5Zm0 0h7" />,
  left: <path d="m14.5 6-6 6 6 6" />,
  right: <path d="m9.5 6 6 6-6 6" />,
  warning: <path d="M12 4 2.8 19.5h18.4L12 4Zm0 6v4.5m0 2.5v.01" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5m0-8v.01" />
    </>
  ),
  sound: <path d="M4 9.5v5h3.5l5 4v-13l-5 4H4ZM16 9.2a4 4 0 0 1 0 5.6M18.5 6.5a8 8 0 0 1 0 11" />,
  keyboard: (
    <>
      <rect x="2.5" y="6" width="19" height="12.5" rx="2" />
      <path d="M6 10h.01M10 10h.01M14 10h.01M18 10h.01M8 14.5h8" />
    </>
  ),
  remove: (
    <>
      <circle cx="9.5" cy="8.5" r="4" />
      <path d="M2.5 20c.6-3.6 3.4-5.5 7-5.5 2 0 3.7.6 5 1.6M16.5 15.5l5 5m0-5-5 5" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  eye: (
    <>
      <path d="M2.5 12c2-4 5.4-6.5 9.5-6.5s7.5 2.5 9.5 6.5c-2 4-5.4 6.5-9.5 6.5S4.5 16 2.5 12Z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  'eye-off': (
    <path d="M9.5 5.8c.8-.2 1.6-.3 2.5-.3 4.1 0 7.5 2.5 9.5 6.5-.6 1.2-1.3 2.2-2.2 3.1M6 7.5C4.6 8.6 3.4 10.1 2.5 12c2 4 5.4 6.5 9.5 6.5 1.6 0 3-.4 4.3-1M10 10a2.8 2.8 0 0 0 4 4M3.5 3.5l17 17" />
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** An icon beside or in place of words. It says nothing to screen readers: the control around it has the name. */
export function Icon({ name, size = 22 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}
