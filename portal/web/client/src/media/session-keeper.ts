import type { BridgeMessage } from '../channel/messages.ts';
import type { Environment } from '../environment.ts';
import { CallError } from '../errors.ts';
import type { FocusWish } from '../jingle/request.ts';
import { restartRequest, type SessionAddress, sessionTerminate } from '../jingle/write.ts';
import type { Log } from '../log.ts';
import type { XmlElement } from '../xmpp/element.ts';
import type { OwnMedia, Slot } from './own-media.ts';
import type { RemoteTrack } from './peer.ts';
import { RestartPolicy } from './restart-policy.ts';
import { MediaSession } from './session.ts';

/** The focus invites within a second when it can. It takes a request for each session once only. */
const INVITE_TIMEOUT_MS = 15_000;

/**
 * How media do.
 *
 * - `none`: no session, and none is missing.
 * - `starting`: a session is being set up.
 * - `flowing`: connected to the bridge.
 * - `broken`: there was a session; another one is on its way, or has to be asked for.
 */
export type MediaState = 'none' | 'starting' | 'flowing' | 'broken';

/** What the owner of a keeper hears from it. */
export interface KeeperHandlers {
  tracks(tracks: readonly RemoteTrack[]): void;
  state(state: MediaState): void;
  bridge(message: BridgeMessage): void;
  /** The focus has not invited us again; it has forgotten us, or cannot. */
  forgotten(): void;
  /** Several sessions in a row failed; there are no media for us. */
  gaveUp(error: CallError): void;
}

/** What a keeper is made with. */
export interface KeeperParts {
  readonly environment: Environment;
  readonly log: Log;
  readonly own: OwnMedia;
  readonly endpointId: string;
  /** Occupant JID of the focus. */
  readonly focus: string;
  readonly jid: () => string;
  readonly iceServers: () => RTCIceServer[];
  readonly request: (iq: XmlElement) => Promise<XmlElement>;
  /** True while nobody else is in the room: then no session is missing. */
  readonly alone: () => boolean;
  readonly handlers: KeeperHandlers;
}

/**
 * Keeps us in a media session: takes what the focus wants, and when a session fails asks for another one, with
 * patience that ends. Owned by the stay.
 */
export class SessionKeeper {
  readonly #parts: KeeperParts;
  readonly #policy = new RestartPolicy();
  #session: MediaSession | undefined;
  #state: MediaState = 'none';
  #closed = false;
  #stopTimer: () => void = () => undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  get session(): MediaSession | undefined {
    return this.#session;
  }

  /** Does what the focus wants. */
  take(wish: FocusWish): void {
    switch (wish.kind) {
      case 'start':
        return this.#start(wish);
      case 'end':
        this.#parts.log('info', 'the focus ends the media session', { reason: wish.reason });
        return this.drop();
      case 'add-sources':
        return this.#session?.addSources(wish.sources);
      case 'remove-sources':
        return this.#session?.removeSources((source) => source.ssrcs.some((ssrc) => wish.ssrcs.has(ssrc)));
      case 'unusable-offer':
        this.#parts.log('warn', 'the offer of the focus cannot be used', { why: wish.why });
        this.drop();
        return this.#again({ focus: this.#parts.focus, sessionId: wish.sessionId }, undefined);
    }
  }

  /** Somebody has left; the focus may or may not take their sources back. */
  ownerLeft(id: string): void {
    this.#session?.removeSources((source) => source.owner === id);
  }

  /** Brings a slot up to date, if there is a session. */
  async publish(slot: Slot): Promise<void> {
    await this.#session?.publish(slot);
  }

  /** The session has gone, without our doing: ended by the focus, or with the focus. */
  drop(): void {
    this.#stopTimer();
    if (this.#session) {
      this.#endSession();
      this.#setState(this.#parts.alone() ? 'none' : 'broken');
    }
  }

  /** No more sessions. The result is what to tell the focus, if there was one. */
  close(): XmlElement | undefined {
    this.#closed = true;
    this.#stopTimer();
    const farewell = this.#session && sessionTerminate(this.#session.address);
    this.#session?.close();
    this.#session = undefined;
    return farewell;
  }

  #start({ offer }: Extract<FocusWish, { kind: 'start' }>): void {
    if (this.#closed) {
      return;
    }
    const { environment, log, own, endpointId, focus, jid, iceServers, request, handlers } = this.#parts;
    this.#stopTimer();
    this.#endSession();
    this.#setState('starting');
    const address: SessionAddress = { focus, sessionId: offer.sessionId };
    try {
      this.#session = new MediaSession({
        environment,
        log,
        offer,
        focus,
        jid: jid(),
        endpointId,
        iceServers: iceServers(),
        own,
        request,
        handlers: {
          tracks: (tracks) => handlers.tracks(tracks),
          transport: (state) => this.#transport(state),
          bridge: (message) => handlers.bridge(message),
          failed: (why) => {
            log('warn', 'the media session failed', { why });
            this.#endSession();
            this.#again(address, offer.bridgeSessionId);
          },
        },
      });
    } catch (error) {
      log('warn', 'no peer connection can be made', error);
      this.#again(address, offer.bridgeSessionId);
      return;
    }
    void this.#session.start();
  }

  #transport(state: 'connected' | 'interrupted'): void {
    if (state === 'connected') {
      this.#policy.connected(this.#parts.environment.now());
      this.#setState('flowing');
    } else {
      this.#setState('broken');
    }
  }

  /** Asks for another session when it is time. */
  #again(address: SessionAddress, bridgeSessionId: string | undefined): void {
    const { environment, log, handlers } = this.#parts;
    if (this.#closed) {
      return;
    }
    this.#setState('broken');
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
      // Its answer does not matter: an invitation comes, or it does not.
      this.#parts.request(restartRequest(address, bridgeSessionId)).catch((error: unknown) => {
        log('info', 'the focus refuses another media session for now', error);
      });
      this.#stopTimer = environment.schedule(INVITE_TIMEOUT_MS, () => handlers.forgotten());
    });
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
