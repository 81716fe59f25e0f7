import type { Environment } from './environment.ts';
import { CallError } from './errors.ts';
import { readJingleRequest } from './jingle/request.ts';
import type { Log } from './log.ts';
import type { OwnMedia } from './media/own-media.ts';
import type { MediaLink } from './media/keeper-parts.ts';
import type { VideoCodec } from './media/video-codec.ts';
import type { SessionKeeper } from './media/session-keeper.ts';
import { discoInfoReply } from './room/capabilities.ts';
import { type ReceivedChat, readChat } from './room/chat.ts';
import { enterConference, openConference, pause } from './room/conference-entry.ts';
import { externalServicesRequest, readExternalServices } from './room/external-services.ts';
import { type MuteOrder, readMuteOrder } from './room/moderation.ts';
import type { OwnPresence } from './room/own-presence.ts';
import type { Departure, Occupant } from './room/presence.ts';
import { Room } from './room/room.ts';
import type { IceServer, JoinTicket } from './ticket.ts';
import { XmppConnection } from './xmpp/connection.ts';
import type { XmlElement } from './xmpp/element.ts';
import { bareJid, nodeOf } from './xmpp/jid.ts';
import { NS } from './xmpp/namespaces.ts';
import { errorReply, resultReply } from './xmpp/stanza-error.ts';

/** A sentence for people. */
export const CONNECTION_LOST =
  'The connection to the meeting server was lost. Check the network, then join again.';

/** The focus has just left; one that is started again needs a second or two. */
const FOCUS_LOOK_MS = 500;

/** TURN servers are worth a short wait only. */
const SERVICES_TIMEOUT_MS = 2_000;

/** What the owner of a stay hears from it. */
export interface StayHandlers {
  here(occupant: Occupant): void;
  gone(departure: Departure): void;
  self(occupant: Occupant): void;
  /** The server put us out of the room. */
  out(departure: Departure): void;
  /** The connection is broken; it may come back, and then nothing is lost. */
  interrupted(): void;
  resumed(): void;
  /** The connection has gone for good. */
  lost(): void;
  chat(line: ReceivedChat): void;
  mute(order: MuteOrder): void;
  /** Not the end. */
  trouble(error: CallError): void;
}

/** What a stay is made with. */
export interface StayParts {
  readonly environment: Environment;
  readonly log: Log;
  readonly ticket: JoinTicket;
  readonly own: OwnMedia;
  readonly codec: VideoCodec;
  readonly sourceMapping: boolean;
  /** Takes what the focus wants, outlives the stay. */
  readonly keeper: SessionKeeper;
  readonly handlers: StayHandlers;
}

/**
 * Being in the meeting over one connection: the stream and the room, and who gets which stanza. Owned by the call,
 * which makes another one to come back after the connection was lost.
 */
export class Stay implements MediaLink {
  readonly connection: XmppConnection;
  readonly room: Room;
  readonly #parts: StayParts;
  /** Bare real JID of the focus, from its own answer. */
  #focusJid: string | undefined;
  #iceServers: readonly IceServer[];
  #bridgeMissing = false;
  #over = false;
  #reopening = false;
  /** Ends the waiting of {@link enter}. */
  #giveUp: (error: CallError) => void = () => undefined;

  constructor(parts: StayParts) {
    const { environment, log, ticket, handlers } = parts;
    this.#parts = parts;
    this.#iceServers = ticket.iceServers;
    const { xmpp } = ticket;
    this.connection = new XmppConnection(
      environment,
      log,
      withRoom(xmpp.webSocketUrl, ticket.room),
      { domain: xmpp.domain, username: nodeOf(xmpp.jid), password: xmpp.password },
      {
        stanza: (element) => this.#stanza(element),
        interrupted: () => {
          parts.keeper.unreachable();
          handlers.interrupted();
        },
        resumed: () => {
          handlers.resumed();
          parts.keeper.heardAgain();
        },
        alive: () => parts.keeper.heardAgain(),
        lost: () => this.#lost(),
      },
    );
    this.room = new Room(xmpp.roomJid, ticket.endpointId, log, (stanza) => this.connection.send(stanza), {
      here: (occupant, before) => {
        const withdrawn = [...(before?.sources.keys() ?? [])].filter((name) => !occupant.sources.has(name));
        if (withdrawn.length > 0) {
          parts.keeper.sourcesWithdrawn(withdrawn);
        }
        handlers.here(occupant);
      },
      gone: (departure) => {
        parts.keeper.ownerLeft(departure.nick);
        handlers.gone(departure);
      },
      self: (occupant) => handlers.self(occupant),
      out: (departure) => (departure.cause.kind === 'shutdown' ? this.forgotten() : handlers.out(departure)),
      focus: (occupant) => this.#focusChanged(occupant),
    });
  }

  get endpointId(): string {
    return this.#parts.ticket.endpointId;
  }

  get focus(): string {
    return this.room.focusJid;
  }

  canRestartIce(): boolean {
    return this.room.focus?.iceRestart ?? false;
  }

  jid(): string {
    return this.connection.jid;
  }

  iceServers(): RTCIceServer[] {
    return this.#iceServers.map((server) => ({ ...server, urls: [...server.urls] }));
  }

  request(iq: XmlElement): Promise<XmlElement> {
    return this.connection.request(iq);
  }

  probe(): void {
    this.connection.probe();
  }

  /** Entering again is how the focus sees us again. */
  forgotten(): void {
    this.room.leave();
    void this.connection.close();
    this.#lost();
  }

  networkChanged(): void {
    this.connection.networkChanged();
  }

