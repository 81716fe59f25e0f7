import type { BridgeMessage } from '../channel/messages.ts';
import type { Environment } from '../environment.ts';
import { CallError } from '../errors.ts';
import type { SessionOffer } from '../jingle/description.ts';
import type { FocusWish } from '../jingle/request.ts';
import { restartRequest, type SessionAddress, sessionTerminate } from '../jingle/write.ts';
import type { Log } from '../log.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { IqError } from '../xmpp/iq-requests.ts';
import { Handover } from './handover.ts';
import type { OwnMedia, Slot } from './own-media.ts';
import type { RemoteTrack } from './peer.ts';
import type { Receiving } from './receiving.ts';
import { RestartPolicy } from './restart-policy.ts';
import { MediaSession } from './session.ts';
import type { VideoCodec } from './video-codec.ts';

/** The focus invites within a second when it can. It takes a request for each session once only. */
const INVITE_TIMEOUT_MS = 15_000;
/** A focus that does not know our session may be about to invite us by itself. */
const STRANGER_TIMEOUT_MS = 3_000;
/** A transport that is interrupted mostly comes back by itself; after as long it is more likely that it does not. */
const PATIENCE_MS = 3_000;
/** After the server can be heard again: a transport whose address still holds is back within a check or two. */
const GRACE_MS = 1_000;

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
  /** True while nobody else is in the room: then no session is missing. */
  readonly alone: () => boolean;
  readonly handlers: KeeperHandlers;
}

/**
 * Keeps us in a media session: takes what the focus wants, and when a session fails asks for another one, with
 * patience that ends. A session that works is replaced only when the next one does. Owned by the call; outlives
 * connections to the server, because media do.
 *
 * One timer runs at a time: the patience with an interrupted transport, then the wait before asking, then the wait
 * for the invitation.
 */
