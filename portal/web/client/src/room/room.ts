import type { Log } from '../log.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { xml } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import { readStanzaError, type StanzaError } from '../xmpp/stanza-error.ts';
import { type OwnPresence, ownPresence } from './own-presence.ts';
import { type Departure, FOCUS_NICK, type Occupant, readPresence } from './presence.ts';

/** What the owner of a room hears from it. */
export interface RoomHandlers {
  /** Somebody else (not the focus) is here, or shows themselves differently than `before`. */
  here(occupant: Occupant, before: Occupant | undefined): void;
  /** Somebody else has left. */
  gone(departure: Departure): void;
  /** We are in, or were changed by the server. */
  self(occupant: Occupant): void;
  /** We are out, whoever wanted that. */
  out(departure: Departure): void;
  /** The focus has come, changed or gone. */
  focus(occupant: Occupant | undefined): void;
}

/** Our place in the multi-user chat room of the meeting (XEP-0045). Owned by the call; one per connection. */
export class Room {
  readonly jid: string;
  readonly nick: string;
  readonly #log: Log;
  readonly #send: (stanza: XmlElement) => void;
  readonly #handlers: RoomHandlers;
  readonly #present = new Map<string, Occupant>();
  #entering: { resolve: () => void; reject: (error: StanzaError) => void } | undefined;
  #inside = false;
  #focus: Occupant | undefined;

  constructor(
    jid: string,
    nick: string,
    log: Log,
    send: (stanza: XmlElement) => void,
    handlers: RoomHandlers,
  ) {
    this.jid = jid;
    this.nick = nick;
    this.#log = log;
    this.#send = send;
    this.#handlers = handlers;
  }

  /** Our own occupant JID. */
  get occupantJid(): string {
    return `${this.jid}/${this.nick}`;
  }

  get focusJid(): string {
    return `${this.jid}/${FOCUS_NICK}`;
  }

  /** The focus, while it is in the room. */
  get focus(): Occupant | undefined {
    return this.#focus;
  }

  /** Asks to be let in. Rejects with the server's error. Whoever is inside has been reported before it resolves. */
  enter(own: OwnPresence): Promise<void> {
    return new Promise((resolve, reject) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an answer, not a failure of ours
      this.#entering = { resolve, reject: (error) => reject(error) };
      this.#send(ownPresence(this.occupantJid, own, true));
    });
  }

  /** Shows ourselves anew, if we are inside. */
  show(own: OwnPresence): void {
    if (this.#inside) {
      this.#send(ownPresence(this.occupantJid, own, false));
    }
  }

  /** Leaves, if we are inside or on our way in. */
  leave(): void {
    if (!this.#inside && !this.#entering) {
      return;
    }
    this.#inside = false;
    this.#entering = undefined;
    this.#send(xml('presence', NS.client, { type: 'unavailable', to: this.occupantJid }));
  }

  /** Takes any presence that comes in. */
  presence(stanza: XmlElement): void {
    const presence = readPresence(stanza, this.jid);
    switch (presence?.kind) {
      case 'here':
        return this.#here(presence.occupant);
      case 'gone':
        return this.#gone(presence.departure);
      case 'error':
        return this.#refused(readStanzaError(stanza));
      case undefined:
        return;
    }
  }

  #here(occupant: Occupant): void {
    if (occupant.nick === FOCUS_NICK) {
      this.#focus = occupant;
      this.#handlers.focus(occupant);
    } else if (occupant.nick !== this.nick) {
      const before = this.#present.get(occupant.nick);
      this.#present.set(occupant.nick, occupant);
      this.#handlers.here(occupant, before);
    } else {
      this.#inside = true;
      this.#handlers.self(occupant);
      this.#entering?.resolve();
      this.#entering = undefined;
    }
  }

  #gone(departure: Departure): void {
    if (departure.nick === FOCUS_NICK) {
      this.#focus = undefined;
      this.#handlers.focus(undefined);
    } else if (departure.nick === this.nick) {
      this.#inside = false;
      this.#handlers.out(departure);
    } else if (this.#present.delete(departure.nick)) {
      this.#handlers.gone(departure);
    }
  }

  #refused(error: StanzaError): void {
    if (this.#entering) {
      this.#entering.reject(error);
      this.#entering = undefined;
    } else {
      this.#log('warn', 'the room refuses a presence', { condition: error.condition });
    }
  }
}
