import type { XmlElement } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import type { SessionOffer } from './description.ts';
import { readRtpDescription } from './read-description.ts';
import { readSources } from './read-sources.ts';
import { readChannelUrls, readTransport } from './read-transport.ts';
import { matching, TOKEN } from './values.ts';

/** Reads a `session-initiate`; a string instead says in a few words why it cannot be accepted. */
export function readOffer(jingle: XmlElement): SessionOffer | string {
  const sessionId = jingle.attribute('sid');
  if (!sessionId) {
    return 'no sid';
  }
  const bundle = jingle
    .childrenNamed('group', NS.grouping)
    .find((group) => group.attribute('semantics') === 'BUNDLE');
  if (!bundle) {
    return 'no BUNDLE group';
  }
  const contents = [];
  const kinds = new Set<string>();
  for (const content of jingle.childrenNamed('content')) {
    const element = content.child('description', NS.rtp);
    const description = element && readRtpDescription(element);
    const name = matching(content.attribute('name'), TOKEN);
    if (name !== undefined && description && element.child('rtcp-mux') && !kinds.has(description.kind)) {
      kinds.add(description.kind);
      contents.push({ name, description });
    }
  }
  if (contents.length === 0) {
    return 'no content with usable codecs and rtcp-mux';
  }
  const transports = jingle
    .childrenNamed('content')
    .map((content) => content.child('transport', NS.iceUdp))
    .filter((transport) => transport !== undefined);
  // All contents share one transport and repeat it; the first that is whole serves for all.
  const transport = transports.map(readTransport).find((read) => read !== undefined);
  if (!transport) {
    return 'no transport with credentials, fingerprint and candidates';
  }
  return {
    sessionId,
    contents,
    transport,
    channelUrls: [...new Set(transports.flatMap(readChannelUrls))],
    bridgeSessionId: jingle.child('bridge-session', NS.focus)?.attribute('id'),
    sources: readSources(jingle),
  };
}
