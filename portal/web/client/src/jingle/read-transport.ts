import type { XmlElement } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import type { Candidate, Transport } from './description.ts';
import { ADDRESS, FINGERPRINT, ICE_PASSWORD, ICE_UFRAG, integer, matching, oneOf, TOKEN } from './values.ts';

const MAX_CANDIDATES = 64;

/**
 * Reads `<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'/>` (XEP-0176 with XEP-0320). Undefined when it
 * lacks what no connection comes about without: credentials, fingerprint, a candidate.
 */
export function readTransport(transport: XmlElement): Transport | undefined {
  const ufrag = matching(transport.attribute('ufrag'), ICE_UFRAG);
  const password = matching(transport.attribute('pwd'), ICE_PASSWORD);
  const print = transport.child('fingerprint', NS.dtls);
  const hash = matching(print?.attribute('hash'), TOKEN);
  const value = matching(print?.text.trim(), FINGERPRINT);
  const candidates = transport
    .childrenNamed('candidate')
    .slice(0, MAX_CANDIDATES)
    .map(readCandidate)
    .filter((candidate) => candidate !== undefined);
  if (!ufrag || !password || !hash || !value || candidates.length === 0) {
    return undefined;
  }
  const setup = oneOf(print?.attribute('setup'), ['actpass', 'active', 'passive']) ?? 'actpass';
  return { ufrag, password, fingerprint: { hash, value, setup }, candidates };
}

/** Reads one candidate; undefined when it makes no sense. */
export function readCandidate(element: XmlElement): Candidate | undefined {
  const foundation = matching(element.attribute('foundation'), TOKEN);
  const component = integer(element.attribute('component'), 1, 256);
  const protocol = oneOf(element.attribute('protocol')?.toLowerCase(), ['udp', 'tcp', 'ssltcp']);
  const priority = integer(element.attribute('priority'), 0, 0xffff_ffff);
  const address = matching(element.attribute('ip'), ADDRESS);
  const port = integer(element.attribute('port'), 1, 65_535);
  const type = oneOf(element.attribute('type'), ['host', 'srflx', 'prflx', 'relay']);
  if (
    foundation === undefined ||
    component === undefined ||
    protocol === undefined ||
    priority === undefined ||
    address === undefined ||
    port === undefined ||
    type === undefined
  ) {
    return undefined;
  }
  return {
    foundation,
    component,
    protocol,
    priority,
    address,
    port,
    type,
    relatedAddress: type === 'host' ? undefined : matching(element.attribute('rel-addr'), ADDRESS),
    relatedPort: type === 'host' ? undefined : integer(element.attribute('rel-port'), 0, 65_535),
    tcpType: oneOf(element.attribute('tcptype'), ['active', 'passive', 'so']),
    generation: integer(element.attribute('generation'), 0, 0xffff_ffff) ?? 0,
  };
}

/** The addresses of the bridge's WebSocket inside a transport. */
export function readChannelUrls(transport: XmlElement): readonly string[] {
  return transport
    .childrenNamed('web-socket', NS.colibri)
    .map((element) => element.attribute('url') ?? '')
    .filter((url) => /^wss?:\/\/[\x21-\x7e]{1,2048}$/.test(url));
}
