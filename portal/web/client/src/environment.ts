/**
 * What the library needs from the world around it. A browser has all of it ({@link browserEnvironment}); another
 * runtime or a test hands in its own.
 */
export interface Environment {
  /** Opens a WebSocket. */
  openWebSocket(url: string, protocols?: string[]): WebSocketLike;
  /** Makes a peer connection. */
  createPeerConnection(configuration: RTCConfiguration): RTCPeerConnection;
  /** Calls back once after `milliseconds`; the result stops that. */
  schedule(milliseconds: number, callback: () => void): () => void;
  /**
   * Calls back whenever the network was lost, came back or became another one; the result ends that. Where the
   * runtime cannot tell, it is left out: timers then notice the same, later.
   */
  onNetworkChange?(listener: () => void): () => void;
  /**
   * Whether the browser knows candidates of the protocol `ssltcp`: connections that begin like TLS. To others they are
   * plain TCP. Default: false.
   */
  readonly knowsSslTcp?: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** A number from 0 (inclusive) to 1 (exclusive), for jitter. */
  random(): number;
  /** A fresh UUID, for ids of stanzas and tracks. */
  uuid(): string;
}

/** The part of `WebSocket` that is used. */
export interface WebSocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: unknown) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  onerror: ((event: unknown) => void) | null;
}

/** The environment of browsers, made of their global objects at the time of the call. */
export function browserEnvironment(): Environment {
  return {
    openWebSocket: (url, protocols) => new WebSocket(url, protocols) as WebSocketLike,
    createPeerConnection: (configuration) => new RTCPeerConnection(configuration),
    schedule: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    onNetworkChange: hearNetwork,
    // Chromium and Safari, which share the library; Firefox alone has this property.
    knowsSslTcp: !('mozInnerScreenX' in globalThis),
    now: () => Date.now(),
    random: () => Math.random(),
    uuid: () => crypto.randomUUID(),
  };
}

/** What Chromium on mobile devices tells of the network besides. */
interface Connection extends EventTarget {
  readonly type?: string;
}

function hearNetwork(listener: () => void): () => void {
  const { connection } = globalThis.navigator as { connection?: Connection };
  let type = connection?.type;
  // Changes of the estimated speed come by the same event, and are none of our business.
  const changed = () => {
    if (connection?.type !== type) {
      type = connection?.type;
      listener();
    }
  };
  globalThis.addEventListener('online', listener);
  globalThis.addEventListener('offline', listener);
  connection?.addEventListener('change', changed);
  return () => {
    globalThis.removeEventListener('online', listener);
    globalThis.removeEventListener('offline', listener);
    connection?.removeEventListener('change', changed);
  };
}
