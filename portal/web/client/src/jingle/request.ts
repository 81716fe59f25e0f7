import { type XmlElement, xml } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import { errorReply, resultReply } from '../xmpp/stanza-error.ts';
import type { SessionOffer, SourceDescription, Transport } from './description.ts';
import { readOffer } from './read-offer.ts';
import { readRemovedSsrcs, readSources } from './read-sources.ts';
import { readTransport } from './read-transport.ts';
import { integer } from './values.ts';

/** What the focus wants of us. */
export type FocusWish =
  | { readonly kind: 'start'; readonly offer: SessionOffer }
  | { readonly kind: 'end'; readonly reason: string }
  | { readonly kind: 'add-sources'; readonly sources: readonly SourceDescription[] }
  /** New credentials of the bridge, for an ICE restart; their number grows with each. */
  | { readonly kind: 'new-transport'; readonly transport: Transport; readonly generation: number }
  | { readonly kind: 'remove-sources'; readonly ssrcs: ReadonlySet<number> }
  | { readonly kind: 'unusable-offer'; readonly why: string; readonly sessionId: string };

/** What to answer, at once and before anything is done, and what to do then. */
export interface JingleStep {
  readonly reply: XmlElement;
  readonly wish: FocusWish | undefined;
}

/**
 * Reads a Jingle IQ (XEP-0166). `focus` is the occupant JID of the focus when it is known to be the real one;
 * `sessionId` that of the running session.
 *
 * An acknowledgement says that the stanza came, not that it worked: Jitsi's parts expect it at once.
 */
export function readJingleRequest(
  iq: XmlElement,
  focus: string | undefined,
  sessionId: string | undefined,
): JingleStep {
  const jingle = iq.child('jingle', NS.jingle);
  const action = jingle?.attribute('action');
  if (!jingle || focus === undefined || iq.attribute('from') !== focus) {
    return { reply: unknownSession(iq), wish: undefined };
  }
  const sid = jingle.attribute('sid');
  if (action === 'session-initiate') {
    if (sid !== undefined && sid === sessionId) {
      return { reply: errorReply(iq, 'cancel', 'service-unavailable'), wish: undefined };
    }
    const offer = readOffer(jingle);
    return typeof offer === 'string'
      ? { reply: resultReply(iq), wish: { kind: 'unusable-offer', why: offer, sessionId: sid ?? '' } }
      : { reply: resultReply(iq), wish: { kind: 'start', offer } };
  }
  if (sid === undefined || sid !== sessionId) {
    return { reply: unknownSession(iq), wish: undefined };
  }
  switch (action) {
    case 'session-terminate': {
      const reason = jingle.child('reason')?.elements.find((element) => element.name !== 'text');
      return { reply: resultReply(iq), wish: { kind: 'end', reason: reason?.name ?? 'unknown' } };
    }
    case 'source-add':
      return { reply: resultReply(iq), wish: { kind: 'add-sources', sources: readSources(jingle) } };
    case 'source-remove':
      return { reply: resultReply(iq), wish: { kind: 'remove-sources', ssrcs: readRemovedSsrcs(jingle) } };
    case 'transport-info':
      return { reply: resultReply(iq), wish: readNewTransport(jingle) };
    // Nothing that we would have to do anything about.
    case 'session-info':
      return { reply: resultReply(iq), wish: undefined };
    default:
      return { reply: errorReply(iq, 'cancel', 'feature-not-implemented'), wish: undefined };
  }
}

/** Undefined when it is not about an ICE restart: candidates that come later, for example, which we do not need. */
function readNewTransport(jingle: XmlElement): FocusWish | undefined {
  for (const content of jingle.childrenNamed('content')) {
    const element = content.child('transport', NS.iceUdp);
    const transport = element && readTransport(element);
    const generation = integer(element?.attribute('ice-generation'), 1, 0xffff_ffff);
    if (transport && generation !== undefined) {
      return { kind: 'new-transport', transport, generation };
    }
  }
  return undefined;
}

function unknownSession(iq: XmlElement): XmlElement {
  return errorReply(iq, 'cancel', 'item-not-found', xml('unknown-session', NS.jingleErrors));
}
