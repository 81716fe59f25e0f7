import type { Environment, WebSocketLike } from '../environment.ts';
import { CallError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type XmlElement, xml } from './element.ts';
import { IqRequests } from './iq-requests.ts';
import { KeepAlive } from './keep-alive.ts';
import { NS } from './namespaces.ts';
import { type Credentials, Negotiation, type NegotiationFailure } from './negotiation.ts';
import { parseElement } from './parse.ts';
import { serialize } from './serialize.ts';

/** A server that has not let us in by then is as good as away. */
const CONNECT_TIMEOUT_MS = 15_000;
/** The focus answers in milliseconds; Jitsi's clients give up after as long. */
const IQ_TIMEOUT_MS = 10_000;

/** What the owner of a connection hears from it. */
export interface ConnectionHandlers {
  /** A presence, a message, or an IQ of type get or set. */
  stanza(element: XmlElement): void;
  /** The connection, once made, has gone; comes once, not after {@link XmppConnection.close}. */
  lost(): void;
}

/**
 * An XMPP stream over one WebSocket (RFC 7395): signed in and bound by {@link open}, then stanzas both ways until
 * it is closed or lost. Owned by the call; another one is made to come back.
 */
export class XmppConnection {
  readonly #environment: Environment;
  readonly #log: Log;
  readonly #domain: string;
  readonly #handlers: ConnectionHandlers;
  readonly #negotiation: Negotiation;
  readonly #requests: IqRequests;
  readonly #keepAlive: KeepAlive;
  readonly #url: string;
  #socket: WebSocketLike | undefined;
  #state: 'new' | 'opening' | 'open' | 'closing' | 'closed' = 'new';
  #jid = '';
  #broken = 0;
  #settleOpen: { resolve: () => void; reject: (error: CallError) => void } | undefined;
  #stopConnectTimer: () => void = () => undefined;
  #whenClosed: () => void = () => undefined;

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
    this.#domain = credentials.domain;
    this.#handlers = handlers;
    this.#negotiation = new Negotiation(credentials);
    this.#requests = new IqRequests((ms, callback) => environment.schedule(ms, callback));
    this.#keepAlive = new KeepAlive(environment, {
      ping: () =>
        this.request(
          xml('iq', NS.client, { type: 'get', to: this.#domain }, xml('ping', NS.ping)),
          KeepAlive.ANSWER_WITHIN_MS,
        ),
      dead: () => {
        this.#log('warn', 'the server does not answer pings');
        this.#down();
      },
    });
  }

  /** Our full JID, once open. */
  get jid(): string {
    return this.#jid;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Connects, signs in and binds. Rejects with what can be done about it. */
  open(): Promise<void> {
    this.#state = 'opening';
    return new Promise((resolve, reject) => {
      this.#settleOpen = { resolve, reject };
      this.#stopConnectTimer = this.#environment.schedule(CONNECT_TIMEOUT_MS, () =>
        this.#failOpen(unreachable('did not answer')),
      );
      try {
        const socket = this.#environment.openWebSocket(this.#url, ['xmpp']);
        this.#socket = socket;
        socket.onopen = () => this.#write(this.#negotiation.open());
        socket.onmessage = (event) => this.#received(event.data);
        socket.onclose = () => this.#down();
        socket.onerror = () => undefined; // a close event follows, and says as little
      } catch {
        this.#failOpen(unreachable('has an address that cannot be used'));
      }
    });
  }

  /** Sends a stanza. Lost, like any on the way, when the connection is. */
  send(stanza: XmlElement): void {
    if (this.#state === 'open') {
      this.#write(stanza);
    }
  }

  /** Sends an IQ of type get or set, with an id of its own, and waits for the result; rejects with `IqError`. */
  request(iq: XmlElement, timeoutMilliseconds = IQ_TIMEOUT_MS): Promise<XmlElement> {
    const id = this.#environment.uuid();
    const reply = this.#requests.wait(id, iq.attribute('to'), timeoutMilliseconds);
    if (this.#state === 'open') {
      this.#write(xml('iq', NS.client, { ...Object.fromEntries(iq.attributes), id }, ...iq.children));
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
    if (this.#state === 'closed' || this.#state === 'new') {
      this.#state = 'closed';
      return Promise.resolve();
    }
    const wasOpen = this.#state === 'open';
    this.#state = 'closing';
    this.#keepAlive.stop();
    if (wasOpen) {
      this.#write(xml('close', NS.framing));
    }
    return new Promise((resolve) => {
      const stop = this.#environment.schedule(wasOpen ? graceMilliseconds : 0, () => this.#down());
      this.#whenClosed = () => {
        stop();
        resolve();
      };
    });
  }

  #received(data: unknown): void {
    this.#keepAlive.heard();
    const element = typeof data === 'string' ? parseElement(data) : undefined;
    if (element === undefined) {
      this.#countBroken();
      return;
    }
    if (element.is('close', NS.framing) || element.is('error', NS.stream)) {
      this.#log('info', 'the server ends the stream', element.elements[0]?.name);
      this.#down();
      return;
    }
    if (this.#state === 'opening') {
      this.#negotiate(element);
    } else if (this.#state === 'open') {
      this.#dispatch(element);
    }
  }

  #negotiate(element: XmlElement): void {
    const step = this.#negotiation.receive(element);
    step.send.forEach((reply) => this.#write(reply));
    if (step.failure) {
      this.#failOpen(asCallError(step.failure));
    } else if (step.bound !== undefined) {
      this.#jid = step.bound;
      this.#state = 'open';
      this.#stopConnectTimer();
      this.#keepAlive.start();
      // RFC 6121, section 4.2: without it a server may keep from us what other users, the focus too, send to us.
      this.#write(xml('presence', NS.client));
      this.#settleOpen?.resolve();
      this.#settleOpen = undefined;
    }
  }

  #dispatch(element: XmlElement): void {
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

  /** What cannot be read is counted; the log gets the first and every hundredth. */
  #countBroken(): void {
    if (this.#broken++ % 100 === 0) {
      this.#log('warn', 'the server sent something that is not an XMPP element', { count: this.#broken });
    }
    if (this.#state === 'opening') {
      this.#failOpen(asCallError({ kind: 'protocol', detail: 'no XMPP' }));
    }
  }

  #write(element: XmlElement): void {
    try {
      this.#socket?.send(serialize(element));
    } catch (error) {
      this.#log('warn', 'the socket takes nothing any more', error);
    }
  }

  #failOpen(error: CallError): void {
    const settle = this.#settleOpen;
    this.#settleOpen = undefined;
    this.#down();
    settle?.reject(error);
  }

  /** The one way to the end, whoever wanted it. */
  #down(): void {
    const before = this.#state;
    if (before === 'closed') {
      return;
    }
    this.#state = 'closed';
    this.#stopConnectTimer();
    this.#keepAlive.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }
    this.#requests.failAll();
    this.#settleOpen?.reject(unreachable('cannot be reached'));
    this.#settleOpen = undefined;
    this.#whenClosed();
    if (before === 'open') {
      this.#handlers.lost();
    }
  }
}

function unreachable(what: string): CallError {
  return new CallError(
    'connection-failed',
    `The meeting server ${what}. Check the network, then try again.`,
    'check-network',
  );
}

function asCallError(failure: NegotiationFailure): CallError {
  if (failure.kind === 'refused') {
    return new CallError(
      'ticket-refused',
      `The meeting server did not accept the ticket${failure.text ? ` (${failure.text})` : ''}. Join again to get a new one.`,
      'new-ticket',
    );
  }
  return new CallError(
    'protocol',
    `The meeting server speaks another language than this client: ${failure.detail}.`,
    'none',
  );
}