  /**
   * Connects and enters, `back` after a connection was lost; `connected` is called between the two. Rejects with a
   * {@link CallError}, also when the stay is left or the connection lost meanwhile.
   */
  enter(back: boolean, connected: () => void): Promise<void> {
    const ended = new Promise<never>((_, reject) => {
      this.#giveUp = reject;
    });
    return Promise.race([this.#connectAndEnter(back, connected), ended]);
  }

  /** Shows others what we publish now. */
  show(): void {
    this.room.show(this.#ownPresence());
  }

  /**
   * Leaves at once, and in order; `farewell` is for the focus. Resolves when the server has seen it, or after a second.
   */
  leave(farewell: XmlElement | undefined): Promise<void> {
    this.#end();
    if (farewell) {
      this.connection.request(farewell).catch(() => undefined);
    }
    this.room.leave();
    return this.connection.close();
  }

  /** The room is no longer ours; nothing to be said there. */
  close(): void {
    this.#end();
    void this.connection.close();
  }

  async #connectAndEnter(back: boolean, connected: () => void): Promise<void> {
    await this.connection.open(back);
    connected();
    await Promise.all([this.#enterRoom(), this.#findServers()]);
  }

  #lost(): void {
    this.#giveUp(new CallError('connection-lost', CONNECTION_LOST, 'check-network'));
    if (!this.#over) {
      this.#parts.handlers.lost();
    }
  }

  #end(): void {
    this.#over = true;
    this.#giveUp(new CallError('wrong-state', 'The meeting was left.', 'none'));
  }

  async #enterRoom(): Promise<void> {
    await enterConference({
      ...this.#entryParts(),
      opened: (focusJid) => {
        this.#focusJid = focusJid;
      },
    });
  }

  #entryParts() {
    return {
      environment: this.#parts.environment,
      request: (iq: XmlElement) => this.connection.request(iq),
      room: this.room,
      focusJid: this.#parts.ticket.xmpp.focusJid,
      own: () => this.#ownPresence(),
      cancelled: () => this.#over || !this.connection.isOpen,
    };
  }

  /** When the ticket names no servers, the server may. */
  async #findServers(): Promise<void> {
    if (this.#iceServers.length > 0) {
      return;
    }
    try {
      const request = externalServicesRequest(this.#parts.ticket.xmpp.domain);
      this.#iceServers = readExternalServices(await this.connection.request(request, SERVICES_TIMEOUT_MS));
    } catch {
      this.#parts.log('debug', 'the server names no STUN or TURN servers');
    }
  }

  #ownPresence(): OwnPresence {
    const { ticket, own, codec, sourceMapping: mapping } = this.#parts;
    return { displayName: ticket.displayName, sources: own.sourceInfo(ticket.endpointId), codec, mapping };
  }

  #stanza(element: XmlElement): void {
    switch (element.name) {
      case 'presence':
        return this.room.presence(element);
      case 'message': {
        const line = readChat(element, this.room.jid);
        return line && this.#parts.handlers.chat(line);
      }
      case 'iq':
        return this.#iq(element);
    }
  }

  #iq(iq: XmlElement): void {
    const type = iq.attribute('type');
    if (type === 'get' && iq.child('ping', NS.ping)) {
      this.connection.send(resultReply(iq));
    } else if (type === 'get' && iq.child('query', NS.discoInfo)) {
      this.connection.send(discoInfoReply(iq, this.#parts.sourceMapping));
    } else if (type === 'set' && iq.child('jingle', NS.jingle)) {
      const { keeper } = this.#parts;
      const step = readJingleRequest(iq, this.#provenFocus(), keeper.sessionId);
      this.connection.send(step.reply);
      if (step.wish) {
        keeper.take(step.wish);
      }
    } else if (type === 'set' && iq.attribute('from') === this.#provenFocus()) {
      const order = readMuteOrder(iq);
      this.connection.send(order ? resultReply(iq) : errorReply(iq, 'cancel', 'service-unavailable'));
      if (order) {
        this.#parts.handlers.mute(order);
      }
    } else {
      this.connection.send(errorReply(iq, 'cancel', 'service-unavailable'));
    }
  }

  /** Occupant JID of the focus, once the room shows that it is the one we were told of. */
  #provenFocus(): string | undefined {
    const realJid = this.room.focus?.realJid;
    return realJid !== undefined && bareJid(realJid) === this.#focusJid ? this.room.focusJid : undefined;
  }

  #focusChanged(focus: Occupant | undefined): void {
    if (!focus) {
      // Media need the bridge, not the focus: they go on.
      void this.#reopen();
      return;
    }
    if (focus.bridgeMissing && !this.#bridgeMissing) {
      this.#parts.handlers.trouble(
        new CallError(
          'bridge-unavailable',
          'The meeting has no media server at the moment. Sound and picture come back as soon as there is one.',
          'none',
        ),
      );
    }
    this.#bridgeMissing = focus.bridgeMissing;
  }

  /** The focus has left the room: ask for it, or for the one that takes its place, until it is there. */
  async #reopen(): Promise<void> {
    if (this.#reopening) {
      return;
    }
    this.#reopening = true;
    const parts = this.#entryParts();
    while (!this.room.focus && !parts.cancelled()) {
      await pause(this.#parts.environment, FOCUS_LOOK_MS);
      try {
        this.#focusJid = await openConference(parts);
      } catch (error) {
        this.#parts.log('info', 'the focus is not to be had at the moment', error);
      }
    }
    this.#reopening = false;
  }
}

/** Adds the room's name, by which a load balancer finds the shard. */
function withRoom(url: string, room: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}room=${encodeURIComponent(room)}`;
}
