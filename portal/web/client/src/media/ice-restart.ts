import type { Environment } from '../environment.ts';
import type { SessionOffer, Transport } from '../jingle/description.ts';
import { iceRestartRequest, type SessionAddress, transportInfo } from '../jingle/write.ts';
import type { XmlElement } from '../xmpp/element.ts';
import type { Peer } from './peer.ts';

/** The focus answers within a tenth of a second when the bridge can. */
const TRANSPORT_TIMEOUT_MS = 5_000;

/** What ICE restarts are made with. */
export interface IceRestartParts {
  readonly environment: Environment;
  readonly address: SessionAddress;
  readonly offer: SessionOffer;
  readonly peer: () => Peer;
  /** Sends an IQ and waits for the result. */
  readonly request: (iq: XmlElement) => Promise<XmlElement>;
}

/**
 * Restarts ICE (RFC 8445, section 9) in a session that goes on: we ask the focus, it sends the bridge's new credentials, our
 * browser makes new ones too, and the focus is told them. DTLS and all streams stay as they are, and so does the path
 * until there is a better one. Owned by the session.
 */
export class IceRestart {
  readonly #parts: IceRestartParts;
  #generation = 0;
  #arrived: ((transport: Transport) => void) | undefined;

  constructor(parts: IceRestartParts) {
    this.#parts = parts;
  }

  /** Resolves when both sides have new credentials; rejects when the focus, the bridge or the browser does not do that. */
  async ask(): Promise<void> {
    const { environment, address, offer, peer, request } = this.#parts;
    let stopTimer: () => void = () => undefined;
    const transport = new Promise<Transport>((resolve, reject) => {
      this.#arrived = resolve;
      stopTimer = environment.schedule(TRANSPORT_TIMEOUT_MS, () =>
        reject(new Error('no new transport in time')),
      );
    });
    try {
      const refused = request(iceRestartRequest(address, offer.bridgeSessionId)).then(() => transport);
      const { ufrag, password, candidates } = await Promise.race([transport, refused]);
      const generation = this.#generation;
      const answer = await peer().restartIce({ ...offer.transport, ufrag, password, candidates });
      await request(transportInfo(address, offer, answer, generation));
    } finally {
      stopTimer();
      this.#arrived = undefined;
    }
  }

  /** The focus sends new credentials of the bridge. Those that were not asked for, or come late, count for nothing. */
  take(transport: Transport, generation: number): void {
    if (this.#arrived && generation > this.#generation) {
      this.#generation = generation;
      this.#arrived(transport);
    }
  }
}
