/** Why a camera or a microphone cannot be used. */
export type MediaProblem = 'insecure' | 'denied' | 'none' | 'busy' | 'lost' | 'unknown';

export type Device = 'camera' | 'microphone';

/** From what getUserMedia rejects with (W3C Media Capture, 10.2) to a reason that we can explain. */
export function mediaProblem(failure: unknown): MediaProblem {
  const name = failure instanceof Error || failure instanceof DOMException ? failure.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unknown';
  }
}

/** What to tell the person, and what to do about it. */
export function mediaSentence(device: Device, problem: MediaProblem): string {
  switch (problem) {
    case 'insecure':
      return `Browsers give the ${device} only to secure pages. Open this address with https:// (or on localhost).`;
    case 'denied':
      return `Your browser blocks the ${device} for this page. Allow it in the site settings beside the address, then try again.`;
    case 'none':
      return device === 'camera'
        ? 'No camera was found. Plug one in, or join without.'
        : 'No microphone was found. Plug one in, or join and only listen.';
    case 'busy':
      return `The ${device} cannot be started. Another program may be using it: close that and try again.`;
    case 'lost':
      return `The ${device} was unplugged. Plug it in again, or choose another one.`;
    case 'unknown':
      return `The ${device} did not start. Try again, or choose another one.`;
  }
}
