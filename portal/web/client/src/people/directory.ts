import type { RemoteTrack } from '../media/peer.ts';
import type { Participant, Source } from '../participant.ts';
import type { Occupant } from '../room/presence.ts';
import { type SourceState, sourceKind } from '../room/source-info.ts';
import { type Change, participantChanges } from './participant-changes.ts';

/** A room with more people than this shows the first ones only. */
const MAX_PEOPLE = 2_000;

/**
 * Everybody else in the meeting, put together from what the room says (who), what the media session says (tracks) and
 * what the bridge says (forwarded). Each change of one of them comes out as events. Owned by the call.
 */
export class Directory {
  readonly #emit: (change: Change) => void;
  readonly #occupants = new Map<string, Occupant>();
  /** Who was here in the room before this one, and has not been seen in this one. */
  readonly #doubtful = new Set<string>();
  #tracks = new Map<string, RemoteTrack[]>();
  #forwarded: ReadonlySet<string> | undefined;
  #participants: ReadonlyMap<string, Participant> = new Map();

  constructor(emit: (change: Change) => void) {
    this.#emit = emit;
  }

  /** By id; another map after each change. */
  get participants(): ReadonlyMap<string, Participant> {
    return this.#participants;
  }

  /** Somebody is here, or shows themselves differently. */
  setOccupant(occupant: Occupant): void {
    if (this.#occupants.has(occupant.nick) || this.#occupants.size < MAX_PEOPLE) {
      this.#occupants.set(occupant.nick, occupant);
      this.#doubtful.delete(occupant.nick);
      this.#refresh([occupant.nick]);
    }
  }

  removeOccupant(id: string): void {
    this.#doubtful.delete(id);
    if (this.#occupants.delete(id)) {
      this.#refresh([id]);
    }
  }

  /** The room is entered anew and will tell who is here: until then everybody counts as here who was so before. */
  doubtAll(): void {
    [...this.#occupants.keys()].forEach((id) => this.#doubtful.add(id));
  }

  /** Whoever has not been seen again has gone. */
  removeDoubtful(): void {
    const gone = [...this.#doubtful];
    this.#doubtful.clear();
    gone.forEach((id) => this.#occupants.delete(id));
    this.#refresh(gone);
  }

  /** All remote tracks there are now. */
  setTracks(tracks: readonly RemoteTrack[]): void {
    const before = this.#tracks;
    this.#tracks = new Map();
    for (const track of tracks) {
      const { owner } = track.source;
      const of = this.#tracks.get(owner);
      if (of) {
        of.push(track);
      } else {
        this.#tracks.set(owner, [track]);
      }
    }
    this.#refresh([...new Set([...before.keys(), ...this.#tracks.keys()])]);
  }

  /** The video sources that the bridge forwards; undefined when it has not said so. */
  setForwarded(names: readonly string[] | undefined): void {
    this.#forwarded = names && new Set(names);
    this.#refresh([...this.#tracks.keys()]);
  }

  /** Nobody is here any more: the room was left. */
  clear(): void {
    const ids = [...this.#occupants.keys()];
    this.#occupants.clear();
    this.#doubtful.clear();
    this.#tracks.clear();
    this.#forwarded = undefined;
    this.#refresh(ids);
  }

  #refresh(ids: readonly string[]): void {
    const changes: Change[] = [];
    const participants = new Map(this.#participants);
    for (const id of ids) {
      const next = this.#build(id);
      const ofThis = participantChanges(participants.get(id), next);
      if (ofThis.length === 0) {
        continue;
      }
      changes.push(...ofThis);
      if (next) {
        participants.set(id, next);
      } else {
        participants.delete(id);
      }
    }
    if (changes.length > 0) {
      // First the new picture, then the news: a listener that looks sees what it was told.
      this.#participants = participants;
      changes.forEach((change) => this.#emit(change));
    }
  }

  #build(id: string): Participant | undefined {
    const occupant = this.#occupants.get(id);
    if (!occupant) {
      return undefined;
    }
    const tracks = this.#tracks.get(id) ?? [];
    const delivered = new Set(tracks.map(({ source }) => source.name));
    const sources = [
      ...tracks.map((track) => this.#source(occupant, track)),
      ...[...occupant.sources]
        .filter(([name]) => !delivered.has(name))
        .map(([name, told]) => toldOf(id, name, told)),
    ];
    // By name: microphone, camera, screen, whatever the order in which they were announced.
    return asParticipant(
      occupant,
      false,
      sources.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
  }

  #source(occupant: Occupant, { source, track, stream }: RemoteTrack): Source {
    const told = occupant.sources.get(source.name);
    const videoType = source.kind === 'video' ? (told?.videoType ?? source.videoType ?? 'camera') : undefined;
    return {
      name: source.name,
      participantId: source.owner,
      kind: source.kind,
      ...(videoType === undefined ? {} : { videoType }),
      muted: told?.muted ?? false,
      forwarded: source.kind === 'audio' || (this.#forwarded?.has(source.name) ?? true),
      track,
      stream,
    };
  }
}

/** A source that its owner lists, and that the bridge has put on no stream for us: there is nothing of it but the news. */
function toldOf(participantId: string, name: string, { muted, videoType }: SourceState): Source {
  const kind = sourceKind(name);
  return {
    name,
    participantId,
    kind,
    ...(kind === 'video' ? { videoType: videoType ?? 'camera' } : {}),
    muted,
    forwarded: kind === 'audio',
    track: undefined,
    stream: undefined,
  };
}

/** The picture of somebody that an application gets. */
export function asParticipant(occupant: Occupant, isLocal: boolean, sources: readonly Source[]): Participant {
  return {
    id: occupant.nick,
    name: occupant.name,
    role: occupant.role,
    isModerator: occupant.role === 'moderator',
    avatarUrl: occupant.avatarUrl,
    isLocal,
    sources,
  };
}
