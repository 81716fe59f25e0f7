import type {
  Candidate,
  PayloadType,
  RtpDescription,
  SessionOffer,
  SourceDescription,
  Transport,
} from '../jingle/description.ts';
import type { MediaKind } from '../participant.ts';
import type { VideoCodec } from '../media/video-codec.ts';
import { describedSource, type MLine, type MLines } from './m-lines.ts';
import { RIDS } from './simulcast.ts';

/**
 * Writes the SDP offer (RFC 8866, 8829) that stands for the bridge: codecs and transport of the focus' offer, m-lines
 * as given. `version` has to grow with each one (RFC 3264, section 8). `codec` is the one we like to send best.
 */
export function writeOffer(offer: SessionOffer, lines: MLines, version: number, codec: VideoCodec): string {
  const descriptions = new Map(offer.contents.map(({ description }) => [description.kind, description]));
  const mids = lines.map((_, index) => String(index));
  const out = [
    'v=0',
    `o=- 1 ${version} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    // The bridge only answers checks (RFC 8445, section 2.5). A browser that did not know would think that the bridge, which
    // offers, is in control, and would learn by errors that cost it the first checks of each pair.
    'a=ice-lite',
    `a=group:BUNDLE ${mids.join(' ')}`,
    'a=msid-semantic: WMS *',
  ];
  lines.forEach((line, index) => {
    const description = descriptions.get(line.kind);
    if (description) {
      out.push(...writeLine(line, index, description, offer.transport, codec));
    }
  });
  return `${out.join('\r\n')}\r\n`;
}

function writeLine(
  line: MLine,
  index: number,
  description: RtpDescription,
  transport: Transport,
  codec: VideoCodec,
): string[] {
  const payloadTypes = inOrderOfPreference(description.payloadTypes, codec);
  const { fingerprint } = transport;
  const source = describedSource(line);
  return [
    `m=${line.kind} 9 UDP/TLS/RTP/SAVPF ${payloadTypes.map(({ id }) => id).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    `a=ice-ufrag:${transport.ufrag}`,
    `a=ice-pwd:${transport.password}`,
    `a=fingerprint:${fingerprint.hash} ${fingerprint.value}`,
    `a=setup:${fingerprint.setup}`,
    `a=mid:${index}`,
    ...description.headerExtensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    ...(description.extmapAllowMixed ? ['a=extmap-allow-mixed'] : []),
    `a=${direction(line)}`,
    ...(source ? [`a=msid:${source.msid}`] : []),
    'a=rtcp-mux',
    ...payloadTypes.flatMap(writePayloadType),
    ...(description.maxPacketTime === undefined ? [] : [`a=maxptime:${description.maxPacketTime}`]),
    ...(source ? writeSource(source) : []),
    ...(line.simulcast && line.active ? writeSimulcast() : []),
    // Everything is bundled on the transport of the first m-line.
    ...(index === 0 ? transport.candidates.map(writeCandidate) : []),
  ];
}

/** As the remote side sees it. */
function direction(line: MLine): string {
  if (!line.active) {
    return 'inactive';
  }
  return line.side === 'own' ? 'recvonly' : 'sendonly';
}

/** The wished codec first, else VP8: the first in an m-line is the one a browser sends. The rest as offered. */
function inOrderOfPreference(
  payloadTypes: readonly PayloadType[],
  codec: VideoCodec,
): readonly PayloadType[] {
  const preferred = ['opus', codec, 'vp8'];
  const rank = ({ name }: PayloadType) => {
    const found = preferred.indexOf(name.toLowerCase());
    return found === -1 ? preferred.length : found;
  };
  return payloadTypes.toSorted((a, b) => rank(a) - rank(b));
}

function writePayloadType({ id, name, clockRate, channels, parameters, feedback }: PayloadType): string[] {
  const lines = [`a=rtpmap:${id} ${name}/${clockRate}${channels && channels > 1 ? `/${channels}` : ''}`];
  if (parameters.length > 0) {
    const written = parameters.map((p) => (p.name === '' ? p.value : `${p.name}=${p.value}`));
    lines.push(`a=fmtp:${id} ${written.join(';')}`);
  }
  for (const { type, subtype } of feedback) {
    lines.push(`a=rtcp-fb:${id} ${type}${subtype === undefined ? '' : ` ${subtype}`}`);
  }
  return lines;
}

function writeSource({ owner, msid, ssrcs, groups }: SourceDescription): string[] {
  return [
    ...groups.map((group) => `a=ssrc-group:${group.semantics} ${group.ssrcs.join(' ')}`),
    // One clock for all a participant sends: the same CNAME makes the browser play them in step (RFC 3550, 6.5.1).
    ...ssrcs.flatMap((ssrc) => [`a=ssrc:${ssrc} cname:${owner}`, `a=ssrc:${ssrc} msid:${msid}`]),
  ];
}

/** RFC 8853, section 5.1: the bridge takes several encodings, lowest first. */
function writeSimulcast(): string[] {
  return [...RIDS.map((rid) => `a=rid:${rid} recv`), `a=simulcast:recv ${RIDS.join(';')}`];
}

/** RFC 8839, section 5.1. */
function writeCandidate(candidate: Candidate): string {
  const { foundation, component, protocol, priority, address, port, type, generation } = candidate;
  let line = `a=candidate:${foundation} ${component} ${protocol} ${priority} ${address} ${port} typ ${type}`;
  if (candidate.relatedAddress !== undefined && candidate.relatedPort !== undefined) {
    line += ` raddr ${candidate.relatedAddress} rport ${candidate.relatedPort}`;
  }
  if (candidate.tcpType !== undefined) {
    line += ` tcptype ${candidate.tcpType}`;
  }
  return `${line} generation ${generation}`;
}

/** The kinds of media in the order of the offer's contents. */
export function offeredKinds(offer: SessionOffer): readonly MediaKind[] {
  return offer.contents.map(({ description }) => description.kind);
}
