import type { ReactNode } from 'react';
import type { CallState } from '@video-window/client';
import './banner.css';

/** What to say about the connection, if anything. */
export function bannerText(state: CallState, entered: boolean, alone: boolean): string | undefined {
  switch (state) {
    case 'idle':
    case 'connecting':
      return entered ? 'Connection lost. Trying to get back …' : 'Joining …';
    case 'reconnecting':
      return 'Connection lost. Trying to get back …';
    case 'waiting':
      return alone ? undefined : 'Connecting sound and pictures …';
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
