import type { CallSession } from './call/call-session.ts';

/** What a page shows of itself to whoever looks into it: for diagnosis and tests, not for control. */
export interface Diagnosis {
  /** The call's, while there is one. */
  readonly peerConnection?: RTCPeerConnection | undefined;
  readonly session?: CallSession | undefined;
  /** On the page that tests the connection. */
  readonly connectionTest?:
    | {
        readonly done: boolean;
        readonly checks: readonly {
          readonly name: string;
          readonly result: string;
          readonly detail: string;
        }[];
      }
    | undefined;
}

declare global {
  var videoWindow: Diagnosis | undefined;
}

/** Puts something on the page, read anew each time; the result takes it away again. */
export function showDiagnosis<Name extends keyof Diagnosis>(
  name: Name,
  read: () => Diagnosis[Name],
): () => void {
  const shown = (globalThis.videoWindow ??= {});
  Object.defineProperty(shown, name, { get: read, configurable: true, enumerable: true });
  return () => {
    Reflect.deleteProperty(shown, name);
  };
}

/** Shows a call: the peer connection is another one after each restart of the media session. */
export function showCall(session: CallSession): () => void {
  const hide = [
    showDiagnosis('peerConnection', () => session.call.peerConnection),
    showDiagnosis('session', () => session),
  ];
  return () => hide.forEach((each) => each());
}
