import { XmlElement, xml } from './element.ts';
import { NS } from './namespaces.ts';

/** An `<error/>` inside a stanza (RFC 6120, section 8.3), as it came. */
export interface StanzaError {
  /** `auth`, `cancel`, `modify`, `wait`, or what else was written there. */
  readonly type: string;
  /** `not-allowed`, `item-not-found`, ...; `undefined-condition` when there is none. */
  readonly condition: string;
  readonly text: string | undefined;
  /** The application's own condition, if any. */
  readonly specific: XmlElement | undefined;
}

/** Reads the error of an IQ, a presence or a message. */
export function readStanzaError(stanza: XmlElement): StanzaError {
  const error = stanza.child('error');
  const conditions = error?.elements.filter((e) => e.namespace === NS.stanzas && e.name !== 'text') ?? [];
  return {
    type: error?.attribute('type') ?? '',
    condition: conditions[0]?.name ?? 'undefined-condition',
    text: error?.child('text', NS.stanzas)?.text ?? error?.child('text')?.text,
    specific: error?.elements.find((e) => e.namespace !== NS.stanzas && e.name !== 'text'),
  };
}

/** Makes the error answer to an IQ. */
export function errorReply(
  iq: XmlElement,
  type: 'auth' | 'cancel' | 'modify' | 'wait',
  condition: string,
  specific?: XmlElement,
): XmlElement {
  return xml(
    'iq',
    NS.client,
    { type: 'error', id: iq.attribute('id'), to: iq.attribute('from') },
    xml('error', NS.client, { type }, xml(condition, NS.stanzas), specific),
  );
}

/** Makes the empty (or filled) result of an IQ. */
export function resultReply(iq: XmlElement, payload?: XmlElement): XmlElement {
  return xml('iq', NS.client, { type: 'result', id: iq.attribute('id'), to: iq.attribute('from') }, payload);
}
