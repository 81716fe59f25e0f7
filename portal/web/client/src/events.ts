import type { CallError } from './errors.ts';
import type { MediaKind, Participant, Source } from './participant.ts';

/**
 * Where a call stands.
 *
 * - `idle`: made, not joined yet.
 * - `connecting`: signing in and entering the room.
 * - `waiting`: in the room; no media yet, for example because nobody else is here.
 * - `connected`: media flow to and from the bridge.
 * - `reconnecting`: was in the room and lost the server or the bridge; it is being repaired.
 * - `left`: over, as somebody wanted: we left, were removed, or the meeting was ended.
 * - `failed`: over, because something broke.
 */
export type CallState = 'idle' | 'connecting' | 'waiting' | 'connected' | 'reconnecting' | 'left' | 'failed';

/** A line of chat. */
export interface ChatMessage {
  readonly id: string;
  /** Who wrote it; they may have left since. */
  readonly participantId: string;
  /** Their name at that time. */
  readonly name: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** True when we wrote it ourselves. */
  readonly own: boolean;
}

/** How a call came to its end. */
export interface CallEnd {
  /**
   * - `left`: we left.
   * - `ended`: a moderator ended the meeting for everybody.
   * - `kicked`: a moderator, or the server, removed us.
   * - `failed`: something broke; {@link error} says what.
   */
  readonly by: 'left' | 'ended' | 'kicked' | 'failed';
  /** What was given as the reason, if anything: text from a moderator or the server. */
  readonly reason: string | undefined;
  /** A sentence for people. */
  readonly message: string;
  readonly error: CallError | undefined;
}

/** The events of a {@link Call} and what comes with each. */
export interface CallEvents {
  /** The state changed. */
  state: { readonly state: CallState; readonly previous: CallState };
  /** Somebody came in, or was there already when we did. */
  'participant-joined': { readonly participant: Participant };
  /**
   * Somebody has left, and their sources were removed before. When the state is `reconnecting`, `left` or `failed`, it is
   * only that we see them no longer.
   */
  'participant-left': { readonly participant: Participant };
  /** Name, role, picture or sources of somebody (or of ourselves) changed. */
  'participant-changed': { readonly participant: Participant; readonly previous: Participant };
  /** A remote track can be shown or played from now on. */
  'source-added': { readonly participant: Participant; readonly source: Source };
  /** A remote track has gone. */
  'source-removed': { readonly participant: Participant; readonly source: Source };
  /** A source was muted or unmuted, changed its video type, or whether it is forwarded. */
  'source-changed': { readonly participant: Participant; readonly source: Source; readonly previous: Source };
  /** Who speaks; undefined when nobody is known to. The last speakers come first in `previous`. */
  'dominant-speaker': { readonly participantId: string | undefined; readonly previous: readonly string[] };
  /** The video sources the bridge forwards to us at present, by name. */
  'forwarded-sources': { readonly names: readonly string[] };
  /** Somebody (or we) wrote something. */
  chat: ChatMessage;
  /** Another participant's application sent us something over the bridge. */
  message: { readonly from: string; readonly payload: Readonly<Record<string, unknown>> };
  /** A moderator muted us; the library has done it already. */
  'muted-by': { readonly kind: MediaKind; readonly participantId: string };
  /** The call is over. Comes exactly once, after the change of state. */
  ended: CallEnd;
  /** Something went wrong. When the call cannot go on, `ended` follows. */
  error: CallError;
}

/** Takes one event. Whatever it throws is logged and goes no further. */
export type CallListener<K extends keyof CallEvents> = (event: CallEvents[K]) => void;
