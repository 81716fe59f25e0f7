import type {
  CallEvents,
  CallListener,
  CallState,
  JoinTicket,
  Participant,
  ReceiveWish,
  Source,
} from '@video-window/client';
import type { CallLike } from '../src/call/call-like.ts';

const names = [
  'Amara Okafor',
  'Jonas Lindqvist',
  'Mei Tanaka',
  'Luís Carvalho',
  'Nadia Haddad',
  'Piotr Wiśniewski',
  'Sofia Marino',
  'Ravi Menon',
  'Claire Dubois',
  'Tomás Herrera',
  'Ingrid Solberg',
  'Kofi Mensah',
];

export interface Cast {
  /** How many others are there. */
  readonly people: number;
  readonly screen: boolean;
  readonly chat: boolean;
  readonly state: CallState;
  /** Draws the camera of the person with this number. */
  readonly camera: (index: number) => MediaStream;
  readonly shared: () => MediaStream;
  /** Where there is one, what is heard of somebody. */
  readonly voice?: () => MediaStream;
}

/** A call that nobody is in: it plays people for looking at the pages and for tests of them. */
export class FakeCall implements CallLike {
  readonly participants: Map<string, Participant>;
  local: Participant;
  dominantSpeaker: string | undefined;
  readonly peerConnection = undefined;
  /** What was asked of it, in order. */
  readonly asked: string[] = [];
  readonly #listeners = new Map<string, Set<(event: never) => void>>();
  readonly #cast: Cast;

  constructor(ticket: JoinTicket, cast: Cast) {
    this.#cast = cast;
    this.local = somebody(ticket.endpointId, ticket.displayName, [], true, ticket.role === 'owner');
    const others = Array.from({ length: cast.people }, (_, index) => played(index, cast));
    this.participants = new Map(others.map((person) => [person.id, person]));
  }

  on<K extends keyof CallEvents>(event: K, listener: CallListener<K>): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  emit<K extends keyof CallEvents>(event: K, value: CallEvents[K]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      (listener as CallListener<K>)(value);
    }
  }

  join(): Promise<void> {
    this.asked.push('join');
    this.emit('state', { state: this.#cast.state, previous: 'connecting' });
    this.emit('dominant-speaker', { participantId: idOf(1), previous: [] });
    if (this.#cast.chat) {
      this.#talk();
    }
    return Promise.resolve();
  }

  setAudioTrack(track: MediaStreamTrack | null): Promise<void> {
    return this.#did(`audio track ${track === null ? 'none' : track.id}`);
  }
  setVideoTrack(track: MediaStreamTrack | null): Promise<void> {
    return this.#did(`video track ${track === null ? 'none' : track.id}`);
  }
  setAudioMuted(muted: boolean): Promise<void> {
    return this.#did(`audio ${muted ? 'muted' : 'unmuted'}`);
  }
  setVideoMuted(muted: boolean): Promise<void> {
    return this.#did(`video ${muted ? 'muted' : 'unmuted'}`);
  }
  startScreenShare(): Promise<void> {
    return this.#did('screen');
  }
  stopScreenShare(): Promise<void> {
    return this.#did('no screen');
  }
  /** The last wish. */
  receiving: Partial<ReceiveWish> = {};

  setReceiving(wish: Partial<ReceiveWish>): void {
    this.receiving = { ...this.receiving, ...wish };
  }

  sendChat(text: string): void {
    this.asked.push(`chat ${text}`);
    this.#say(this.local.id, text, Date.now());
  }
  leave(): Promise<void> {
    this.emit('ended', { by: 'left', reason: undefined, message: 'You left the meeting.', error: undefined });
    return this.#did('leave');
  }
  endForEveryone(): Promise<void> {
    this.emit('ended', {
      by: 'ended',
      reason: undefined,
      message: 'The meeting was ended.',
      error: undefined,
    });
    return this.#did('end');
  }
  muteParticipant(id: string): Promise<void> {
    return this.#did(`mute ${id}`);
  }
  kick(id: string): Promise<void> {
    return this.#did(`kick ${id}`);
  }

  /** Somebody else writes. */
  hear(id: string, text: string): void {
    this.#say(id, text, Date.now());
  }

  /** The person with this number lists a screen, of which the bridge sends nothing so far. */
  listScreen(index: number): void {
    const previous = this.participants.get(idOf(index));
    if (previous !== undefined) {
      const screen: Source = {
        ...source(previous.id, 'v1', 'video', false, undefined),
        videoType: 'desktop',
        forwarded: false,
      };
      const participant = { ...previous, sources: [...previous.sources, screen] };
      this.participants.set(participant.id, participant);
      this.emit('participant-changed', { participant, previous });
    }
  }

  #talk(): void {
    const start = new Date();
    start.setHours(10, 2, 0, 0);
    const lines: [string, string, number][] = [
      [idOf(0), 'Good morning! The plan is here: https://intranet.example/rooms/autumn', 0],
      [idOf(0), 'Wednesday is still too full.', 40],
      [idOf(1), 'Could the reading group move to Friday?', 240],
      [this.local.id, 'Friday at ten would be free.', 290],
      [idOf(2), 'Works for me.', 330],
    ];
    for (const [id, text, seconds] of lines) {
      this.#say(id, text, start.getTime() + seconds * 1000);
    }
  }

  #say(id: string, text: string, at: number): void {
    const own = id === this.local.id;
    const name = own ? this.local.name : (this.participants.get(id)?.name ?? '');
    this.emit('chat', { id: `${id}-${at}-${text.length}`, participantId: id, name, text, at, own });
  }

  #did(what: string): Promise<void> {
    this.asked.push(what);
    return Promise.resolve();
  }
}

function idOf(index: number): string {
  return (0x1a2b3c4d + index * 0x01f3a7).toString(16);
}

function played(index: number, cast: Cast): Participant {
  const id = idOf(index);
  const cameraOff = index % 5 === 3;
  const sources: Source[] = [
    source(id, 'a0', 'audio', index % 3 === 2, cast.voice?.()),
    source(id, 'v0', 'video', cameraOff, cameraOff ? undefined : cast.camera(index)),
  ];
  if (cast.screen && index === 0) {
    sources.push({ ...source(id, 'v1', 'video', false, cast.shared()), videoType: 'desktop' });
  }
  const name = names[index % names.length] ?? '';
  return somebody(id, index < names.length ? name : `${name} ${index}`, sources, false, index === 4);
}

function somebody(
  id: string,
  name: string,
  sources: readonly Source[],
  isLocal: boolean,
  isModerator: boolean,
): Participant {
  const role = isModerator ? 'moderator' : 'participant';
  return { id, name, role, isModerator, avatarUrl: undefined, isLocal, sources };
}

function source(
  id: string,
  suffix: string,
  kind: 'audio' | 'video',
  muted: boolean,
  stream: MediaStream | undefined,
): Source {
  const camera = kind === 'video' ? { videoType: 'camera' as const } : {};
  const track = stream?.getTracks()[0];
  return {
    name: `${id}-${suffix}`,
    participantId: id,
    kind,
    muted,
    forwarded: true,
    track,
    stream,
    ...camera,
  };
}
