import type { WebSocketLike } from '../../src/environment.ts';

/** The server's end of a {@link FakeWebSocket}. */
export interface ServerEnd {
  received(text: string): void;
  closed(): void;
}

/** A WebSocket whose other end is an object in the same process. Texts arrive in order, a moment later. */
export class FakeWebSocket implements WebSocketLike {
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  #server: ServerEnd | undefined;
  #open = false;

  /** `accept` answers with the server's end, or undefined when nobody listens there. */
  constructor(accept: (socket: FakeWebSocket) => ServerEnd | undefined) {
    queueMicrotask(() => {
      this.#server = accept(this);
      if (this.#server) {
        this.#open = true;
        this.onopen?.({});
      } else {
        this.onerror?.({});
        this.onclose?.({ code: 1006, reason: '' });
      }
    });
  }

  send(text: string): void {
    if (this.#open) {
      // Taken at once, as by a browser, and delivered even if the page goes away right now.
      queueMicrotask(() => this.#server?.received(text));
    }
  }

  close(): void {
    if (this.#open) {
      this.#open = false;
      queueMicrotask(() => this.#server?.closed());
    }
  }

  /** The server sends something. */
  deliver(data: unknown): void {
    queueMicrotask(() => {
      if (this.#open) {
        this.onmessage?.({ data });
      }
    });
  }

  /** The server, or the network, ends it. */
  drop(code = 1006): void {
    if (this.#open) {
      this.#open = false;
      queueMicrotask(() => this.onclose?.({ code, reason: '' }));
    }
  }
}
