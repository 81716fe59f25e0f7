import {
  CallError,
  type CallEnd,
  type CallState,
  type ChatMessage,
  type JoinTicket,
  type Participant,
} from '@video-window/client';
import type { OwnMedia } from '../media/own-media.ts';
import { Store } from '../store.ts';
import type { CallLike } from './call-like.ts';
import type { CallNotice } from './notice.ts';
import { Publishing } from './publishing.ts';
import { captureNotice, captureScreen } from './screen-capture.ts';

/** What the pages show of a call. */
export interface CallSnapshot {
  readonly state: CallState;
  /** We have been in the room: from then on a lost connection is a reconnection. */
  readonly entered: boolean;
  /** Our id in the room; another one when we had to come back with a new ticket. */
  readonly ownId: string;
  readonly moderator: boolean;
  readonly others: readonly Participant[];
  /** Who of the others spoke last. */
  readonly speaker: string | undefined;
  readonly chat: readonly ChatMessage[];
  /** How many lines the others have written so far. */
  readonly received: number;
  /** Our own screen while it is shared. */
  readonly screen: MediaStreamTrack | undefined;
  readonly end: CallEnd | undefined;
  /** It was us who ended it for everybody. */
  readonly endedByUs: boolean;
}

/** What is kept of the chat; older lines are forgotten. */
const mostLines = 1_000;

/** One call as the pages see it: the client library's events gathered into one state, and what can be done. */
export class CallSession extends Store<CallSnapshot> {
  readonly ticket: JoinTicket;
  readonly media: OwnMedia;
  readonly call: CallLike;
  readonly #publishing: Publishing;
  #notify: (notice: CallNotice) => void = () => undefined;

  constructor(call: CallLike, ticket: JoinTicket, media: OwnMedia) {
    super({
      state: 'idle',
      entered: false,
      ownId: ticket.endpointId,
      moderator: ticket.role === 'owner' || ticket.role === 'moderator',
      others: [],
      speaker: undefined,
      chat: [],
      received: 0,
      screen: undefined,
      end: undefined,
      endedByUs: false,
    });
    this.call = call;
    this.ticket = ticket;
    this.media = media;
    this.#publishing = new Publishing(call, media, (failure) => this.#warn(failure));
    this.#listen();
  }

  /** Who is told what happens, while the call is on the screen; the result ends that. */
  onNotice(listener: (notice: CallNotice) => void): () => void {
    this.#notify = listener;
    return () => {
      this.#notify = () => undefined;
    };
  }

  async join(): Promise<void> {
    try {
      await this.call.join(this.#publishing.atJoin);
      this.#update({ entered: true });
      this.#refresh();
      this.#publishing.start();
    } catch (failure) {
      if (this.state.end === undefined) {
        this.#finish({
          by: 'failed',
          reason: undefined,
          message: '',
          error:
            failure instanceof CallError
              ? failure
              : new CallError('protocol', 'The call did not start.', 'retry'),
        });
      }
    }
  }

  /** Leaves; serves when the page goes away too. */
  leave(): void {
    void this.call.leave().catch(() => undefined);
  }

  async endForEveryone(): Promise<void> {
    this.#update({ endedByUs: true });
    try {
      await this.call.endForEveryone();
    } catch (failure) {
      this.#update({ endedByUs: false });
      this.#warn(failure);
    }
  }

  async shareScreen(): Promise<void> {
    let track: MediaStreamTrack | undefined;
    try {
      track = await captureScreen();
      if (this.state.end !== undefined) {
        track.stop();
        return;
      }
      const shared = track;
      track.addEventListener('ended', () => {
        if (this.state.screen === shared) {
          this.#update({ screen: undefined });
        }
      });
      this.#update({ screen: track });
      await this.call.startScreenShare(track);
    } catch (failure) {
      track?.stop();
      this.#update({ screen: undefined });
      this.#notify(captureNotice(failure));
    }
  }

  async stopSharing(): Promise<void> {
    const { screen } = this.state;
    this.#update({ screen: undefined });
    await this.#attempt(this.call.stopScreenShare());
    screen?.stop();
  }

  sendChat(text: string): void {
    try {
      this.call.sendChat(text);
    } catch (failure) {
      this.#warn(failure);
    }
  }

  mute(participant: Participant): Promise<void> {
    return this.#attempt(this.call.muteParticipant(participant.id, 'audio'));
  }

  remove(participant: Participant): Promise<void> {
    return this.#attempt(this.call.kick(participant.id));
  }

  nameOf(id: string): string {
    const name = this.call.participants.get(id)?.name;
    return name === undefined || name === '' ? 'Somebody' : name;
  }

  #listen(): void {
    const { call } = this;
    call.on('state', ({ state }) => this.#update({ state }));
    call.on('participant-joined', ({ participant }) => {
      this.#refresh();
      if (this.#settled()) {
        this.#notify({ text: `${participant.name || 'Somebody'} joined`, tone: 'info' });
      }
    });
    call.on('participant-left', ({ participant }) => {
      this.#refresh();
      if (this.#settled()) {
        this.#notify({ text: `${participant.name || 'Somebody'} left`, tone: 'info' });
      }
    });
    call.on('participant-changed', () => this.#refresh());
    call.on('source-added', () => this.#refresh());
    call.on('source-removed', () => this.#refresh());
    call.on('source-changed', () => this.#refresh());
    call.on('dominant-speaker', ({ participantId }) => {
      // Nobody wants to look at themselves while they speak: the last of the others stays.
      if (participantId !== undefined && participantId !== this.state.ownId) {
        this.#update({ speaker: participantId });
      }
    });
    call.on('chat', (message) => this.#heard(message));
    call.on('muted-by', ({ kind, participantId }) => this.#mutedBy(kind, participantId));
    call.on('ended', (end) => this.#finish(end));
  }

  #heard(message: ChatMessage): void {
    const { chat, received } = this.state;
    this.#update({ chat: [...chat, message].slice(-mostLines), received: received + (message.own ? 0 : 1) });
    if (!message.own) {
      this.#notify({
        text: `${message.name || 'Somebody'} wrote in the chat`,
        tone: 'info',
        whispered: true,
      });
    }
  }

  #mutedBy(kind: 'audio' | 'video', by: string): void {
    this.#publishing.wasMuted(kind);
    void (kind === 'audio' ? this.media.setMicrophone(false) : this.media.setCamera(false));
    const what = kind === 'audio' ? 'muted your microphone' : 'turned your camera off';
    this.#notify({ text: `${this.nameOf(by)} ${what}`, tone: 'warning' });
  }

  #finish(end: CallEnd): void {
    this.#publishing.stop();
    this.state.screen?.stop();
    this.#update({ end, screen: undefined, others: [], speaker: undefined });
  }

  #refresh(): void {
    const { local, participants } = this.call;
    const moderator = this.state.entered ? local.isModerator : this.state.moderator;
    this.#update({ others: [...participants.values()], moderator, ownId: local.id });
  }

  /** While we come in or back, people appear who have been here all the time. */
  #settled(): boolean {
    const { entered, state } = this.state;
    return entered && (state === 'connected' || state === 'waiting');
  }

  async #attempt(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (failure) {
      this.#warn(failure);
    }
  }

  #warn(failure: unknown): void {
    const text = failure instanceof CallError ? failure.message : 'That did not work. Try again.';
    this.#notify({ text, tone: 'warning' });
  }

  #update(change: Partial<CallSnapshot>): void {
    this.set({ ...this.state, ...change });
  }
}
