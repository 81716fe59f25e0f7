import type { CallSession } from './call-session.ts';

/** What a page shows of its call to whoever looks into it: for diagnosis and tests, not for control. */
export interface Diagnosis {
  readonly peerConnection: RTCPeerConnection | undefined;
  readonly session: CallSession;
}

declare global {
  var videoWindow: Diagnosis | undefined;
}

/** Puts it on the page; the result takes it away again. */
export function showDiagnosis(session: CallSession): () => void {
  globalThis.videoWindow = {
    // Another one after each restart of the media session.
    get peerConnection() {
      return session.call.peerConnection;
    },
    session,
  };
  return () => {
    globalThis.videoWindow = undefined;
  };
}
