/** Pretends the servers that the connection test asks, without a network. @param broken which of them does not answer */
export function fakeServers(broken: string | undefined): void {
  class Socket {
    readonly protocol = 'xmpp';
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    constructor() {
      setTimeout(() => (broken === 'web-socket' ? this.onclose?.() : this.onopen?.()), 10);
    }
    send(text: string): void {
      if (!text.startsWith('<open')) {
        return;
      }
      this.onmessage?.({ data: "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>" });
    }
    close(): void {
      this.onclose = null;
    }
  }
  class Connection {
    onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
    onicecandidateerror: ((event: { errorCode: number; url: string }) => void) | null = null;
    ondatachannel = null;
    onsignalingstatechange = null;
    readonly remoteDescription = null;
    readonly localDescription = {};
    readonly #relay: boolean;
    constructor(configuration: RTCConfiguration) {
      this.#relay = configuration.iceTransportPolicy === 'relay';
    }
    createDataChannel(): unknown {
      return {};
    }
    setRemoteDescription(): Promise<void> {
      return Promise.resolve();
    }
    setLocalDescription(): Promise<void> {
      setTimeout(() => {
        if (broken === 'udp') {
          this.onicecandidateerror?.({ errorCode: 701, url: '' });
        } else {
          const type = this.#relay ? 'relay' : 'srflx';
          this.onicecandidate?.({ candidate: { type, protocol: 'udp', address: '192.0.2.7', port: 12001 } });
        }
        this.onicecandidate?.({ candidate: null });
      }, 10);
      return Promise.resolve();
    }
    close(): void {
      this.onicecandidate = null;
    }
  }
  Object.assign(globalThis, { WebSocket: Socket, RTCPeerConnection: Connection });
}
