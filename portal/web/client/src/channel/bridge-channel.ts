import type { Environment, WebSocketLike } from '../environment.ts';
import type { Log } from '../log.ts';
import { type BridgeMessage, readBridgeMessage } from './messages.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** What the owner of a channel hears from it. */
export interface ChannelHandlers {
  /** Open, again perhaps: tell the bridge everything that it has to know. */
  opened(): void;
  message(message: BridgeMessage): void;
}

/**
 * The WebSocket to the bridge of one media session. When it breaks it is opened again, after one second at first,
 * later after up to a minute. A call goes on without it, only less well informed. Owned by the media session.
 */
export class BridgeChannel {
  readonly #environment: Environment;
  readonly #log: Log;
  readonly #url: string;
  readonly #handlers: ChannelHandlers;
  #socket: WebSocketLike | undefined;
  #open = false;
  #closed = false;
  #retryMs = FIRST_RETRY_MS;
  #skipped = 0;
  #stopTimer: () => void = () => undefined;

  constructor(environment: Environment, log: Log, url: string, handlers: ChannelHandlers) {
    this.#environment = environment;
    this.#log = log;
    this.#url = url;
    this.#handlers = handlers;
    this.#connect();
  }

  /** Sends a text frame; false when the channel is not open, and nothing was sent. */
  send(text: string): boolean {
    if (this.#open) {
      this.#socket?.send(text);
    }
    return this.#open;
  }

  /** The network has changed: what was in vain a moment ago may work now. Does nothing while the channel is open. */
  retryNow(): void {
    if (!this.#open && !this.#closed) {
      this.#stopTimer();
      this.#drop();
      this.#retryMs = FIRST_RETRY_MS;
      this.#connect();
    }
  }

  close(): void {
    this.#closed = true;
    this.#stopTimer();
    this.#drop();
  }

  #connect(): void {
    try {
      const socket = this.#environment.openWebSocket(this.#url);
      this.#socket = socket;
      socket.onopen = () => this.#opened();
      socket.onmessage = (event) => this.#received(event.data);
      socket.onclose = () => this.#lost();
      socket.onerror = () => undefined; // a close event follows, and says as little
    } catch (error) {
      this.#log('warn', 'the address of the bridge channel cannot be used', error);
    }
  }

  #opened(): void {
    this.#open = true;
    this.#retryMs = FIRST_RETRY_MS;
    this.#handlers.opened();
  }

  #received(data: unknown): void {
    const message = typeof data === 'string' ? readBridgeMessage(data) : undefined;
    if (message) {
      this.#handlers.message(message);
    } else if (this.#skipped++ % 100 === 0) {
      this.#log('debug', 'messages of the bridge that say nothing to us', { count: this.#skipped });
    }
  }

  #lost(): void {
    this.#drop();
    if (this.#closed) {
      return;
    }
    // A bridge that starts again has all its clients at the door: not all in the same moment.
    const wait = this.#retryMs * (0.5 + this.#environment.random());
    this.#log('info', 'the bridge channel is closed; opening it again', { inMs: Math.round(wait) });
    this.#stopTimer = this.#environment.schedule(wait, () => this.#connect());
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#open = false;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }
  }
}
