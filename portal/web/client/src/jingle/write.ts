import type { Answer, AnsweredLine } from '../sdp/read-answer.ts';
import { type XmlElement, xml } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import type {
  PayloadType,
  RtpDescription,
  SessionOffer,
  SourceDescription,
  StreamIds,
} from './description.ts';

/** Names the session that a stanza of ours belongs to. */
export interface SessionAddress {
  /** Occupant JID of the focus: where it goes, and whom Jitsi's focus expects as `initiator`. */
  readonly focus: string;
  readonly sessionId: string;
}

function jingle(
  address: SessionAddress,
  action: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (XmlElement | undefined)[]
): XmlElement {
  return xml(
    'iq',
    NS.client,
    { type: 'set', to: address.focus },
    xml(
      'jingle',
      NS.jingle,
      { action, initiator: address.focus, sid: address.sessionId, ...attributes },
      ...children,
    ),
  );
}

/**
 * Our acceptance: what the browser took of each content, our end of the transport (no candidates: the bridge learns
 * our addresses from our checks) and the sources we start with.
 */
export function sessionAccept(
  address: SessionAddress,
  responder: string,
  offer: SessionOffer,
  answer: Answer,
  sources: readonly SourceDescription[],
): XmlElement {
  const transport = xml(
    'transport',
    NS.iceUdp,
    { ufrag: answer.ufrag, pwd: answer.password },
    xml(
      'fingerprint',
      NS.dtls,
      { hash: answer.fingerprint.hash, setup: answer.fingerprint.setup },
      answer.fingerprint.value,
    ),
  );
  const contents = offer.contents.map(({ name, description: { kind } }, index) => {
    const line: AnsweredLine | undefined = answer.lines[index];
    return xml(
      'content',
      NS.jingle,
      { creator: 'responder', name, senders: 'both' },
      line &&
        writeDescription(
          line.description,
          sources.filter((source) => source.kind === kind),
        ),
      transport,
    );
  });
  return jingle(
    address,
    'session-accept',
    { responder },
    xml(
      'group',
      NS.grouping,
      { semantics: 'BUNDLE' },
      ...offer.contents.map(({ name }) => xml('content', NS.grouping, { name })),
    ),
    ...contents,
  );
}

/** Announces a source of ours, or takes one back. */
export function sourceChange(
  address: SessionAddress,
  action: 'source-add' | 'source-remove',
  source: SourceDescription,
): XmlElement {
  return jingle(
    address,
    action,
    {},
    xml(
      'content',
      NS.jingle,
      { creator: 'responder', name: source.kind, senders: 'both' },
      xml('description', NS.rtp, { media: source.kind }, ...writeSource(source)),
    ),
  );
}

/** Ends the session because we leave. */
export function sessionTerminate(address: SessionAddress): XmlElement {
  return jingle(address, 'session-terminate', {}, xml('reason', NS.jingle, {}, xml('success', NS.jingle)));
}

/** Ends a session that does not work, and asks for another one. */
export function restartRequest(address: SessionAddress, bridgeSessionId: string | undefined): XmlElement {
  return jingle(
    address,
    'session-terminate',
    {},
    xml('reason', NS.jingle, {}, xml('connectivity-error', NS.jingle)),
    xml('bridge-session', NS.focus, { id: bridgeSessionId, restart: 'true' }),
  );
}

/** Asks for new credentials of the bridge in the running session. */
export function iceRestartRequest(address: SessionAddress, bridgeSessionId: string | undefined): XmlElement {
  return jingle(
    address,
    'session-info',
    {},
    xml('bridge-session', NS.focus, { id: bridgeSessionId, 'ice-restart': 'true' }),
  );
}

/** Our credentials after an ICE restart: an answer to those of the bridge with the same generation. */
export function transportInfo(
  address: SessionAddress,
  offer: SessionOffer,
  answer: Answer,
  generation: number,
): XmlElement {
  const [first] = offer.contents;
  const { ufrag, password: pwd } = answer;
  return jingle(
    address,
    'transport-info',
    {},
    xml(
      'content',
      NS.jingle,
      { creator: 'initiator', name: first?.name },
      xml('transport', NS.iceUdp, { 'ice-generation': generation, ufrag, pwd }),
    ),
  );
}

function writeDescription(description: RtpDescription, sources: readonly SourceDescription[]): XmlElement {
  return xml(
    'description',
    NS.rtp,
    { media: description.kind, maxptime: description.maxPacketTime },
    ...description.payloadTypes.map(writePayloadType),
    ...sources.flatMap(writeSource),
    xml('rtcp-mux', NS.rtp),
    ...description.headerExtensions.map(({ id, uri }) => xml('rtp-hdrext', NS.headerExtension, { id, uri })),
    description.extmapAllowMixed ? xml('extmap-allow-mixed', NS.headerExtension) : undefined,
  );
}

function writePayloadType(payloadType: PayloadType): XmlElement {
  const { id, name, clockRate, channels, parameters, feedback } = payloadType;
  return xml(
    'payload-type',
    NS.rtp,
    { id, name, clockrate: clockRate, channels },
    ...parameters.map((parameter) =>
      xml('parameter', NS.rtp, { name: parameter.name || undefined, value: parameter.value }),
    ),
    ...feedback.map(({ type, subtype }) => xml('rtcp-fb', NS.rtcpFeedback, { type, subtype })),
  );
}

function writeSource(source: SourceDescription): XmlElement[] {
  const { name, videoType, msid, ssrcs, groups, streamIds } = source;
  return [
    ...(streamIds === undefined ? [] : writeStreamIds(source, streamIds)),
    ...ssrcs.map((ssrc) =>
      xml(
        'source',
        NS.sourceAttributes,
        { ssrc, name, videoType },
        xml('parameter', NS.sourceAttributes, { name: 'msid', value: msid }),
      ),
    ),
    ...groups.map(({ semantics, ssrcs: members }) =>
      xml(
        'ssrc-group',
        NS.sourceAttributes,
        { semantics },
        ...members.map((ssrc) => xml('source', NS.sourceAttributes, { ssrc })),
      ),
    ),
  ];
}

/** Jitsi's form of RFC 8853: a source for each encoding, and their order, lowest first. */
function writeStreamIds(
  { name, videoType, msid }: SourceDescription,
  { rids, mid }: StreamIds,
): XmlElement[] {
  return [
    ...rids.map((rid) =>
      xml(
        'source',
        NS.sourceAttributes,
        { rid, name, videoType },
        xml('parameter', NS.sourceAttributes, { name: 'msid', value: msid }),
        xml('parameter', NS.sourceAttributes, { name: 'mid', value: mid }),
      ),
    ),
    xml(
      'rid-group',
      NS.sourceAttributes,
      { semantics: 'SIM' },
      ...rids.map((rid) => xml('source', NS.sourceAttributes, { rid, name })),
    ),
  ];
}
