import type { BridgeMessage } from '../channel/messages.ts';
import type { Environment } from '../environment.ts';
import type { CallError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { XmlElement } from '../xmpp/element.ts';
import type { OwnMedia } from './own-media.ts';
import type { RemoteTrack } from './peer.ts';
import type { Receiving } from './receiving.ts';
import type { VideoCodec } from './video-codec.ts';

/**
 * How media do.
 *
 * - `none`: no session, and none is missing.
 * - `starting`: a session is being set up.
 * - `flowing`: connected to the bridge.
 * - `broken`: there was a session; it may recover, or another one is on its way, or has to be asked for.
 */
export type MediaState = 'none' | 'starting' | 'flowing' | 'broken';

/** What the owner of a keeper hears from it. */
export interface KeeperHandlers {
  tracks(tracks: readonly RemoteTrack[]): void;
  state(state: MediaState): void;
  bridge(message: BridgeMessage): void;
  /** Several sessions in a row failed; there are no media for us. */
  gaveUp(error: CallError): void;
}

/** How the focus is reached at present: a stay in the room, as far as media are concerned. */
export interface MediaLink {
  readonly endpointId: string;
  /** Occupant JID of the focus. */
  readonly focus: string;
  /** Our full JID. */
  jid(): string;
  /** Whether the focus can restart ICE in a running session. */
  canRestartIce(): boolean;
  iceServers(): RTCIceServer[];
  /** Sends an IQ and waits for the result. */
  request(iq: XmlElement): Promise<XmlElement>;
  /** Looks whether the server is there; `heardAgain` follows if so. */
  probe(): void;
  /** The focus has not invited us again; it has forgotten us, or cannot. */
  forgotten(): void;
}

/** What a keeper is made with. */
export interface KeeperParts {
  readonly environment: Environment;
  readonly log: Log;
  readonly own: OwnMedia;
  readonly receiving: Receiving;
  /** The codec we like to send. */
  readonly codec: VideoCodec;
  /** Whether encodings are announced by stream id even where their SSRCs are known. */
  readonly streamIds: boolean;
  /** True while nobody else is in the room: then no session is missing. */
  readonly alone: () => boolean;
  readonly handlers: KeeperHandlers;
}
