import type { CallOptions, LocalMedia } from './call-options.ts';
import { type CallPhase, callState } from './call-state.ts';
import { comeBack } from './comeback.ts';
import { Emitter } from './emitter.ts';
import { browserEnvironment, type Environment } from './environment.ts';
import { asCallError, CallError, wrongState } from './errors.ts';
import type { CallEnd, CallEvents, CallListener, CallState } from './events.ts';
import { type Log, noLog } from './log.ts';
import { OwnMedia, type Slot } from './media/own-media.ts';
import { Receiving, type ReceiveWish } from './media/receiving.ts';
import type { MediaState } from './media/keeper-parts.ts';
import { SessionKeeper } from './media/session-keeper.ts';
import type { VideoCodec } from './media/video-codec.ts';
import type { MediaKind, Participant } from './participant.ts';
import { Picture } from './people/picture.ts';
import { chatMessage, MAX_CHAT_LENGTH } from './room/chat.ts';
import { endConferenceMessage, kickRequest, type MuteOrder, muteRequest } from './room/moderation.ts';
import type { Departure } from './room/presence.ts';
import { CONNECTION_LOST, Stay } from './stay.ts';
import type { JoinTicket } from './ticket.ts';
import type { XmlElement } from './xmpp/element.ts';

/** The room is destroyed within milliseconds of a moderator's order, if it is one. */
const END_TIMEOUT_MS = 5_000;
/** After a restart of the server all come back, each at their own pace; who is not there by then has gone. */
const DOUBT_MS = 5_000;

/**
 * One participation in one meeting: join, publish, receive, chat, leave. Used once; to join again make another one.
 *
 * Tracks belong to the application: they are sent, never stopped, here.
 */
export class Call {
  readonly #environment: Environment;
  readonly #log: Log;
  readonly #renewTicket: (() => Promise<JoinTicket>) | undefined;
  readonly #emitter: Emitter;
  readonly #picture: Picture;
  readonly #own = new OwnMedia();
  readonly #receiving = new Receiving();
  readonly #wishes: { readonly codec: VideoCodec; readonly sourceMapping: boolean };
  readonly #keeper: SessionKeeper;
  #ticket: JoinTicket;
  #phase: CallPhase = 'idle';
  #media: MediaState = 'none';
  #state: CallState = 'idle';
  #stay: Stay | undefined;
  /** The stay that is being entered; from the first success on also {@link #stay}. */
  #entering: Stay | undefined;
  #stopDoubting: () => void = () => undefined;
  #stopHearingNetwork: () => void = () => undefined;
  #endScreenTrack: () => void = () => undefined;