export class SessionKeeper {
  readonly #parts: KeeperParts;
  readonly #policy = new RestartPolicy();
  readonly #handover: Handover;
  #link: MediaLink | undefined;
  /** False from the moment the server is known to be away until it is heard again. */
  #reachable = true;
  /** The network has changed since the transport was connected: waiting for it is in vain. */
  #moved = false;
  #session: MediaSession | undefined;
  /** By which the latest session was agreed. */
  #sessionLink: MediaLink | undefined;
  #connected = false;
  #interruptedAt = 0;
  #state: MediaState = 'none';
  #closed = false;
  #stopTimer: () => void = () => undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#handover = new Handover(parts.environment, (next, messages) => this.#takeOver(next, messages));
  }

  /** The session that is shown. */
  get session(): MediaSession | undefined {
    return this.#session;
  }

  /** Id of the session the focus talks about: of its latest offer. */
  get sessionId(): string | undefined {
    return this.#newest?.address.sessionId;
  }

  get #newest(): MediaSession | undefined {
    return this.#handover.next ?? this.#session;
  }

  /** From now on the focus is reached this way. After the first time the focus is expected to invite us again. */
  attach(link: MediaLink): void {
    const again = this.#link !== undefined;
    this.#link = link;
    this.#reachable = true;
    if (again && !this.#connected) {
      this.#await(INVITE_TIMEOUT_MS);
    }
  }

  /** Does what the focus wants. */
  take(wish: FocusWish): void {
    switch (wish.kind) {
      case 'start':
        return this.#start(wish.offer);
      case 'end':
        this.#parts.log('info', 'the focus ends the media session', { reason: wish.reason });
        return this.#drop();
      case 'add-sources':
        return this.#newest?.addSources(wish.sources);
      case 'remove-sources':
        return this.#newest?.removeSources((source) => source.ssrcs.some((ssrc) => wish.ssrcs.has(ssrc)));
      case 'unusable-offer': {
        this.#parts.log('warn', 'the offer of the focus cannot be used', { why: wish.why });
        this.#drop();
        const focus = this.#link?.focus ?? '';
        return this.#again({ focus, sessionId: wish.sessionId }, undefined);
      }
    }
  }

  /** Somebody has left; the focus may or may not take their sources back. */
  ownerLeft(id: string): void {
    for (const session of [this.#session, ...this.#handover.sessions]) {
      session?.removeSources((source) => source.owner === id);
    }
  }

  /** Brings a slot up to date, if there is a session. What is muted is so in all of them at once. */
  async publish(slot: Slot): Promise<void> {
    const newest = this.#newest;
    const others = [this.#session, ...this.#handover.sessions].filter((session) => session !== newest);
    await Promise.all([newest?.publish(slot), ...others.map((session) => session?.follow(slot))]);
  }

  /** The connection to the server is interrupted: nothing can be asked for. */
  unreachable(): void {
    this.#reachable = false;
  }

  /** The server was heard after it had been away, or after it was looked for. */
  heardAgain(): void {
    this.#reachable = true;
    if (this.#session && !this.#connected && this.#state === 'broken') {
      const { environment } = this.#parts;
      const patience = this.#interruptedAt + PATIENCE_MS * (1 + environment.random() / 3) - environment.now();
      this.#haveNoPatience(this.#moved ? 0 : Math.max(patience, GRACE_MS));
    }
  }

  /** The network is another one, or there again. */
  networkChanged(): void {
    this.#moved = true;
    this.#policy.networkChanged();
    this.#newest?.retryChannel();
  }

  /** Time was given to everybody to come back: a session of another stay in the room is of no use to somebody alone. */
  settle(): void {
    if (this.#parts.alone() && this.#session && this.#sessionLink !== this.#link) {
      this.#drop();
    }
  }

  /** No more sessions. The result is what to tell the focus, if there was one. */
  close(): XmlElement | undefined {
    this.#closed = true;
    this.#stopTimer();
    const farewell = this.#newest && sessionTerminate(this.#newest.address);
    this.#handover.close();
    this.#session?.close();
    this.#session = undefined;
    return farewell;
  }

  #start(offer: SessionOffer): void {
    if (this.#closed || !this.#link) {
      return;
    }
    this.#stopTimer();
    const address = { focus: this.#link.focus, sessionId: offer.sessionId };
    let session: MediaSession;
    try {
      session = this.#make(offer, this.#link);
    } catch (error) {
      this.#parts.log('warn', 'no peer connection can be made', error);
      this.#again(address, offer.bridgeSessionId);
      return;
    }
    this.#sessionLink = this.#link;
    if (this.#session && this.#connected) {
      this.#handover.begin(session, this.#session);
    } else {
      this.#endSession();
      this.#session = session;
      this.#setState('starting');
    }
    void session.start();
  }

  #make(offer: SessionOffer, link: MediaLink): MediaSession {
    const { handlers } = this.#parts;
    const session: MediaSession = new MediaSession({
      ...this.#parts,
      offer,
      focus: link.focus,
      jid: link.jid(),
      endpointId: link.endpointId,
      iceServers: link.iceServers(),
      request: (iq) => link.request(iq),
      handlers: {
        tracks: (tracks) => {
          if (session === this.#session) {
            handlers.tracks(tracks);
          }
        },
        transport: (state) => {
          if (session === this.#session) {
            this.#transport(state);
          } else if (state === 'connected') {
            this.#handover.connected(session);
          }
        },
        bridge: (message) => {
          if (session === this.#session || message.kind === 'endpoint-message') {
            handlers.bridge(message);
          } else {
            this.#handover.keep(session, message);
          }
        },
        failed: (why) => this.#failed(session, why),
      },
    });
    return session;
  }

  #transport(state: 'connected' | 'interrupted'): void {
    this.#connected = state === 'connected';
    if (state === 'connected') {
      this.#moved = false;
      this.#policy.connected(this.#parts.environment.now());
      this.#stopTimer();
      this.#setState('flowing');
      return;
    }
    this.#setState('broken');
    if (this.#handover.takeOverNow()) {
      return;
    }
    // Is it the bridge, or is it us? The server's answer tells, and is needed to ask for another session anyway.
    this.#interruptedAt = this.#parts.environment.now();
    this.#reachable = false;
    this.#link?.probe();
  }

  /** Asks for another session when the transport is not back by then and the server can be asked. */
  #haveNoPatience(milliseconds: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#parts.environment.schedule(milliseconds, () => {
      const session = this.#session;
      // When the server is away, heardAgain() goes on from here.
      if (session && !this.#connected && this.#reachable) {
        this.#parts.log('info', 'the transport does not come back by itself');
        this.#again(session.address, session.bridgeSessionId);
      }
    });
  }

  #failed(session: MediaSession, why: string): void {
    this.#parts.log('warn', 'a media session failed', { why });
    if (session !== this.#session) {
      if (this.#handover.forget(session)) {
        this.#again(session.address, session.bridgeSessionId);
      }
      return;
    }
    if (this.#handover.takeOverNow()) {
      return;
    }
    this.#connected = false;
    this.#endSession();
    this.#again(session.address, session.bridgeSessionId);
  }

  /** The next session is shown from now on. */
  #takeOver(next: MediaSession, messages: readonly BridgeMessage[]): void {
    const { handlers, environment } = this.#parts;
    this.#session = next;
    this.#connected = true;
    this.#moved = false;
    this.#stopTimer();
    this.#policy.connected(environment.now());
    handlers.tracks(next.tracks);
    messages.forEach((message) => handlers.bridge(message));
    this.#setState('flowing');
  }

  /** Asks for another session when it is time. */
  #again(address: SessionAddress, bridgeSessionId: string | undefined): void {
    const { environment, log, handlers } = this.#parts;
    if (this.#closed) {
      return;
    }
    if (!this.#connected) {
      this.#setState('broken');
    }
    this.#stopTimer();
    const delay = this.#policy.failed(environment.now(), environment.random());
    if (delay === undefined) {
      handlers.gaveUp(
        new CallError(
          'media-failed',
          'Sound and picture do not get through to the meeting. Check the network (a firewall, a VPN), then join again.',
          'check-network',
        ),
      );
      return;
    }
    this.#stopTimer = environment.schedule(delay, () => {
      log('info', 'asking for another media session');
      this.#await(INVITE_TIMEOUT_MS);
      // What counts is the invitation, not the answer; but who is not known is not invited.
      this.#link?.request(restartRequest(address, bridgeSessionId)).catch((error: unknown) => {
        log('info', 'the focus refuses another media session for now', error);
        const unknown = error instanceof IqError && error.detail.condition === 'item-not-found';
        if (unknown && !this.#connected && this.sessionId === undefined) {
          this.#await(STRANGER_TIMEOUT_MS);
        }
      });
    });
  }

  /** Waits for an invitation, and not longer than that. */
  #await(milliseconds: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#parts.environment.schedule(milliseconds, () => {
      if (!this.#closed && !this.#connected && !this.#parts.alone()) {
        this.#link?.forgotten();
      }
    });
  }

  /** Our sessions have gone, without our doing. */
  #drop(): void {
    this.#stopTimer();
    this.#handover.close();
    if (this.#session) {
      this.#connected = false;
      this.#endSession();
      this.#setState(this.#parts.alone() ? 'none' : 'broken');
    }
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = undefined;
    if (session) {
      session.close();
      this.#parts.handlers.tracks([]);
    }
  }

  #setState(state: MediaState): void {
    if (this.#state !== state && !this.#closed) {
      this.#state = state;
      this.#parts.handlers.state(state);
    }
  }
}
