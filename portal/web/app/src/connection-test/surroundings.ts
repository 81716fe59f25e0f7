/** What the test uses of the browser; tests of the test bring their own. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly webSocket: (url: string, protocol: string) => WebSocket;
  /** Missing where the browser has none. */
  readonly peerConnection: ((configuration: RTCConfiguration) => RTCPeerConnection) | undefined;
  readonly devices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  /** What the clock on the wall says, in milliseconds since 1970. */
  readonly time: () => number;
  /** A clock that is never set, in milliseconds. */
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => () => void;
}

export function browserSurroundings(): Surroundings {
  return {
    fetch: (...request) => fetch(...request),
    webSocket: (url, protocol) => new WebSocket(url, protocol),
    peerConnection:
      typeof RTCPeerConnection === 'function'
        ? (configuration) => new RTCPeerConnection(configuration)
        : undefined,
    devices: (navigator as { mediaDevices?: MediaDevices }).mediaDevices,
    time: () => Date.now(),
    now: () => performance.now(),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
