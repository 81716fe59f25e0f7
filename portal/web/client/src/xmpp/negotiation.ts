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
  /** The server does not know the session that was to be resumed. */
  | { readonly kind: 'not-resumed' }
  | { readonly kind: 'protocol'; readonly detail: string };

/** What came of it: a new session, or an old one resumed. */
export type NegotiationResult =
  | {
      readonly kind: 'bound';
      /** Our full JID. */
      readonly jid: string;
      /** By which the session can be resumed, if it can. */
      readonly resumptionId: string | undefined;
    }
  | {
      readonly kind: 'resumed';
      /** How many of our stanzas the server has. */ readonly confirmed: string | undefined;
    };

/** What to do after one element came in. */
export interface NegotiationStep {
  readonly send: readonly XmlElement[];
  readonly result?: NegotiationResult;
  readonly failure?: NegotiationFailure;
}

/*
 * From a fresh socket to a session (RFC 7395 section 3, RFC 6120 sections 6 and 7, XEP-0198 sections 3 and 5):
 *
 *   opening --<open/>--> features --features: PLAIN--> authenticating --<success/>, we <open/>--> reopening
 *   reopening --<open/>--> binding-features --features: bind--> binding --result--> enabling --<enabled/>--> done
 *                                           --an old session--> resuming --<resumed/>--> done
 */
type State =
  | 'opening'
  | 'features'
  | 'authenticating'
  | 'reopening'
  | 'binding-features'
  | 'binding'
  | 'enabling'
  | 'resuming'
  | 'done';

/** Sets a stream up: elements in, elements out, no socket. */
export class Negotiation {
  readonly #credentials: Credentials;
  readonly #resume: XmlElement | undefined;
  #state: State = 'opening';
  #jid = '';
  #offersManagement = false;

  /** With a `<resume/>` the session it names is taken up instead of a new one. */
  constructor(credentials: Credentials, resume?: XmlElement) {
    this.#credentials = credentials;
    this.#resume = resume;
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
      case 'enabling':
        return this.#enabled(element);
      case 'resuming':
        return this.#resumed(element);
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
    if (this.#resume) {
      this.#state = 'resuming';
      return { send: [this.#resume] };
    }
    this.#offersManagement = element.child('sm', NS.streamManagement) !== undefined;
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
    this.#jid = jid;
    if (this.#offersManagement) {
      this.#state = 'enabling';
      return { send: [xml('enable', NS.streamManagement, { resume: 'true' })] };
    }
    return this.#done({ kind: 'bound', jid, resumptionId: undefined });
  }

  #enabled(element: XmlElement): NegotiationStep {
    if (element.namespace !== NS.streamManagement) {
      return this.#unexpected(element);
    }
    const resumes = element.name === 'enabled' && ['true', '1'].includes(element.attribute('resume') ?? '');
    const resumptionId = resumes ? element.attribute('id') : undefined;
    return this.#done({ kind: 'bound', jid: this.#jid, resumptionId });
  }

  #resumed(element: XmlElement): NegotiationStep {
    if (element.is('resumed', NS.streamManagement)) {
      return this.#done({ kind: 'resumed', confirmed: element.attribute('h') });
    }
    return element.is('failed', NS.streamManagement)
      ? { send: [], failure: { kind: 'not-resumed' } }
      : this.#unexpected(element);
  }

  #done(result: NegotiationResult): NegotiationStep {
    this.#state = 'done';
    return { send: [], result };
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
