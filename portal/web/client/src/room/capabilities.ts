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

/**
 * The verification string of XEP-0115, section 5.1, over {@link IDENTITY} and {@link FEATURES}. They are constant,
 * so it is too; a test computes it.
 */
export const CAPS_HASH = 'eA3LQX9oNEEjVBK/PgEMJntlojw=';

/** The `<c/>` of our presence. */
export function capsElement(): XmlElement {
  return xml('c', NS.caps, { hash: 'sha-1', node: CAPS_NODE, ver: CAPS_HASH });
}

/** The answer to a disco#info request (XEP-0030). */
export function discoInfoReply(iq: XmlElement): XmlElement {
  const node = iq.child('query', NS.discoInfo)?.attribute('node');
  return resultReply(
    iq,
    xml(
      'query',
      NS.discoInfo,
      { node },
      xml('identity', NS.discoInfo, IDENTITY),
      ...FEATURES.map((feature) => xml('feature', NS.discoInfo, { var: feature })),
    ),
  );
}
