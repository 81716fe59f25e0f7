import type { FakeWebSocket, ServerEnd } from './fake-web-socket.ts';

/** The bridge's channels: keeps what came in and passes endpoint messages on. */
export class FakeBridge {
  /** By endpoint id. */
  readonly #sockets = new Map<string, FakeWebSocket>();
  /** What each endpoint has sent, oldest first. */
  readonly received = new Map<string, Record<string, unknown>[]>();
  accepting = true;

  accept(url: string, socket: FakeWebSocket): ServerEnd | undefined {
    if (!this.accepting) {
      return undefined;
    }
    const endpoint = new URL(url).pathname.split('/').at(-1) ?? '';
    this.#sockets.set(endpoint, socket);
    socket.deliver(JSON.stringify({ colibriClass: 'ServerHello', version: 'fake' }));
    return {
      received: (text) => this.#take(endpoint, JSON.parse(text) as Record<string, unknown>),
      closed: () => {
        if (this.#sockets.get(endpoint) === socket) {
          this.#sockets.delete(endpoint);
        }
      },
    };
  }

  has(endpoint: string): boolean {
    return this.#sockets.has(endpoint);
  }

  /** Sends text, or an object as JSON, to one endpoint or all. */
  send(endpoint: string | undefined, message: unknown): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    for (const [id, socket] of this.#sockets) {
      if (endpoint === undefined || id === endpoint) {
        socket.deliver(text);
      }
    }
  }

  drop(endpoint: string): void {
    this.#sockets.get(endpoint)?.drop();
    this.#sockets.delete(endpoint);
  }

  #take(endpoint: string, message: Record<string, unknown>): void {
    this.received.set(endpoint, [...(this.received.get(endpoint) ?? []), message]);
    if (message['colibriClass'] === 'EndpointMessage') {
      for (const [id, socket] of this.#sockets) {
        if (id !== endpoint && (message['to'] === '' || message['to'] === id)) {
          socket.deliver(JSON.stringify({ ...message, from: endpoint }));
        }
      }
    }
  }
}
