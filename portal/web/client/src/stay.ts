import type { BridgeMessage } from './channel/messages.ts';
import type { Environment } from './environment.ts';
import { CallError } from './errors.ts';
import { readJingleRequest } from './jingle/request.ts';
import type { Log } from './log.ts';
import type { OwnMedia } from './media/own-media.ts';
import type { RemoteTrack } from './media/peer.ts';
import { type MediaState, SessionKeeper } from './media/session-keeper.ts';
import { discoInfoReply } from './room/capabilities.ts';
import { type ReceivedChat, readChat } from './room/chat.ts';
import { enterConference, openConference } from './room/conference-entry.ts';
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
  tracks(tracks: readonly RemoteTrack[]): void;
  media(state: MediaState): void;
  bridge(message: BridgeMessage): void;
  /** Not the end. */
  trouble(error: CallError): void;
  /** The end. */
  failed(error: CallError): void;
}

/** What a stay is made with. */
export interface StayParts {
  readonly environment: Environment;
  readonly log: Log;
  readonly ticket: JoinTicket;
  readonly own: OwnMedia;
  readonly alone: () => boolean;
  readonly handlers: StayHandlers;
}

/**
 * Being in the meeting over one connection: the stream, the room and the media session, and who gets which stanza.
 * Owned by the call, which makes another one to come back after the connection was lost.
 */
export class Stay {
  readonly connection: XmppConnection;
  readonly room: Room;
  readonly keeper: SessionKeeper;
  readonly #parts: StayParts;
  /** Bare real JID of the focus, from its own answer. */
  #focusJid: string | undefined;
  #iceServers: readonly IceServer[];
  #bridgeMissing = false;
  #over = false;
  /** Ends the waiting of {@link enter}. */
  #giveUp: (error: CallError) => void = () => undefined;

  constructor(parts: StayParts) {
    const { environment, log, ticket, own, handlers } = parts;
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
        interrupted: () => handlers.interrupted(),
        resumed: () => handlers.resumed(),
        lost: () => this.#lost(),
      },
    );
    this.room = new Room(xmpp.roomJid, ticket.endpointId, log, (stanza) => this.connection.send(stanza), {
      here: (occupant) => handlers.here(occupant),
      gone: (departure) => {
        this.keeper.ownerLeft(departure.nick);
        handlers.gone(departure);
      },
      self: (occupant) => handlers.self(occupant),
      out: (departure) => handlers.out(departure),
      focus: (occupant) => this.#focusChanged(occupant),
    });
    this.keeper = new SessionKeeper({
      environment,
      log,
      own,
      endpointId: ticket.endpointId,
      focus: this.room.focusJid,
      jid: () => this.connection.jid,
      iceServers: () => this.#iceServers.map((server) => ({ ...server, urls: [...server.urls] })),
      request: (iq) => this.connection.request(iq),
      alone: parts.alone,
      handlers: {
        tracks: (tracks) => handlers.tracks(tracks),
        state: (state) => handlers.media(state),
        bridge: (message) => handlers.bridge(message),
        forgotten: () => this.#startOver(),
        gaveUp: (error) => handlers.failed(error),
      },
    });
  }

  /**
   * Connects and enters; `connected` is called between the two. Rejects with a {@link CallError}, also when the stay
   * is left or the connection lost meanwhile.
   */
  enter(connected: () => void): Promise<void> {
    const ended = new Promise<never>((_, reject) => {
      this.#giveUp = reject;
    });
    return Promise.race([this.#connectAndEnter(connected), ended]);
  }

  /** Shows others what we publish now. */
  show(): void {
    this.room.show(this.#ownPresence());
  }

  /** Leaves at once, and in order. Resolves when the server has seen it, or after a second. */
  leave(): Promise<void> {
    this.#end();
    const farewell = this.keeper.close();
    if (farewell) {
      this.connection.request(farewell).catch(() => undefined);
    }
    this.room.leave();
    return this.connection.close();
  }

  /** The room is no longer ours; nothing to be said there. */
  close(): void {
    this.#end();
    this.keeper.close();
    void this.connection.close();
  }

  async #connectAndEnter(connected: () => void): Promise<void> {
    await this.connection.open();
    connected();
    await Promise.all([this.#enterRoom(), this.#findServers()]);
  }

  #lost(): void {
    this.#giveUp(new CallError('connection-lost', CONNECTION_LOST, 'check-network'));
    if (!this.#over) {
      this.#parts.handlers.lost();
    }
  }

  /** Entering again is how the focus sees us again. */
  #startOver(): void {
    this.room.leave();
    void this.connection.close();
    this.#lost();
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
    const { ticket, own } = this.#parts;
    return { displayName: ticket.displayName, sources: own.sourceInfo(ticket.endpointId) };
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
      this.connection.send(discoInfoReply(iq));
    } else if (type === 'set' && iq.child('jingle', NS.jingle)) {
      const step = readJingleRequest(iq, this.#provenFocus(), this.keeper.session?.address.sessionId);
      this.connection.send(step.reply);
      if (step.wish) {
        this.keeper.take(step.wish);
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
      this.keeper.drop();
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

  /** The focus has left the room: ask for it, or for the one that takes its place. */
  async #reopen(): Promise<void> {
    try {
      this.#focusJid = await openConference(this.#entryParts());
    } catch (error) {
      if (!this.#over && this.connection.isOpen) {
        this.#parts.handlers.failed(error as CallError);
      }
    }
  }
}

/** Adds the room's name, by which a load balancer finds the shard. */
function withRoom(url: string, room: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}room=${encodeURIComponent(room)}`;
}