  constructor(options: CallOptions) {
    this.#ticket = options.ticket;
    this.#environment = options.environment ?? browserEnvironment();
    this.#log = options.log ?? noLog;
    this.#renewTicket = options.renewTicket;
    const { videoCodec: codec = 'vp8', sourceMapping = false } = options;
    this.#wishes = { codec, sourceMapping };
    this.#emitter = new Emitter(this.#log);
    this.#picture = new Picture(options.ticket, this.#own, this.#environment, this.#emitter);
    this.#keeper = new SessionKeeper({
      environment: this.#environment,
      log: this.#log,
      own: this.#own,
      receiving: this.#receiving,
      codec,
      streamIds: options.simulcastBy === 'rid',
      alone: () => this.#picture.alone,
      handlers: {
        tracks: (tracks) => this.#picture.tracks(tracks),
        state: (state) => this.#setMedia(state),
        bridge: (message) => this.#picture.bridge(message),
        gaveUp: (error) => this.#fail(error),
      },
    });
    this.#emitter.on('participant-joined', () => this.#refreshState());
    this.#emitter.on('participant-left', () => this.#refreshState());
  }

  /** Where the call stands. */
  get state(): CallState {
    return this.#state;
  }

  /** Everybody else in the meeting, by id. A new map after each change, so that identity tells of one. */
  get participants(): ReadonlyMap<string, Participant> {
    return this.#picture.participants;
  }

  /** Ourselves. A new value after each change. */
  get local(): Participant {
    return this.#picture.local;
  }

  /** The id of who speaks; undefined when the bridge has not said so. */
  get dominantSpeaker(): string | undefined {
    return this.#picture.dominantSpeaker;
  }

  /** For diagnosis only; another one after each restart of the media session. */
  get peerConnection(): RTCPeerConnection | undefined {
    return this.#keeper.session?.peerConnection;
  }

  /** Hears an event from now on; the result ends that. */
  on<K extends keyof CallEvents>(event: K, listener: CallListener<K>): () => void {
    return this.#emitter.on(event, listener);
  }

  /** Enters the meeting. Resolves in the room, rejects with a {@link CallError}. */
  async join(media: LocalMedia = {}): Promise<void> {
    if (this.#phase !== 'idle') {
      throw wrongState('A call can be joined once.');
    }
    this.#own.setTrack('audio', media.audio ?? null);
    this.#own.setTrack('camera', media.video ?? null);
    this.#own.setMuted('audio', media.audioMuted ?? false);
    this.#own.setMuted('camera', media.videoMuted ?? false);
    this.#setPhase('joining');
    this.#stopHearingNetwork =
      this.#environment.onNetworkChange?.(() => this.#networkChanged()) ?? (() => undefined);
    this.#picture.refreshLocal();
    try {
      await this.#enter(this.#ticket);
    } catch (error) {
      const failure = asCallError(error);
      this.#fail(failure);
      throw failure;
    }
  }

  /** Publishes another microphone track, or none. Does not change whether it is muted. */
  setAudioTrack(track: MediaStreamTrack | null): Promise<void> {
    return this.#changeOwn('audio', () => this.#own.setTrack('audio', track));
  }

  /** Publishes another camera track, or none. Does not change whether it is muted. */
  setVideoTrack(track: MediaStreamTrack | null): Promise<void> {
    return this.#changeOwn('camera', () => this.#own.setTrack('camera', track));
  }

  /** Mutes or unmutes the microphone; others see it at once. While muted nothing is sent. */
  setAudioMuted(muted: boolean): Promise<void> {
    return this.#changeOwn('audio', () => this.#own.setMuted('audio', muted));
  }

  /** Turns the camera off or on; while off nothing is sent. To put its light out, stop the track as well. */
  setVideoMuted(muted: boolean): Promise<void> {
    return this.#changeOwn('camera', () => this.#own.setMuted('camera', muted));
  }

  /** Publishes a screen next to the camera. Ends by itself when the track ends, and when it is refused. */
  async startScreenShare(track: MediaStreamTrack): Promise<void> {
    this.#endScreenTrack();
    const ended = () => void this.stopScreenShare().catch(() => undefined);
    track.addEventListener('ended', ended);
    this.#endScreenTrack = () => track.removeEventListener('ended', ended);
    try {
      await this.#changeOwn('screen', () => this.#own.setTrack('screen', track));
    } catch (error) {
      await this.stopScreenShare().catch(() => undefined);
      throw error;
    }
  }

  /** Takes the screen back. Does nothing when none is shared. */
  stopScreenShare(): Promise<void> {
    this.#endScreenTrack();
    return this.#changeOwn('screen', () => this.#own.setTrack('screen', null));
  }

  /** Says what of the others' videos is shown here, and how large: more is not sent to us. */
  setReceiving(wish: Partial<ReceiveWish>): void {
    this.#receiving.change(wish);
  }

  /** Writes to everybody. It comes back as a `chat` event when the room has taken it. */
  sendChat(text: string): void {
    const stay = this.#present();
    if (text.length > MAX_CHAT_LENGTH) {
      throw wrongState(`A message has at most ${MAX_CHAT_LENGTH} characters.`);
    }
    if (text.trim() !== '') {
      stay.connection.send(chatMessage(stay.room.jid, this.#environment.uuid(), text));
    }
  }

  /**
   * Sends an object to one participant's application, or (`undefined`) to all, over the bridge. False when there is no
   * channel to the bridge at present.
   */
  sendMessage(to: string | undefined, payload: Readonly<Record<string, unknown>>): boolean {
    return this.#keeper.session?.sendMessage(to ?? '', payload) ?? false;
  }

  /** Leaves. What has to be sent is sent before this returns, so that it serves in `pagehide` too. */
  leave(): Promise<void> {
    const done = this.#stay?.leave(this.#keeper.close()) ?? Promise.resolve();
    this.#end('left', { by: 'left', reason: undefined, message: 'You left the meeting.', error: undefined });
    return done;
  }

  /** Ends the meeting for everybody (moderators). Rejects when the server does not do it. */
  async endForEveryone(): Promise<void> {
    const stay = this.#present();
    const ended = this.#emitter.next('ended', this.#environment, END_TIMEOUT_MS);
    stay.connection.send(endConferenceMessage(this.#ticket.xmpp.endConferenceJid));
    if (!(await ended)) {
      throw new CallError('not-allowed', 'The server did not end the meeting.', 'ask-moderator');
    }
  }

  /** Mutes somebody else (moderators). Nobody can be unmuted by another. */
  async muteParticipant(participantId: string, kind: MediaKind): Promise<void> {
    const { room } = this.#present();
    await this.#order(muteRequest(room.focusJid, `${room.jid}/${participantId}`, kind));
  }

  /** Removes somebody from the meeting (moderators). */
  async kick(participantId: string, reason?: string): Promise<void> {
    await this.#order(kickRequest(this.#present().room.jid, participantId, reason));
  }

  async #order(iq: XmlElement): Promise<void> {
    try {
      await this.#present().connection.request(iq);
    } catch {
      throw new CallError('not-allowed', 'The server did not do that. Are you a moderator?', 'ask-moderator');
    }
  }

  #present(): Stay {
    // While interrupted too: what is said then goes out when the server can be heard again.
    if ((this.#phase !== 'inside' && this.#phase !== 'interrupted') || !this.#stay) {
      throw wrongState('You are not in the meeting.');
    }
    return this.#stay;
  }

  async #changeOwn(slot: Slot, change: () => void): Promise<void> {
    change();
    this.#picture.refreshLocal();
    this.#stay?.show();
    await this.#keeper.publish(slot);
  }

  async #enter(ticket: JoinTicket): Promise<void> {
    const previous = this.#stay;
    const stay: Stay = new Stay({
      environment: this.#environment,
      log: this.#log,
      ticket,
      own: this.#own,
      ...this.#wishes,
      keeper: this.#keeper,
      handlers: {
        here: (occupant) => this.#picture.here(occupant),
        gone: ({ nick }) => this.#picture.gone(nick),
        self: (occupant) => this.#picture.self(occupant),
        out: (departure) => this.#putOut(departure),
        interrupted: () => this.#interrupted(),
        resumed: () => this.#resumed(),
        lost: () => this.#lost(),
        chat: (line) => this.#picture.heard(line),
        mute: (order) => void this.#obey(order),
        trouble: (error) => this.#emitter.emit('error', error),
      },
    });
    this.#entering = stay;
    if (!previous) {
      this.#stay = stay;
    }
    await stay.enter(previous !== undefined, () => {
      // From here on the room tells anew who is there. Media go on as they do until the focus invites us again.
      previous?.close();
      this.#stopDoubting();
      this.#picture.doubtAll();
      this.#ticket = ticket;
      this.#stay = stay;
      this.#keeper.attach(stay);
    });
    if (!this.#isOver()) {
      this.#setPhase('inside');
      this.#stopDoubting = this.#environment.schedule(DOUBT_MS, () => {
        this.#picture.removeDoubtful();
        this.#keeper.settle();
      });
    }
  }

  #networkChanged(): void {
    this.#log('info', 'the network has changed');
    this.#keeper.networkChanged();
    this.#entering?.networkChanged();
    if (this.#stay !== this.#entering) {
      this.#stay?.networkChanged();
    }
  }

  #interrupted(): void {
    if (this.#phase === 'inside') {
      this.#setPhase('interrupted');
    }
  }

  #resumed(): void {
    if (this.#phase === 'interrupted') {
      this.#setPhase('inside');
    }
  }

  #lost(): void {
    if (this.#phase !== 'inside' && this.#phase !== 'interrupted') {
      return;
    }
    this.#log('warn', 'the connection to the server was lost');
    this.#setPhase('returning');
    comeBack(this.#ticket, {
      environment: this.#environment,
      enter: (ticket) => this.#enter(ticket),
      renewTicket: this.#renewTicket,
      cancelled: () => this.#phase !== 'returning',
    }).catch((error: unknown) => {
      const failure = asCallError(error);
      const passing = failure.code === 'connection-failed';
      this.#fail(passing ? new CallError('connection-lost', CONNECTION_LOST, 'check-network') : failure);
    });
  }

  #putOut({ cause }: Departure): void {
    this.#keeper.close();
    this.#stay?.close();
    if (cause.kind === 'destroyed') {
      const message = 'The meeting was ended.';
      this.#end('left', { by: 'ended', reason: cause.reason, message, error: undefined });
    } else {
      const message = 'You were removed from the meeting.';
      const reason = cause.kind === 'kicked' ? cause.reason : undefined;
      this.#end('left', { by: 'kicked', reason, message, error: undefined });
    }
  }

  #fail(error: CallError): void {
    if (this.#isOver()) {
      return;
    }
    this.#emitter.emit('error', error);
    void this.#stay?.leave(this.#keeper.close());
    this.#end('failed', { by: 'failed', reason: undefined, message: error.message, error });
  }

  #end(phase: 'left' | 'failed', end: CallEnd): void {
    if (this.#isOver()) {
      return;
    }
    this.#endScreenTrack();
    this.#stopDoubting();
    this.#stopHearingNetwork();
    // The state first: that the others are gone now is no news of theirs.
    this.#setPhase(phase);
    this.#picture.clear();
    this.#emitter.emit('ended', end);
  }

  #isOver(): boolean {
    return this.#phase === 'left' || this.#phase === 'failed';
  }

  async #obey({ kind, by }: MuteOrder): Promise<void> {
    if (kind === 'desktop') {
      await this.stopScreenShare().catch(() => undefined);
    } else {
      const slot = kind === 'audio' ? 'audio' : 'camera';
      await this.#changeOwn(slot, () => this.#own.setMuted(slot, true)).catch(() => undefined);
    }
    this.#emitter.emit('muted-by', { kind: kind === 'audio' ? 'audio' : 'video', participantId: by });
  }

  #setMedia(media: MediaState): void {
    // What was broken is so until it flows again, not as good as new.
    this.#media = media === 'starting' && this.#media === 'broken' ? 'broken' : media;
    this.#refreshState();
  }

  #setPhase(phase: CallPhase): void {
    this.#phase = phase;
    this.#refreshState();
  }

  #refreshState(): void {
    const previous = this.#state;
    const state = callState(this.#phase, this.#media, this.#picture.alone);
    if (state !== previous) {
      this.#state = state;
      this.#emitter.emit('state', { state, previous });
    }
  }
}
