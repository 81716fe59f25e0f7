import { type XmlElement, xml } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import { resultReply } from '../xmpp/stanza-error.ts';

/** Address that names this software in capabilities (XEP-0115). */
export const CAPS_NODE = 'https://video-window.org/client';

/** What a focus may rely on, in the order that the hash below was made of. */
export const FEATURES: readonly string[] = [
  'http://jabber.org/protocol/caps',
  'http://jabber.org/protocol/disco#info',
  'http://jitsi.org/json-encoded-sources',
  'http://jitsi.org/receive-multiple-video-streams',
  'http://jitsi.org/source-name',
  'http://jitsi.org/tcc',
  'urn:ietf:rfc:4588',
  'urn:xmpp:jingle:1',
  'urn:xmpp:jingle:apps:dtls:0',
  'urn:xmpp:jingle:apps:rtp:1',
  'urn:xmpp:jingle:apps:rtp:audio',
  'urn:xmpp:jingle:apps:rtp:video',
  'urn:xmpp:jingle:transports:ice-udp:1',
  'urn:xmpp:ping',
];

/** Category, type and name of this software. */
export const IDENTITY = { category: 'client', type: 'web', name: 'Video Window' } as const;

/** Besides: the bridge may tell over its channel which source is on which of few SSRCs. */
export const SOURCE_MAPPING = 'http://jitsi.org/ssrc-rewriting-1';

/**
 * The verification strings of XEP-0115, section 5.1, over {@link IDENTITY} and {@link FEATURES}, the second with
 * {@link SOURCE_MAPPING}. They are constant, so these are too; a test computes them.
 */
export const CAPS_HASH = 'eA3LQX9oNEEjVBK/PgEMJntlojw=';
export const CAPS_HASH_MAPPING = 'Cfr+UVSNbnT9RVeGrdf1FV+TxZE=';

/** What we can, with or without the mapping of sources, in the order that the hash was made of. */
export function features(mapping: boolean): readonly string[] {
  return mapping ? [...FEATURES, SOURCE_MAPPING].toSorted() : FEATURES;
}

/** The `<c/>` of our presence. */
export function capsElement(mapping: boolean): XmlElement {
  return xml('c', NS.caps, {
    hash: 'sha-1',
    node: CAPS_NODE,
    ver: mapping ? CAPS_HASH_MAPPING : CAPS_HASH,
  });
}

/** The answer to a disco#info request (XEP-0030). */
export function discoInfoReply(iq: XmlElement, mapping: boolean): XmlElement {
  const node = iq.child('query', NS.discoInfo)?.attribute('node');
  return resultReply(
    iq,
    xml(
      'query',
      NS.discoInfo,
      { node },
      xml('identity', NS.discoInfo, IDENTITY),
      ...features(mapping).map((feature) => xml('feature', NS.discoInfo, { var: feature })),
    ),
  );
}
