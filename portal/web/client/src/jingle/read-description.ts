import type { XmlElement } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import type { HeaderExtension, PayloadType, RtpDescription } from './description.ts';
import { integer, matching, oneOf, PRINTABLE, TOKEN, WORD } from './values.ts';

/** SDP has room for payload types 0 to 127. */
const MAX_PAYLOAD_TYPES = 64;
const MAX_DETAILS = 32;

/**
 * Reads `<description xmlns='urn:xmpp:jingle:apps:rtp:1'/>` (XEP-0167). Codecs and extensions that make no sense are
 * left out; undefined when no codec remains or the kind of media is none of ours.
 */
export function readRtpDescription(description: XmlElement): RtpDescription | undefined {
  const kind = oneOf(description.attribute('media'), ['audio', 'video']);
  const payloadTypes = description
    .childrenNamed('payload-type')
    .slice(0, MAX_PAYLOAD_TYPES)
    .map(readPayloadType)
    .filter((payloadType) => payloadType !== undefined);
  if (!kind || payloadTypes.length === 0) {
    return undefined;
  }
  return {
    kind,
    payloadTypes,
    headerExtensions: description
      .childrenNamed('rtp-hdrext', NS.headerExtension)
      .slice(0, MAX_DETAILS)
      .map(readHeaderExtension)
      .filter((extension) => extension !== undefined),
    extmapAllowMixed: description.child('extmap-allow-mixed', NS.headerExtension) !== undefined,
    maxPacketTime: integer(description.attribute('maxptime'), 1, 1000),
  };
}

function readPayloadType(element: XmlElement): PayloadType | undefined {
  const id = integer(element.attribute('id'), 0, 127);
  const name = matching(element.attribute('name'), TOKEN);
  const clockRate = integer(element.attribute('clockrate'), 1, 1_000_000);
  if (id === undefined || name === undefined || clockRate === undefined) {
    return undefined;
  }
  const parameters = [];
  for (const parameter of element.childrenNamed('parameter').slice(0, MAX_DETAILS)) {
    const value = matching(parameter.attribute('value'), PRINTABLE);
    const parameterName = parameter.attribute('name') ?? '';
    if (value !== undefined && (parameterName === '' || TOKEN.test(parameterName))) {
      parameters.push({ name: parameterName, value });
    }
  }
  const feedback = [];
  for (const item of element.childrenNamed('rtcp-fb', NS.rtcpFeedback).slice(0, MAX_DETAILS)) {
    const type = matching(item.attribute('type'), TOKEN);
    const subtype = item.attribute('subtype');
    if (type !== undefined && (subtype === undefined || TOKEN.test(subtype))) {
      feedback.push({ type, subtype });
    }
  }
  return {
    id,
    name,
    clockRate,
    channels: integer(element.attribute('channels'), 1, 16),
    parameters,
    feedback,
  };
}

function readHeaderExtension(element: XmlElement): HeaderExtension | undefined {
  const id = integer(element.attribute('id'), 1, 255);
  const uri = matching(element.attribute('uri'), WORD);
  return id === undefined || uri === undefined ? undefined : { id, uri };
}
