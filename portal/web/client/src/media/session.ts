import type { BridgeMessage } from '../channel/messages.ts';
import type { Environment } from '../environment.ts';
import { CallError } from '../errors.ts';
import type { SessionOffer, SourceDescription, Transport } from '../jingle/description.ts';
import { type SessionAddress, sessionAccept, sourceChange } from '../jingle/write.ts';
import type { Log } from '../log.ts';
import { addSources, mapSources, type MLines, removeSources } from '../sdp/m-lines.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { IceRestart } from './ice-restart.ts';
import { OwnLines } from './own-lines.ts';
import { type OwnMedia, type Slot, SLOTS } from './own-media.ts';
import { Peer, type RemoteTrack } from './peer.ts';
import type { Receiving } from './receiving.ts';
import { SessionChannel } from './session-channel.ts';
import type { VideoCodec } from './video-codec.ts';

/** ICE and DTLS take a second; what has not come about by then will not. */
const CONNECT_TIMEOUT_MS = 12_000;

/** What the owner of a session hears from it. */
export interface MediaSessionHandlers {
  /** All remote tracks there are, after each change. */
  tracks(tracks: readonly RemoteTrack[]): void;
  transport(state: 'connected' | 'interrupted'): void;
  /** It does not work, and will not by itself. Comes at most once. */
  failed(why: string): void;
  bridge(message: BridgeMessage): void;
}

/** What a session is made with. */
export interface MediaSessionParts {
  readonly environment: Environment;
  readonly log: Log;
  readonly offer: SessionOffer;
  /** Occupant JID of the focus. */
  readonly focus: string;
  /** Our full JID. */
  readonly jid: string;
  readonly endpointId: string;
  readonly iceServers: RTCIceServer[];
  readonly own: OwnMedia;
  readonly receiving: Receiving;
  /** The codec we like to send. */
  readonly codec: VideoCodec;
  /** Whether encodings are announced by stream id even where their SSRCs are known. */
  readonly streamIds: boolean;
  /** Whether the focus can restart ICE in a running session. */
  readonly canRestartIce: () => boolean;
  /** Sends an IQ and waits for the result. */
  readonly request: (iq: XmlElement) => Promise<XmlElement>;
  readonly handlers: MediaSessionHandlers;
}

/**
 * One media session with the bridge, from the focus' offer to its end: peer connection, what of our media is
 * announced, and the bridge channel. Owned by the call, which makes another one for each offer.
 */
export class MediaSession {
  readonly address: SessionAddress;
  readonly #parts: MediaSessionParts;
  readonly #peer: Peer;
  readonly #lines: OwnLines;
  readonly #iceRestart: IceRestart;
  #tracks: readonly RemoteTrack[] = [];
  readonly #announced = new Map<Slot, SourceDescription>();
  #channel: SessionChannel | undefined;
  #state: 'starting' | 'running' | 'closed' = 'starting';
  #wasConnected = false;
  #work: Promise<void> = Promise.resolve();
  #stopTimer: () => void = () => undefined;

