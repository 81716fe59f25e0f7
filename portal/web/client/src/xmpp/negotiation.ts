import { XmlElement, xml } from './element.ts';
import { NS } from './namespaces.ts';

/** Who signs in, and where. */
export interface Credentials {
  /** The XMPP domain. */
  readonly domain: string;
  /** Node of the JID. */
  readonly username: string;
  readonly password: string;
}

/** Why a stream could not be set up. */
export type NegotiationFailure =
  | { readonly kind: 'refused'; readonly condition: string; readonly text: string | undefined }
  | { readonly kind: 'protocol'; readonly detail: string };

/** What to do after one element came in. */
export interface NegotiationStep {
  readonly send: readonly XmlElement[];
  /** The full JID, once all is done. */
  readonly bound?: string;
  readonly failure?: NegotiationFailure;
}

/*
 * From a fresh socket to a bound JID (RFC 7395 section 3, RFC 6120 sections 6 and 7):
 *
 *   opening --<open/>--> features --features: PLAIN--> authenticating --<success/>, we <open/>--> reopening
 *   reopening --<open/>--> binding-features --features: bind--> binding --result--> done
 */
type State =
  'opening' | 'features' | 'authenticating' | 'reopening' | 'binding-features' | 'binding' | 'done';

/** Sets a stream up: elements in, elements out, no socket. */
export class Negotiation {
  readonly #credentials: Credentials;
  #state: State = 'opening';

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** The first thing to send. */
  open(): XmlElement {
    return xml('open', NS.framing, { to: this.#credentials.domain, version: '1.0' });
  }

  /** Takes the next element from the server. */
  receive(element: XmlElement): NegotiationStep {
    switch (this.#state) {
      case 'opening':
      case 'reopening':
        return this.#opened(element);
      case 'features':
        return this.#authenticate(element);
      case 'authenticating':
        return this.#authenticated(element);
      case 'binding-features':
        return this.#bind(element);
      case 'binding':
        return this.#bound(element);
      case 'done':
        return { send: [] };
    }
  }

  #opened(element: XmlElement): NegotiationStep {
    if (!element.is('open', NS.framing)) {
      return this.#unexpected(element);
    }
    this.#state = this.#state === 'opening' ? 'features' : 'binding-features';
    return { send: [] };
  }

  #authenticate(element: XmlElement): NegotiationStep {
    if (!element.is('features', NS.stream)) {
      return this.#unexpected(element);
    }
    const mechanisms = element.child('mechanisms', NS.sasl)?.childrenNamed('mechanism') ?? [];
    if (!mechanisms.some((mechanism) => mechanism.text.trim() === 'PLAIN')) {
      return { send: [], failure: { kind: 'protocol', detail: 'the server does not offer SASL PLAIN' } };
    }
    this.#state = 'authenticating';
    const { username, password } = this.#credentials;
    // RFC 4616: authorization identity (none), NUL, name, NUL, password.
    const message = base64(`\u0000${username}\u0000${password}`);
    return { send: [xml('auth', NS.sasl, { mechanism: 'PLAIN' }, message)] };
  }

  #authenticated(element: XmlElement): NegotiationStep {
    if (element.is('failure', NS.sasl)) {
      const condition = element.elements.find((e) => e.name !== 'text')?.name ?? 'not-authorized';
      return { send: [], failure: { kind: 'refused', condition, text: element.child('text')?.text } };
    }
    if (!element.is('success', NS.sasl)) {
      return this.#unexpected(element);
    }
    this.#state = 'reopening';
    return { send: [this.open()] };
  }

  #bind(element: XmlElement): NegotiationStep {
    if (!element.is('features', NS.stream)) {
      return this.#unexpected(element);
    }
    this.#state = 'binding';
    // No resource is proposed: the server makes one that nobody can guess.
    return { send: [xml('iq', NS.client, { type: 'set', id: 'bind' }, xml('bind', NS.bind))] };
  }

  #bound(element: XmlElement): NegotiationStep {
    if (element.name !== 'iq' || element.attribute('id') !== 'bind') {
      return this.#unexpected(element);
    }
    const jid = element.child('bind', NS.bind)?.child('jid')?.text;
    if (element.attribute('type') !== 'result' || !jid) {
      return { send: [], failure: { kind: 'protocol', detail: 'the server refused to bind a resource' } };
    }
    this.#state = 'done';
    return { send: [], bound: jid };
  }

  #unexpected(element: XmlElement): NegotiationStep {
    return {
      send: [],
      failure: { kind: 'protocol', detail: `unexpected <${element.name}/> while ${this.#state}` },
    };
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
