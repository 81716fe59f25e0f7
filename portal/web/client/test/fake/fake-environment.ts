import type { Environment } from '../../src/environment.ts';
import { FakePeerConnection } from './fake-peer-connection.ts';
import { FakeWebSocket, type ServerEnd } from './fake-web-socket.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Where a fake WebSocket ends up. */
export interface FakeNetwork {
  accept(url: string, protocols: readonly string[], socket: FakeWebSocket): ServerEnd | undefined;
}

/** An environment with virtual time, a network of one process, and peers that pretend. */
export class FakeEnvironment implements Environment {
  readonly clock: VirtualClock;
  /** The peer connections made here, oldest first. */
  readonly peers: FakePeerConnection[] = [];
  /** False: media do not get through. */
  mediaReachable = true;
  knowsSslTcp = false;
  readonly #network: FakeNetwork;
  #ids = 0;
  readonly #networkListeners = new Set<() => void>();

  constructor(clock: VirtualClock, network: FakeNetwork) {
    this.clock = clock;
    this.#network = network;
  }

  openWebSocket(url: string, protocols: string[] = []): FakeWebSocket {
    return new FakeWebSocket((socket) => this.#network.accept(url, protocols, socket));
  }

  createPeerConnection(configuration: RTCConfiguration): RTCPeerConnection {
    const peer = new FakePeerConnection(configuration, this.mediaReachable);
    this.peers.push(peer);
    return peer as unknown as RTCPeerConnection;
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    return this.clock.schedule(milliseconds, callback);
  }

  onNetworkChange(listener: () => void): () => void {
    this.#networkListeners.add(listener);
    return () => this.#networkListeners.delete(listener);
  }

  /** How many wait for news of the network: none may be left when a call is over. */
  get listeners(): number {
    return this.#networkListeners.size;
  }

  /** The runtime tells that the network was lost, came back or is another one. */
  changeNetwork(): void {
    [...this.#networkListeners].forEach((listener) => listener());
  }

  now(): number {
    return this.clock.now();
  }

  random(): number {
    return 0;
  }

  uuid(): string {
    return `00000000-0000-4000-8000-${String(++this.#ids).padStart(12, '0')}`;
  }

  get peer(): FakePeerConnection {
    const last = this.peers.at(-1);
    if (!last) {
      throw new Error('no peer connection was made');
    }
    return last;
  }
}
