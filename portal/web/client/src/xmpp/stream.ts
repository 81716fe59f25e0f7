import type { Environment, WebSocketLike } from '../environment.ts';
import { CallError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type XmlElement, xml } from './element.ts';
import { NS } from './namespaces.ts';
import type { Negotiation, NegotiationFailure, NegotiationResult } from './negotiation.ts';
import { parseElement } from './parse.ts';
import { serialize } from './serialize.ts';

/** What the owner of a stream hears from it. */
export interface StreamHandlers {
  /** Set up. Called before anything that the server sends after it is read: counters depend on that. */
  opened(result: NegotiationResult): void;
  /** Could not be set up. */
  failed(failure: StreamFailure): void;
  /** Something, whatever it was, came in: the server is alive. */
  heard(): void;
  /** An element came in, after the stream was set up. */
  element(element: XmlElement): void;
  /** The stream, once set up, has gone; not after {@link XmppStream.drop}. `orderly`: the server ended it. */
  closed(orderly: boolean): void;
}

/** An XMPP stream could not be set up. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure';
  /** Undefined: the server could not be reached. */
  readonly failure: NegotiationFailure | undefined;

  constructor(failure: NegotiationFailure | undefined, what: string) {
    super(what);
    this.failure = failure;
  }

  /** As an application hears of it. */
  asCallError(): CallError {
    if (this.failure?.kind === 'refused') {
      const told = this.failure.text === undefined ? '' : ` (${this.failure.text})`;
      return new CallError(
        'ticket-refused',
        `The meeting server did not accept the ticket${told}. Join again to get a new one.`,
        'new-ticket',
      );
    }
    if (this.failure?.kind === 'protocol') {
      return new CallError(
        'protocol',
        `The meeting server speaks another language than this client: ${this.failure.detail}.`,
        'none',
      );
    }
    return new CallError(
      'connection-failed',
      `The meeting server ${this.message}. Check the network, then try again.`,
      'check-network',
    );
  }
}

/** One WebSocket that speaks XMPP (RFC 7395), from its opening to its end. Owned by the connection. */
export class XmppStream {
  readonly #environment: Environment;
  readonly #log: Log;
  readonly #negotiation: Negotiation;
  readonly #handlers: StreamHandlers;
  #socket: WebSocketLike | undefined;
  #state: 'opening' | 'open' | 'closed' = 'opening';
  #stopTimer: () => void = () => undefined;
  #broken = 0;

  constructor(environment: Environment, log: Log, negotiation: Negotiation, handlers: StreamHandlers) {
    this.#environment = environment;
    this.#log = log;
    this.#negotiation = negotiation;
    this.#handlers = handlers;
  }

  /** Connects and negotiates within that time; `opened` or `failed` follows, unless it is dropped before. */
  open(url: string, withinMilliseconds: number): void {
    this.#stopTimer = this.#environment.schedule(withinMilliseconds, () =>
      this.#end(new StreamFailure(undefined, 'did not answer')),
    );
    try {
      const socket = this.#environment.openWebSocket(url, ['xmpp']);
      this.#socket = socket;
      socket.onopen = () => this.write(this.#negotiation.open());
      socket.onmessage = (event) => this.#received(event.data);
      socket.onclose = () => this.#end(new StreamFailure(undefined, 'cannot be reached'));
      socket.onerror = () => undefined; // a close event follows, and says as little
    } catch {
      this.#end(new StreamFailure(undefined, 'has an address that cannot be used'));
    }
  }

  write(element: XmlElement): void {
    try {
      this.#socket?.send(serialize(element));
    } catch (error) {
      this.#log('warn', 'the socket takes nothing any more', error);
    }
  }

  /** Says good-bye; the server's own follows, as `closed`. */
  sayGoodBye(): void {
    this.write(xml('close', NS.framing));
  }

  /** Ends it without a word to anybody. */
  drop(): void {
    this.#state = 'closed';
    this.#stopTimer();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }
  }

  #received(data: unknown): void {
    this.#handlers.heard();
    const element = typeof data === 'string' ? parseElement(data) : undefined;
    if (element === undefined) {
      this.#countBroken();
    } else if (element.is('close', NS.framing) || element.is('error', NS.stream)) {
      this.#log('info', 'the server ends the stream', element.elements[0]?.name);
      this.#end(new StreamFailure(undefined, 'ended the connection'), true);
    } else if (this.#state === 'opening') {
      this.#negotiate(element);
    } else {
      this.#handlers.element(element);
    }
  }

  #negotiate(element: XmlElement): void {
    const step = this.#negotiation.receive(element);
    step.send.forEach((reply) => this.write(reply));
    if (step.failure) {
      this.#end(new StreamFailure(step.failure, 'refused'));
    } else if (step.result) {
      this.#state = 'open';
      this.#stopTimer();
      this.#handlers.opened(step.result);
    }
  }

  /** What cannot be read is counted; the log gets the first and every hundredth. */
  #countBroken(): void {
    if (this.#broken++ % 100 === 0) {
      this.#log('warn', 'the server sent something that is not an XMPP element', { count: this.#broken });
    }
    if (this.#state === 'opening') {
      this.#end(new StreamFailure({ kind: 'protocol', detail: 'no XMPP' }, 'refused'));
    }
  }

  #end(failure: StreamFailure, orderly = false): void {
    const before = this.#state;
    if (before === 'closed') {
      return;
    }
    this.drop();
    if (before === 'open') {
      this.#handlers.closed(orderly);
    } else {
      this.#handlers.failed(failure);
    }
  }
}
