import type { Environment } from '../environment.ts';
import type { SessionOffer, SourceDescription } from '../jingle/description.ts';
import { addOwnLine, initialLines, type MLines, removeOwnLine } from '../sdp/m-lines.ts';
import { offeredKinds } from '../sdp/write-offer.ts';
import { encodingsFor } from './encodings.ts';
import { type OwnMedia, type Slot, SLOTS } from './own-media.ts';
import type { Peer } from './peer.ts';
import { firstCodec, type VideoCodec, wantsSimulcast } from './video-codec.ts';

/** Of a track that does not say how high its picture is. */
const USUAL_HEIGHT = 720;

/** What own lines are made with. */
export interface OwnLinesParts {
  readonly environment: Environment;
  readonly offer: SessionOffer;
  readonly own: OwnMedia;
  readonly endpointId: string;
  /** The codec we like to send. */
  readonly codec: VideoCodec;
  /** Whether encodings are announced by stream id even where their SSRCs are known. */
  readonly streamIds: boolean;
  /** Asked for when the first track is sent, not before. */
  readonly peer: () => Peer;
}

/**
 * The m-lines that carry our own media in one session: which is for what, how it is encoded, and what it is announced as.
 * Owned by the session.
 */
export class OwnLines {
  readonly #parts: OwnLinesParts;
  /** How high others want to see a slot at most; not there: the bridge has not said. */
  readonly #wantedHeights = new Map<Slot, number>();
  #screen: number | undefined;

  constructor(parts: OwnLinesParts) {
    this.#parts = parts;
  }

  /** The lines to begin with, those of others included. */
  initial(sources: readonly SourceDescription[]): MLines {
    const { offer, own, codec } = this.#parts;
    const video = offer.contents.find(({ description }) => description.kind === 'video');
    const simulcast = video !== undefined && wantsSimulcast(video.description, codec);
    const lines = initialLines(offeredKinds(offer), sources, simulcast);
    return own.isPublished('screen') ? this.#takeScreen(lines) : lines;
  }

  /** The line of a slot; undefined when it has none. */
  index(slot: Slot): number | undefined {
    if (slot === 'screen') {
      return this.#screen;
    }
    const kind = this.#parts.own.kind(slot);
    const index = this.#parts.offer.contents.findIndex(({ description }) => description.kind === kind);
    return index === -1 ? undefined : index;
  }

  /** Makes place for the screen, if there is none yet. */
  async makeScreen(): Promise<void> {
    if (this.#screen === undefined) {
      await this.#parts.peer().change((lines) => this.#takeScreen(lines));
    }
  }

  /** Gives the place of the screen back. */
  async endScreen(): Promise<void> {
    const index = this.#screen;
    if (index !== undefined) {
      this.#screen = undefined;
      await this.#parts.peer().change((lines) => removeOwnLine(lines, index));
    }
  }

  /** Sends of a slot what our media say; `nothing` although they say something else. */
  async send(slot: Slot, nothing = false): Promise<void> {
    const index = this.index(slot);
    if (index !== undefined) {
      await this.#parts.peer().setTrack(index, nothing ? null : this.#parts.own.sent(slot));
      await this.#encode(slot);
    }
  }

  /** The bridge tells how high a source of ours is wanted: 0 not at all, -1 as high as it gets. */
  async limit(sourceName: string, maxHeight: number): Promise<void> {
    const { own, endpointId } = this.#parts;
    const slot = SLOTS.find((each) => own.sourceName(each, endpointId) === sourceName);
    if (slot !== undefined && own.kind(slot) === 'video') {
      this.#wantedHeights.set(slot, maxHeight < 0 ? Infinity : maxHeight);
      await this.#encode(slot);
    }
  }

  /**
   * Our source of a slot, with the SSRCs that the browser has given it, or with what stands in its packets; undefined when
   * it sends nothing of the kind.
   */
  describe(slot: Slot): SourceDescription | undefined {
    const { own, endpointId, environment, peer } = this.#parts;
    const index = this.index(slot);
    const answered = index === undefined ? undefined : peer().answeredLine(index);
    if (!answered) {
      return undefined;
    }
    const simulcast = answered.rids.length > 1;
    const byId = simulcast && (this.#parts.streamIds || answered.ssrcs.length === 0);
    if (!byId && answered.ssrcs.length === 0) {
      return undefined;
    }
    const kind = own.kind(slot);
    const number = slot === 'screen' ? 1 : 0;
    return {
      name: own.sourceName(slot, endpointId),
      owner: endpointId,
      kind,
      videoType: own.videoType(slot),
      msid: `${endpointId}-${kind}-${number}-1 ${environment.uuid()}-1`,
      ssrcs: byId ? [] : answered.ssrcs,
      groups: byId ? [] : answered.groups,
      streamIds: byId ? { rids: answered.rids, mid: answered.mid } : undefined,
    };
  }

  async #encode(slot: Slot): Promise<void> {
    const { own, peer } = this.#parts;
    const index = this.index(slot);
    const answered = index === undefined ? undefined : peer().answeredLine(index);
    if (index === undefined || !answered || own.kind(slot) !== 'video') {
      return;
    }
    const encodings = encodingsFor({
      codec: firstCodec(answered.description),
      screen: slot === 'screen',
      height: own.sent(slot)?.getSettings().height ?? USUAL_HEIGHT,
      streams: Math.max(1, answered.rids.length),
      wantedHeight: this.#wantedHeights.get(slot) ?? Infinity,
    });
    await peer().encode(index, encodings);
  }

  #takeScreen(lines: MLines): MLines {
    const taken = addOwnLine(lines, 'video');
    this.#screen = taken?.index;
    return taken?.lines ?? lines;
  }
}
