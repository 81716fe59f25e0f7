import type { MediaKind, Source, VideoType } from '../participant.ts';
import type { SourceInfo } from '../room/source-info.ts';

/** The three things somebody can publish. */
export type Slot = 'audio' | 'camera' | 'screen';

export const SLOTS: readonly Slot[] = ['audio', 'camera', 'screen'];

interface SlotState {
  /** Announced to the others from the first track on; a screen only while it is shared. */
  readonly published: boolean;
  readonly track: MediaStreamTrack | null;
  readonly muted: boolean;
}

const KINDS: Readonly<Record<Slot, { kind: MediaKind; videoType: VideoType | undefined; suffix: string }>> = {
  audio: { kind: 'audio', videoType: undefined, suffix: 'a0' },
  camera: { kind: 'video', videoType: 'camera', suffix: 'v0' },
  screen: { kind: 'video', videoType: 'desktop', suffix: 'v1' },
};

/** What we publish, whether or not there is a session at present. Outlives sessions and connections. Owned by the call. */
export class OwnMedia {
  readonly #slots: Record<Slot, SlotState> = {
    audio: { published: false, track: null, muted: false },
    camera: { published: false, track: null, muted: false },
    screen: { published: false, track: null, muted: false },
  };

  kind(slot: Slot): MediaKind {
    return KINDS[slot].kind;
  }

  videoType(slot: Slot): VideoType | undefined {
    return KINDS[slot].videoType;
  }

  /** Name of the source in the call of that endpoint. */
  sourceName(slot: Slot, endpointId: string): string {
    return `${endpointId}-${KINDS[slot].suffix}`;
  }

  isPublished(slot: Slot): boolean {
    return this.#slots[slot].published;
  }

  /** As others shall see it. */
  isMuted(slot: Slot): boolean {
    return this.#slots[slot].muted || this.#slots[slot].track === null;
  }

  track(slot: Slot): MediaStreamTrack | null {
    return this.#slots[slot].track;
  }

  /** What goes out now; null while muted. Replacing the track stops packets, unlike `enabled`, which sends black. */
  sent(slot: Slot): MediaStreamTrack | null {
    return this.isMuted(slot) ? null : this.#slots[slot].track;
  }

  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    const before = this.#slots[slot];
    const published = slot === 'screen' ? track !== null : before.published || track !== null;
    this.#slots[slot] = { ...before, track, published };
  }

  setMuted(slot: Slot, muted: boolean): void {
    this.#slots[slot] = { ...this.#slots[slot], muted };
  }

  /** For our presence. */
  sourceInfo(endpointId: string): SourceInfo {
    return new Map(
      this.#published().map((slot) => [
        this.sourceName(slot, endpointId),
        { muted: this.isMuted(slot), videoType: this.videoType(slot) },
      ]),
    );
  }

  /** For the picture the application has of us. */
  sources(endpointId: string): readonly Source[] {
    return this.#published().map((slot) => {
      const videoType = this.videoType(slot);
      return {
        name: this.sourceName(slot, endpointId),
        participantId: endpointId,
        kind: this.kind(slot),
        ...(videoType === undefined ? {} : { videoType }),
        muted: this.isMuted(slot),
        forwarded: true,
        track: this.#slots[slot].track ?? undefined,
        stream: undefined,
      };
    });
  }

  #published(): readonly Slot[] {
    return SLOTS.filter((slot) => this.#slots[slot].published);
  }
}
