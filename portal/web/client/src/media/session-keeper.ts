import type { BridgeMessage } from '../channel/messages.ts';
import type { SessionOffer } from '../jingle/description.ts';
import type { FocusWish } from '../jingle/request.ts';
import { type SessionAddress, sessionTerminate } from '../jingle/write.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { Handover } from './handover.ts';
import type { KeeperParts, MediaLink, MediaState } from './keeper-parts.ts';
import type { Slot } from './own-media.ts';
import { Repair } from './repair.ts';
import { MediaSession } from './session.ts';

/** A transport that is interrupted mostly comes back by itself; after as long it is more likely that it does not. */
const PATIENCE_MS = 3_000;
/** After the server can be heard again: a transport whose address still holds is back within a check or two. */
const GRACE_MS = 1_000;
/** An ICE restart finds a path within a round trip or two where there is one. */
const RESTART_PATIENCE_MS = 3_000;
/** The focus refuses more. A restart that has not helped by then has not helped. */
const RESTART_SPACING_MS = 10_000;

/**
 * Keeps us in a media session: takes what the focus wants; when its transport breaks or the network changes restarts ICE,
 * and when that does not help asks for another session, with patience that ends. A session that works is replaced only
 * when the next one does. Owned by the call; outlives connections to the server, because media do.
 */
export class SessionKeeper {
  readonly #parts: KeeperParts;
  readonly #repair: Repair;
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
  #restartedAt = -Infinity;
  #state: MediaState = 'none';
  #closed = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#handover = new Handover(parts.environment, (next, messages) => this.#takeOver(next, messages));
    this.#repair = new Repair({
      ...parts,
      request: (iq) => this.#link?.request(iq),
      working: () => this.#closed || this.#connected,
      hasSession: () => this.sessionId !== undefined,
      notInvited: () => {
        if (!parts.alone()) {
          this.#link?.forgotten();
        }
      },
      gaveUp: (error) => parts.handlers.gaveUp(error),
    });
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
      this.#repair.awaitInvitation();
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
      case 'new-transport':
        return this.#newest?.newTransport(wish.transport, wish.generation);
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

  /** An owner lists these sources no longer. Of those that the bridge has mapped nobody else says so. */
  sourcesWithdrawn(names: readonly string[]): void {
    for (const session of [this.#session, ...this.#handover.sessions]) {
      session?.removeSources(({ name, mapped }) => mapped === true && names.includes(name));
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
    const session = this.#session;
    if (!session || (this.#connected ? !this.#moved : this.#state !== 'broken')) {
      return;
    }
    const { environment } = this.#parts;
    const now = environment.now();
    const canRestart = this.#link?.canRestartIce() === true && now - this.#restartedAt >= RESTART_SPACING_MS;
    if (canRestart && (this.#connected || this.#moved)) {
      // Even when the old path still seems to hold: it begins at an address that we may not have any more.
      this.#restartIce(session);
    } else if (canRestart) {
      this.#repair.after(GRACE_MS, () => this.#stillBroken(session, () => this.#restartIce(session)));
    } else if (!this.#connected) {
      const patience = this.#interruptedAt + PATIENCE_MS * (1 + environment.random() / 3) - now;
      this.#haveNoPatience(session, this.#moved ? 0 : Math.max(patience, GRACE_MS));
    }
  }

  /** The network is another one, or there again. */
  networkChanged(): void {
    this.#moved = true;
    this.#repair.networkChanged();
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
    this.#repair.stop();
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
    this.#repair.stop();
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
      canRestartIce: () => this.#link?.canRestartIce() ?? false,
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
      this.#repair.connected();
      this.#setState('flowing');
      return;
    }
    if (this.#state === 'broken') {
      return; // known, and being mended
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

  /** Looks for another path in the running session; for another session when there is none. */
  #restartIce(session: MediaSession): void {
    const { environment, log } = this.#parts;
    log('info', 'restarting ICE');
    this.#restartedAt = environment.now();
    this.#moved = false;
    this.#repair.stop();
    session.restartIce().then(
      () => this.#haveNoPatience(session, RESTART_PATIENCE_MS),
      (error: unknown) => {
        log('info', 'ICE cannot be restarted', error);
        this.#haveNoPatience(session, 0);
      },
    );
  }

  /** Asks for another session when the transport is not back by then and the server can be asked. */
  #haveNoPatience(session: MediaSession, milliseconds: number): void {
    if (session !== this.#session || this.#closed || this.#connected) {
      return;
    }
    this.#repair.after(milliseconds, () =>
      this.#stillBroken(session, () => {
        this.#parts.log('info', 'the transport does not come back by itself');
        this.#again(session.address, session.bridgeSessionId);
      }),
    );
  }

  /** When the server is away, heardAgain() goes on from here. */
  #stillBroken(session: MediaSession, then: () => void): void {
    if (session === this.#session && !this.#connected && this.#reachable) {
      then();
    }
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
    const { handlers } = this.#parts;
    this.#session = next;
    this.#connected = true;
    this.#moved = false;
    this.#repair.connected();
    handlers.tracks(next.tracks);
    messages.forEach((message) => handlers.bridge(message));
    this.#setState('flowing');
  }

  /** Asks for another session when it is time. */
  #again(address: SessionAddress, bridgeSessionId: string | undefined): void {
    if (this.#closed) {
      return;
    }
    if (!this.#connected) {
      this.#setState('broken');
    }
    this.#repair.askAgain(address, bridgeSessionId);
  }

  /** Our sessions have gone, without our doing. */
  #drop(): void {
    this.#repair.stop();
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
