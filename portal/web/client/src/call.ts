import type { Environment } from './environment.ts';
import type { CallEvents, CallListener, CallState } from './events.ts';
import type { MediaKind, Participant } from './participant.ts';
import type { JoinTicket } from './ticket.ts';

/** Takes one line of log. `detail` holds no names, addresses or message texts. */
export type Log = (level: 'debug' | 'info' | 'warn', message: string, detail?: unknown) => void;

/** What a {@link Call} is made of. */
export interface CallOptions {
  /** The portal's ticket for this participation. */
  readonly ticket: JoinTicket;
  /** Default: the browser's own. */
  readonly environment?: Environment;
  /** Default: nowhere. */
  readonly log?: Log;
  /**
   * Asked for a new ticket when the server was lost and the old one does not open the door any more. Without it
   * such a call fails with `ticket-expired`.
   */
  readonly renewTicket?: () => Promise<JoinTicket>;
}

/** Our own tracks at the time of joining. */
export interface LocalMedia {
  readonly audio?: MediaStreamTrack | null;
  readonly video?: MediaStreamTrack | null;
  /** Join with the microphone muted. */
  readonly audioMuted?: boolean;
  /** Join with the camera off. */
  readonly videoMuted?: boolean;
}

/** One participation in one meeting: join, publish, receive, chat, leave. Used once. */
export class Call {
  readonly #options: CallOptions;
  readonly #state: CallState = 'idle';

  constructor(options: CallOptions) {
    this.#options = options;
  }

  get state(): CallState {
    return this.#state;
  }
  /** Everybody else in the meeting, by id. A new map after each change. */
  get participants(): ReadonlyMap<string, Participant> {
    return new Map();
  }
  /** Ourselves. A new value after each change. */
  get local(): Participant {
    throw this.#missing();
  }
  /** The id of who speaks. */
  get dominantSpeaker(): string | undefined {
    return undefined;
  }
  /** For diagnosis only; another one after each restart of the media session. */
  get peerConnection(): RTCPeerConnection | undefined {
    return undefined;
  }
  /** Hears an event from now on; the result ends that. */
  on<K extends keyof CallEvents>(event: K, listener: CallListener<K>): () => void {
    throw this.#missing(event, listener);
  }
  /** Enters the meeting. Resolves in the room, rejects with a {@link CallError}. */
  join(media: LocalMedia = {}): Promise<void> {
    return Promise.reject(this.#missing(media));
  }
  /** Publishes another microphone track, or none. Does not change whether it is muted. */
  setAudioTrack(track: MediaStreamTrack | null): Promise<void> {
    return Promise.reject(this.#missing(track));
  }
  /** Publishes another camera track, or none. Does not change whether it is muted. */
  setVideoTrack(track: MediaStreamTrack | null): Promise<void> {
    return Promise.reject(this.#missing(track));
  }
  /** Mutes or unmutes the microphone; others see it at once. */
  setAudioMuted(muted: boolean): Promise<void> {
    return Promise.reject(this.#missing(muted));
  }
  /** Turns the camera off or on; while off nothing is sent. The track stays with the application. */
  setVideoMuted(muted: boolean): Promise<void> {
    return Promise.reject(this.#missing(muted));
  }
  /** Publishes a screen next to the camera. Ends by itself when the track ends. */
  startScreenShare(track: MediaStreamTrack): Promise<void> {
    return Promise.reject(this.#missing(track));
  }
  stopScreenShare(): Promise<void> {
    return Promise.reject(this.#missing());
  }
  /** Writes to everybody. It comes back as a `chat` event when the room has taken it. */
  sendChat(text: string): void {
    throw this.#missing(text);
  }
  /** Sends an object to one participant's application, or (`undefined`) to all, over the bridge. */
  sendMessage(to: string | undefined, payload: Readonly<Record<string, unknown>>): void {
    throw this.#missing([to, payload]);
  }
  /** Leaves. What has to be sent is sent before this returns, so that it serves in `pagehide` too. */
  leave(): Promise<void> {
    return Promise.reject(this.#missing());
  }
  /** Ends the meeting for everybody (moderators). */
  endForEveryone(): Promise<void> {
    return Promise.reject(this.#missing());
  }
  /** Mutes somebody else (moderators). Nobody can be unmuted by another. */
  muteParticipant(participantId: string, kind: MediaKind): Promise<void> {
    return Promise.reject(this.#missing([participantId, kind]));
  }
  /** Removes somebody from the meeting (moderators). */
  kick(participantId: string, reason?: string): Promise<void> {
    return Promise.reject(this.#missing([participantId, reason]));
  }

  #missing(...given: unknown[]): Error {
    return new Error(`not there yet (${this.#options.ticket.room}, ${given.length})`);
  }
}
