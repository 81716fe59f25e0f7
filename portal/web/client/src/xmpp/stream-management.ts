import { XmlElement, xml } from './element.ts';
import { NS } from './namespaces.ts';

/** Ask for an acknowledgement this often: more often is more traffic, less often a longer queue. */
const ASK_EVERY = 10;
/** A server that acknowledges nothing is not resumed with: beyond this the oldest stanzas are forgotten. */
const MAX_QUEUE = 500;
/** Counters wrap (XEP-0198, section 4). */
const MODULUS = 2 ** 32;

/**
 * Both counters of XEP-0198 and the stanzas of ours that the server has not confirmed. Counts from the server's
 * `<enabled/>` on; says what to send, sends nothing. Owned by the connection, outlives its sockets.
 */
export class StreamManagement {
  /** By which the server knows the session. */
  readonly id: string;
  readonly #queue: XmlElement[] = [];
  #confirmed = 0;
  #received = 0;
  #intact = true;

  constructor(id: string) {
    this.id = id;
  }

  /** False when resuming would lose something. */
  get isResumable(): boolean {
    return this.#intact;
  }

  /** Our stanzas that the server may not have. */
  get unconfirmed(): readonly XmlElement[] {
    return this.#queue;
  }

  /** What resumes the session on a new stream. */
  resumeRequest(): XmlElement {
    return xml('resume', NS.streamManagement, { h: this.#received, previd: this.id });
  }

  /** A stanza goes out. The result, if any, is to be sent after it. */
  sent(stanza: XmlElement): XmlElement | undefined {
    this.#queue.push(stanza);
    if (this.#queue.length > MAX_QUEUE) {
      this.#queue.shift();
      this.#confirmed = (this.#confirmed + 1) % MODULUS;
      this.#intact = false;
    }
    return this.#queue.length % ASK_EVERY === 0 ? xml('r', NS.streamManagement) : undefined;
  }

  /** Something came in. The result, if any, is the answer; true: it is a matter of this class, and of nobody else. */
  received(element: XmlElement): { readonly mine: boolean; readonly reply?: XmlElement } {
    if (element.namespace === NS.streamManagement) {
      if (element.name === 'a') {
        this.confirm(element.attribute('h'));
      }
      return element.name === 'r'
        ? { mine: true, reply: xml('a', NS.streamManagement, { h: this.#received }) }
        : { mine: true };
    }
    this.#received = (this.#received + 1) % MODULUS;
    return { mine: false };
  }

  /** The server has `h` of our stanzas. One that confirms what was never sent has lost count. */
  confirm(h: string | undefined): void {
    const count = /^\d{1,10}$/.test(h ?? '') ? (Number(h) - this.#confirmed + MODULUS) % MODULUS : Infinity;
    if (count > this.#queue.length) {
      this.#intact = false;
      return;
    }
    this.#queue.splice(0, count);
    this.#confirmed = (this.#confirmed + count) % MODULUS;
  }
}
