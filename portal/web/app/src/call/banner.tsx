import type { ReactNode } from 'react';
import type { CallState } from '@video-window/client';
import './banner.css';

/** What to say about the connection, if anything. */
export function bannerText(state: CallState, entered: boolean, alone: boolean): string | undefined {
  switch (state) {
    case 'idle':
    case 'connecting':
      return entered ? 'Connection lost. Trying to get back\u00a0…' : 'Joining\u00a0…';
    case 'reconnecting':
      return 'Connection lost. Trying to get back\u00a0…';
    case 'waiting':
      return alone ? undefined : 'Connecting sound and pictures\u00a0…';
    default:
      return undefined;
  }
}

/** The state of the connection, where it is not simply good. */
export function Banner({ text }: { readonly text: string | undefined }): ReactNode {
  return (
    <div className="banner" role="status">
      {text !== undefined && (
        <p>
          <span className="spinner" aria-hidden="true" />
          {text}
        </p>
      )}
    </div>
  );
}
