import type { BridgeMessage } from '../channel/messages.ts';
import type { Emitter } from '../emitter.ts';
import type { Environment } from '../environment.ts';
import type { OwnMedia } from '../media/own-media.ts';
import type { RemoteTrack } from '../media/peer.ts';
import type { Participant } from '../participant.ts';
import type { ReceivedChat } from '../room/chat.ts';
import type { Occupant } from '../room/presence.ts';
import type { JoinTicket } from '../ticket.ts';
import { asParticipant, Directory } from './directory.ts';
import { sameParticipant } from './participant-changes.ts';

/**
 * The meeting as an application sees it: we, the others, who speaks, what is said. What room, media and bridge tell
 * goes in; changes come out as events. Owned by the call; outlives connections.
 */
export class Picture {
  readonly #environment: Environment;
  readonly #emitter: Emitter;
  readonly #own: OwnMedia;
  readonly #directory: Directory;
  #self: Occupant;
  #local: Participant;
  #dominantSpeaker: string | undefined;

  /** `ticket` says who we are until the room does. */
  constructor(ticket: JoinTicket, own: OwnMedia, environment: Environment, emitter: Emitter) {
    this.#environment = environment;
    this.#emitter = emitter;
    this.#own = own;
    this.#directory = new Directory(({ event, value }) => emitter.emit(event, value));
    this.#self = occupantOf(ticket);
    this.#local = asParticipant(this.#self, true, []);
  }

  get participants(): ReadonlyMap<string, Participant> {
    return this.#directory.participants;
  }

  get local(): Participant {
    return this.#local;
  }

  get dominantSpeaker(): string | undefined {
    return this.#dominantSpeaker;
  }

  get alone(): boolean {
    return this.#directory.participants.size === 0;
  }

  here(occupant: Occupant): void {
    this.#directory.setOccupant(occupant);
  }

  gone(id: string): void {
    if (this.#dominantSpeaker === id) {
      this.#setSpeaker(undefined, []);
    }
    this.#directory.removeOccupant(id);
  }

  /** The others are no longer to be seen from here. */
  clear(): void {
    this.#setSpeaker(undefined, []);
    this.#directory.clear();
  }

  /** The room is entered anew: whoever was here stays until {@link removeDoubtful}, or until they are seen to leave. */
  doubtAll(): void {
    this.#directory.doubtAll();
  }

  /** Whoever was not seen again since {@link doubtAll} has gone. */
  removeDoubtful(): void {
    this.#directory.removeDoubtful();
  }

  tracks(tracks: readonly RemoteTrack[]): void {
    this.#directory.setTracks(tracks);
  }

  /** What the room shows of ourselves. */
  self(occupant: Occupant): void {
    this.#self = occupant;
    this.refreshLocal();
  }

  /** Our own media have changed. */
  refreshLocal(): void {
    const previous = this.#local;
    const next = asParticipant(this.#self, true, this.#own.sources(this.#self.nick));
    if (previous.id !== next.id || !sameParticipant(previous, next)) {
      this.#local = next;
      this.#emitter.emit('participant-changed', { participant: next, previous });
    }
  }

  heard({ id, nick, text, at }: ReceivedChat): void {
    const own = nick === this.#local.id;
    const name = own ? this.#local.name : (this.#directory.participants.get(nick)?.name ?? '');
    this.#emitter.emit('chat', {
      id: id || this.#environment.uuid(),
      participantId: nick,
      name,
      text,
      at: at ?? this.#environment.now(),
      own,
    });
  }

  bridge(message: BridgeMessage): void {
    switch (message.kind) {
      case 'dominant-speaker':
        return this.#setSpeaker(message.endpoint, message.previous);
      case 'forwarded-sources':
        this.#directory.setForwarded(message.names);
        return this.#emitter.emit('forwarded-sources', { names: message.names });
      case 'endpoint-message':
        return this.#emitter.emit('message', { from: message.from, payload: message.payload });
      case 'mapped-sources':
      case 'sender-constraint':
        return; // a matter of the session
    }
  }

  #setSpeaker(participantId: string | undefined, previous: readonly string[]): void {
    if (participantId !== this.#dominantSpeaker) {
      this.#dominantSpeaker = participantId;
      this.#emitter.emit('dominant-speaker', { participantId, previous });
    }
  }
}

function occupantOf(ticket: JoinTicket): Occupant {
  const moderator = ticket.role === 'owner' || ticket.role === 'moderator';
  return {
    nick: ticket.endpointId,
    name: ticket.displayName,
    role: moderator ? 'moderator' : 'participant',
    realJid: undefined,
    avatarUrl: undefined,
    sources: new Map(),
    bridgeMissing: false,
    iceRestart: false,
  };
}
