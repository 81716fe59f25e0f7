import type { IceError } from './ice-errors.ts';
import type { Surroundings } from './surroundings.ts';

/** For an address from the relay. */
const longestForAddress = 12_000;
/** For a message through it, once there is one. */
const longestForMessage = 3_000;

export interface Relayed {
  /** How long a message took there and back, in milliseconds; nothing when none came. */
  readonly carried: number | undefined;
  /** An address that the relay gave us. */
  readonly relay: string | undefined;
  readonly errors: readonly IceError[];
}

/** Two ends in one page that can reach each other through a relay only. Serves once. */
export class RelayLoop {
  readonly #near: RTCPeerConnection;
  readonly #far: RTCPeerConnection;
  readonly #surroundings: Surroundings;
  readonly #errors: IceError[] = [];
  #relay: string | undefined;

  constructor(make: () => RTCPeerConnection, surroundings: Surroundings) {
    this.#near = make();
    this.#far = make();
    this.#surroundings = surroundings;
  }

  async run(): Promise<Relayed> {
    const carried = await this.#carry();
    this.#near.close();
    this.#far.close();
    return { carried, relay: this.#relay, errors: this.#errors };
  }

  #carry(): Promise<number | undefined> {
    const { after, now } = this.#surroundings;
    return new Promise((resolve) => {
      let stop = after(longestForAddress, () => finish(undefined));
      const finish = (took: number | undefined): void => {
        stop();
        resolve(took);
      };
      this.#join(
        this.#near,
        this.#far,
        (address) => {
          if (this.#relay === undefined) {
            this.#relay = address;
            stop();
            stop = after(longestForMessage, () => finish(undefined));
          }
        },
        () => {
          if (this.#relay === undefined) {
            finish(undefined);
          }
        },
      );
      this.#join(
        this.#far,
        this.#near,
        () => undefined,
        () => undefined,
      );

      const channel = this.#near.createDataChannel('connection-test');
      let sent = 0;
      channel.onopen = () => {
        sent = now();
        channel.send('There and back.');
      };
      channel.onmessage = () => finish(now() - sent);
      this.#far.ondatachannel = ({ channel: other }) => {
        other.onmessage = ({ data }: MessageEvent<string>) => other.send(data);
      };
      this.#greet().catch(() => finish(undefined));
    });
  }

  async #greet(): Promise<void> {
    await this.#near.setLocalDescription();
    await this.#far.setRemoteDescription(described(this.#near));
    await this.#far.setLocalDescription();
    await this.#near.setRemoteDescription(described(this.#far));
  }

  #join(
    one: RTCPeerConnection,
    other: RTCPeerConnection,
    onRelay: (address: string) => void,
    onNoMore: () => void,
  ): void {
    one.onicecandidateerror = ({ errorCode, url }) => {
      this.#errors.push({ code: errorCode, url });
    };
    const early: RTCIceCandidate[] = [];
    const pass = (candidate: RTCIceCandidate): void => {
      if (other.remoteDescription === null) {
        early.push(candidate);
      } else {
        void other.addIceCandidate(candidate).catch(() => undefined);
      }
    };
    other.onsignalingstatechange = () => {
      if (other.remoteDescription !== null) {
        early.splice(0).forEach(pass);
      }
    };
    one.onicecandidate = ({ candidate }) => {
      if (candidate === null) {
        onNoMore();
      } else {
        if (candidate.type === 'relay') {
          onRelay(`${candidate.address ?? '?'}:${candidate.port ?? 0}`);
        }
        pass(candidate);
      }
    };
  }
}

function described(connection: RTCPeerConnection): RTCSessionDescription {
  if (connection.localDescription === null) {
    throw new Error('There is no description though one was made.');
  }
  return connection.localDescription;
}
