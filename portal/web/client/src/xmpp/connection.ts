import type { Environment } from '../environment.ts';
import type { Log } from '../log.ts';
import { type XmlElement, xml } from './element.ts';
import { IqRequests } from './iq-requests.ts';
import { KeepAlive } from './keep-alive.ts';
import { NS } from './namespaces.ts';
import { type Credentials, Negotiation } from './negotiation.ts';
import { StreamManagement } from './stream-management.ts';
import { StreamFailure, type StreamHandlers, XmppStream } from './stream.ts';

/** The focus answers in milliseconds; Jitsi's clients give up after as long. */
const IQ_TIMEOUT_MS = 10_000;
/** How long a broken connection is tried to be taken up again. Servers keep sessions about as long. */
const RESUME_WITHIN_MS = 30_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 1_500;
/** A server that has not let us in by then is as good as away. */
const OPEN_WITHIN_MS = 15_000;
/** Less patience on the way back: packets of an attempt made while the network was away are repeated ever later. */
const REOPEN_WITHIN_MS = 4_000;

/** What the owner of a connection hears from it. */
export interface ConnectionHandlers {
  /** A presence, a message, or an IQ of type get or set. */
  stanza(element: XmlElement): void;
  /** Broken; it may come back, and then nothing is lost. */
  interrupted(): void;
  /** It came back. */
  resumed(): void;
  /** The server has answered, after {@link XmppConnection.probe}. */
  alive(): void;
  /** The connection, once made, has gone for good; comes once, not after {@link XmppConnection.close}. */
  lost(): void;
}

/*
 *   new --open()--> opening --bound--> open --socket breaks--> resuming --<resumed/>--> open
 *                                                                       --refused, or too late--> closed, lost()
 *   any --close()--> closing --the server's good-bye, or a second--> closed
 */
type State = 'new' | 'opening' | 'open' | 'resuming' | 'closing' | 'closed';

/**
 * A session with the XMPP server: signed in and bound by {@link open}, then stanzas both ways until it is closed or
 * lost. When its socket breaks it is resumed on another one (XEP-0198), if the server can do that. Owned by the stay.
 */
export class XmppConnection {
  readonly #environment: Environment;
  readonly #log: Log;
  readonly #url: string;
  readonly #credentials: Credentials;
  readonly #handlers: ConnectionHandlers;
  readonly #requests: IqRequests;
  readonly #keepAlive: KeepAlive;
  #stream: XmppStream | undefined;
  #management: StreamManagement | undefined;
  #state: State = 'new';
  #jid = '';
  #stopTimer: () => void = () => undefined;
  #whenClosed: () => void = () => undefined;
  #giveUpOpening: () => void = () => undefined;
  #resumeNow: () => void = () => undefined;