  constructor(parts: MediaSessionParts) {
    this.#parts = parts;
    this.address = { focus: parts.focus, sessionId: parts.offer.sessionId };
    const { environment, log, offer, iceServers, codec, handlers } = parts;
    this.#iceRestart = new IceRestart({ ...parts, address: this.address, peer: () => this.#peer });
    this.#lines = new OwnLines({ ...parts, peer: () => this.#peer });
    const lines = this.#lines.initial(this.#foreign(offer.sources));
    this.#peer = new Peer(environment, log, offer, lines, iceServers, codec, {
      tracks: (tracks) => {
        this.#tracks = tracks;
        handlers.tracks(tracks);
      },
      transport: (state) => this.#transport(state),
    });
  }

  get peerConnection(): RTCPeerConnection {
    return this.#peer.connection;
  }

  /** All remote tracks there are. */
  get tracks(): readonly RemoteTrack[] {
    return this.#tracks;
  }

  get bridgeSessionId(): string | undefined {
    return this.#parts.offer.bridgeSessionId;
  }

  /** Negotiates, accepts, and opens the channel. What goes wrong is told by `failed`. */
  async start(): Promise<void> {
    const { environment, log, offer, jid, own, request } = this.#parts;
    this.#stopTimer = environment.schedule(CONNECT_TIMEOUT_MS, () => this.#fail('no connection in time'));
    this.#channel = new SessionChannel({
      ...this.#parts,
      url: offer.channelUrls[0],
      heard: (message) => this.#heard(message),
    });
    try {
      for (const slot of SLOTS) {
        await this.#lines.send(slot);
      }
      await this.#peer.negotiate();
      const answer = this.#peer.answer;
      if (this.#isClosed() || !answer) {
        return;
      }
      for (const slot of SLOTS) {
        await this.#lines.send(slot);
        const source = own.isPublished(slot) ? this.#lines.describe(slot) : undefined;
        if (source) {
          this.#announced.set(slot, source);
        }
      }
      const sources = [...this.#announced.values()];
      await request(sessionAccept(this.address, jid, offer, answer, sources));
      if (!this.#isClosed()) {
        this.#state = 'running';
        await Promise.all(SLOTS.map((slot) => this.publish(slot)));
      }
    } catch (error) {
      log('warn', 'the media session cannot be started', error);
      this.#fail('not accepted');
    }
  }

  /**
   * Brings what is sent and announced of a slot to what our media are now. Rejects when the browser or the focus
   * refuses.
   */
  publish(slot: Slot): Promise<void> {
    if (this.#state !== 'running') {
      return Promise.resolve(); // start() takes what there is when it comes to that
    }
    const done = this.#work.then(() => this.#publishNow(slot));
    this.#work = done.catch(() => undefined);
    return done;
  }

  /**
   * Sends of a slot what is to be sent now, without announcing anything: for a session that the focus does not speak
   * about any more.
   */
  async follow(slot: Slot): Promise<void> {
    if (this.#state === 'running' && this.#announced.has(slot)) {
      await this.#lines.send(slot, !this.#parts.own.isPublished(slot));
    }
  }

  /** Looks for another path without giving up what there is; rejects when that cannot be. */
  restartIce(): Promise<void> {
    return this.#state === 'running' ? this.#iceRestart.ask() : Promise.reject(new Error('not running'));
  }

  /** The focus sends new credentials of the bridge. */
  newTransport(transport: Transport, generation: number): void {
    this.#iceRestart.take(transport, generation);
  }

  /** The network has changed: a lost channel need not wait for its next turn. */
  retryChannel(): void {
    this.#channel?.retryNow();
  }

  /** The focus announces sources of others. */
  addSources(sources: readonly SourceDescription[]): void {
    this.#change((lines) => addSources(lines, this.#foreign(sources)));
  }

  /** The focus takes sources back, or their owner has left. */
  removeSources(gone: (source: SourceDescription) => boolean): void {
    this.#change((lines) => removeSources(lines, gone));
  }

  /** Sends an object to other applications; false when the channel is not open. */
  sendMessage(to: string, payload: Readonly<Record<string, unknown>>): boolean {
    return this.#channel?.sendMessage(to, payload) ?? false;
  }

  close(): void {
    this.#state = 'closed';
    this.#stopTimer();
    this.#channel?.close();
    this.#peer.close();
  }

  async #publishNow(slot: Slot): Promise<void> {
    if (this.#state !== 'running') {
      return;
    }
    const { own } = this.#parts;
    if (!own.isPublished(slot)) {
      await this.#withdraw(slot);
      return;
    }
    if (slot === 'screen') {
      await this.#lines.makeScreen();
    }
    if (this.#lines.index(slot) === undefined) {
      throw refused('The meeting does not take this kind of media.');
    }
    await this.#lines.send(slot);
    this.#channel?.tellVideoType(slot);
    if (!this.#announced.has(slot)) {
      await this.#announce(slot);
    }
  }

  async #announce(slot: Slot): Promise<void> {
    const source = this.#lines.describe(slot);
    if (!source) {
      throw refused('The browser does not send this kind of media.');
    }
    this.#announced.set(slot, source);
    try {
      await this.#parts.request(sourceChange(this.address, 'source-add', source));
    } catch {
      this.#announced.delete(slot);
      throw refused('The meeting takes no more media. Ask others to turn theirs off.');
    }
  }

  async #withdraw(slot: Slot): Promise<void> {
    const source = this.#announced.get(slot);
    if (!source) {
      return;
    }
    this.#announced.delete(slot);
    await this.#lines.send(slot, true);
    if (slot === 'screen') {
      await this.#lines.endScreen();
    }
    await this.#parts.request(sourceChange(this.address, 'source-remove', source)).catch((error: unknown) => {
      this.#parts.log('info', 'the focus did not take a source back', error);
    });
  }

  #heard(message: BridgeMessage): void {
    if (message.kind === 'sender-constraint') {
      void this.#lines.limit(message.sourceName, message.maxHeight);
    } else if (message.kind === 'mapped-sources') {
      this.#change((lines) => mapSources(lines, message.of, this.#foreign(message.sources)));
    } else {
      this.#parts.handlers.bridge(message);
    }
  }

  /** Sources that are neither ours nor pretend to be, by name or by SSRC. */
  #foreign(sources: readonly SourceDescription[]): readonly SourceDescription[] {
    const ours = new Set([...this.#announced.values()].flatMap((source) => source.ssrcs));
    return sources.filter(
      (source) => source.owner !== this.#parts.endpointId && !source.ssrcs.some((ssrc) => ours.has(ssrc)),
    );
  }

  #change(change: (lines: MLines) => MLines): void {
    if (!this.#isClosed()) {
      this.#peer.change(change).catch((error: unknown) => {
        if (!this.#isClosed()) {
          this.#parts.log('warn', 'the browser refuses a change of remote sources', error);
        }
      });
    }
  }

  #transport(state: 'connected' | 'interrupted' | 'failed'): void {
    if (state === 'failed' && !(this.#wasConnected && this.#parts.canRestartIce())) {
      this.#fail('the transport failed');
      return;
    }
    if (state === 'connected') {
      this.#wasConnected = true;
      this.#stopTimer();
    }
    // What has failed is only interrupted when ICE can start anew.
    this.#parts.handlers.transport(state === 'connected' ? 'connected' : 'interrupted');
  }

  #fail(why: string): void {
    if (!this.#isClosed()) {
      this.close();
      this.#parts.handlers.failed(why);
    }
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }
}

function refused(message: string): CallError {
  return new CallError('media-refused', message, 'none');
}
