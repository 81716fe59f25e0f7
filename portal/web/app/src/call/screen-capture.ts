import type { CallNotice } from './notice.ts';

/** Lets the person choose a screen, a window or a tab. Rejects when they do not. */
export async function captureScreen(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: { ideal: 15, max: 30 } },
  });
  const track = stream.getVideoTracks()[0];
  if (track === undefined) {
    throw new DOMException('The browser gave no picture of the screen.', 'NotFoundError');
  }
  // Text has to be sharp at once; smooth movement comes second.
  track.contentHint = 'detail';
  return track;
}

/** What to tell about a failed capture; whoever has only changed their mind needs no warning. */
export function captureNotice(failure: unknown): CallNotice {
  const cancelled = failure instanceof DOMException && failure.name === 'NotAllowedError';
  return cancelled
    ? { text: 'No screen was shared', tone: 'info', whispered: true }
    : { text: 'Your screen could not be shared. Try again, or choose a window.', tone: 'warning' };
}