  constructor(
    environment: Environment,
    log: Log,
    url: string,
    credentials: Credentials,
    handlers: ConnectionHandlers,
  ) {
    this.#environment = environment;
    this.#log = log;
    this.#url = url;
    this.#credentials = credentials;
    this.#handlers = handlers;
    this.#requests = new IqRequests((ms, callback) => environment.schedule(ms, callback));
    this.#keepAlive = new KeepAlive(environment, {
      ping: (within) => this.#ping(within),
      alive: () => this.#handlers.alive(),
      dead: () => this.#broken('the server does not answer pings'),
    });
  }

  /** Our full JID, once open. */
  get jid(): string {
    return this.#jid;
  }

  /** True also while it is being resumed: what is sent then goes out afterwards. */
  get isOpen(): boolean {
    return this.#state === 'open' || this.#state === 'resuming';
  }

  /**
   * Connects, signs in and binds. Rejects with a `CallError` that says what can be done about it. On the way `back` with
   * less patience: it will be tried again.
   */
  open(back = false): Promise<void> {
    this.#state = 'opening';
    return new Promise((resolve, reject) => {
      this.#giveUpOpening = () => {
        this.#down();
        reject(new StreamFailure(undefined, 'cannot be reached').asCallError());
      };
      this.#openStream(undefined, back ? REOPEN_WITHIN_MS : OPEN_WITHIN_MS, {
        opened: (result) => {
          if (result.kind === 'bound') {
            this.#bound(result.jid, result.resumptionId);
          }
          resolve();
        },
        failed: (failure) => {
          this.#state = 'closed';
          reject(failure.asCallError());
        },
      });
    });
  }

  /** Something casts doubt on the connection: looks whether the server answers. */
  probe(): void {
    if (this.#state === 'open') {
      this.#keepAlive.probe();
    }
  }

  /** The network is another one, or there again: nothing that was begun on the old one is waited for. */
  networkChanged(): void {
    switch (this.#state) {
      case 'open':
        return this.#keepAlive.probe();
      case 'resuming':
        return this.#resumeNow();
      case 'opening':
        return this.#giveUpOpening();
      case 'new':
      case 'closing':
      case 'closed':
        return;
    }
  }

  /** Sends a stanza. */
  send(stanza: XmlElement): void {
    if (!this.isOpen) {
      return;
    }
    const ask = this.#management?.sent(stanza);
    if (this.#state === 'open') {
      this.#stream?.write(stanza);
      if (ask) {
        this.#stream?.write(ask);
      }
    }
  }

  /** Sends an IQ of type get or set, with an id of its own, and waits for the result; rejects with `IqError`. */
  request(iq: XmlElement, timeoutMilliseconds = IQ_TIMEOUT_MS): Promise<XmlElement> {
    const id = this.#environment.uuid();
    const reply = this.#requests.wait(id, iq.attribute('to'), timeoutMilliseconds);
    if (this.isOpen) {
      this.send(xml('iq', NS.client, { ...Object.fromEntries(iq.attributes), id }, ...iq.children));
    } else {
      this.#requests.failAll();
    }
    return reply;
  }

  /**
   * Says good-bye at once (so that it serves while a page is being closed) and resolves when the server has
   * done so too, or after `graceMilliseconds`.
   */
  close(graceMilliseconds = 1000): Promise<void> {
    const before = this.#state;
    if (before !== 'open') {
      this.#down();
      return Promise.resolve();
    }
    this.#state = 'closing';
    this.#keepAlive.stop();
    this.#stream?.sayGoodBye();
    return new Promise((resolve) => {
      const stop = this.#environment.schedule(graceMilliseconds, () => this.#down());
      this.#whenClosed = () => {
        stop();
        resolve();
      };
    });
  }

  #openStream(
    resume: XmlElement | undefined,
    withinMilliseconds: number,
    outcome: Pick<StreamHandlers, 'opened' | 'failed'>,
  ): void {
    const negotiation = new Negotiation(this.#credentials, resume);
    this.#stream = new XmppStream(this.#environment, this.#log, negotiation, {
      ...outcome,
      heard: () => this.#keepAlive.heard(),
      element: (element) => this.#received(element),
      closed: (orderly) => this.#closed(orderly),
    });
    this.#stream.open(this.#url, withinMilliseconds);
  }

  #bound(jid: string, resumptionId: string | undefined): void {
    this.#jid = jid;
    this.#management = resumptionId === undefined ? undefined : new StreamManagement(resumptionId);
    this.#state = 'open';
    this.#keepAlive.start();
    // RFC 6121, section 4.2: without it a server may keep from us what other users, the focus too, send to us.
    this.send(xml('presence', NS.client));
  }

  #received(element: XmlElement): void {
    const managed = this.#management?.received(element);
    if (managed?.reply) {
      this.#stream?.write(managed.reply);
    }
    if (managed?.mine === true || this.#state !== 'open') {
      return;
    }
    const type = element.attribute('type');
    if (element.name === 'iq' && (type === 'result' || type === 'error')) {
      this.#requests.settle(element);
      return;
    }
    try {
      this.#handlers.stanza(element);
    } catch (error) {
      // Our bug, not the sender's; one stanza must not end the call.
      this.#log('warn', `a <${element.name}/> could not be handled`, error);
    }
  }

  #ping(withinMilliseconds: number): Promise<XmlElement> {
    const ping = xml('iq', NS.client, { type: 'get', to: this.#credentials.domain }, xml('ping', NS.ping));
    return this.request(ping, withinMilliseconds);
  }

  /** The server ended the stream, or the socket broke. */
  #closed(orderly: boolean): void {
    if (orderly || this.#state === 'closing') {
      this.#lose();
    } else {
      this.#broken('the socket broke');
    }
  }

  #broken(why: string): void {
    this.#log('warn', 'the connection to the server is broken', { why });
    this.#keepAlive.stop();
    this.#stream?.drop();
    if (this.#state !== 'open' || !this.#management?.isResumable) {
      this.#lose();
      return;
    }
    this.#state = 'resuming';
    this.#handlers.interrupted();
    this.#resume(this.#management, FIRST_RETRY_MS, this.#environment.now() + RESUME_WITHIN_MS);
  }

  #resume(management: StreamManagement, wait: number, deadline: number): void {
    const attempt = () => {
      this.#openStream(management.resumeRequest(), REOPEN_WITHIN_MS, {
        opened: (result) =>
          this.#resumed(management, result.kind === 'resumed' ? result.confirmed : undefined),
        failed: ({ failure }) => {
          // Whoever answers with a refusal will not change its mind.
          if (failure !== undefined || this.#environment.now() >= deadline) {
            this.#lose();
          } else {
            this.#resume(management, Math.min(wait * 2, LONGEST_RETRY_MS), deadline);
          }
        },
      });
    };
    this.#stopTimer = this.#environment.schedule(wait * (0.5 + this.#environment.random()), attempt);
    this.#resumeNow = () => {
      this.#stopTimer();
      this.#stream?.drop();
      attempt();
    };
  }

  #resumed(management: StreamManagement, confirmed: string | undefined): void {
    management.confirm(confirmed);
    this.#state = 'open';
    management.unconfirmed.forEach((stanza) => this.#stream?.write(stanza));
    this.#keepAlive.start();
    this.#handlers.resumed();
  }

  #lose(): void {
    const expected = this.#state === 'closing';
    this.#down();
    if (!expected) {
      this.#handlers.lost();
    }
  }

  /** The one way to the end, whoever wanted it. */
  #down(): void {
    if (this.#state !== 'closed') {
      this.#state = 'closed';
      this.#stopTimer();
      this.#keepAlive.stop();
      this.#stream?.drop();
      this.#requests.failAll();
      this.#whenClosed();
    }
  }
}
