import type { Fingerprint, HeaderExtension, PayloadType, RtpDescription } from '../jingle/description.ts';
import type { MediaKind } from '../participant.ts';

/** What one m-line of our browser's answer says. */
export interface AnsweredLine {
  readonly mid: string;
  readonly kind: MediaKind;
  readonly description: RtpDescription;
  /** The SSRCs it sends with. */
  readonly ssrcs: readonly number[];
  readonly groups: readonly { readonly semantics: string; readonly ssrcs: readonly number[] }[];
  /** Ids of the encodings that it sends at the same time (RFC 8853); empty when there is only one. */
  readonly rids: readonly string[];
}

/** What our browser answered, as far as the server has to know. */
export interface Answer {
  readonly ufrag: string;
  readonly password: string;
  readonly fingerprint: Fingerprint;
  readonly lines: readonly AnsweredLine[];
}

/**
 * Reads an SDP answer that our own browser wrote. Throws when it lacks what every answer has: that is a bug here, or
 * a browser unlike the others.
 */
export function readAnswer(sdp: string): Answer {
  const [session = [], ...media] = splitSections(sdp);
  const first = [...session, ...(media[0] ?? [])];
  const [hash, value] = (attribute(first, 'fingerprint') ?? '').split(' ');
  const ufrag = attribute(first, 'ice-ufrag');
  const password = attribute(first, 'ice-pwd');
  if (!ufrag || !password || !hash || !value) {
    throw new Error('the answer of the browser has no transport');
  }
  const setup = attribute(first, 'setup') === 'passive' ? 'passive' : 'active';
  return {
    ufrag,
    password,
    fingerprint: { hash, value, setup },
    lines: media.map((section) => readLine(section, session)),
  };
}

function splitSections(sdp: string): string[][] {
  const sections: string[][] = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith('m=')) {
      sections.push([]);
    }
    sections.at(-1)?.push(line);
  }
  return sections;
}

function readLine(section: readonly string[], session: readonly string[]): AnsweredLine {
  const kind = section[0]?.startsWith('m=audio ') ? 'audio' : 'video';
  const ssrcs = new Set(attributes(section, 'ssrc').map((value) => Number(value.split(' ')[0])));
  const groups = attributes(section, 'ssrc-group').map((value) => {
    const [semantics = '', ...members] = value.split(' ');
    return { semantics, ssrcs: members.map(Number) };
  });
  const maxPacketTime = attribute(section, 'maxptime');
  return {
    mid: attribute(section, 'mid') ?? '',
    kind,
    description: {
      kind,
      payloadTypes: readPayloadTypes(section),
      headerExtensions: attributes(section, 'extmap').map(readExtension),
      extmapAllowMixed: [...section, ...session].includes('a=extmap-allow-mixed'),
      maxPacketTime: maxPacketTime === undefined ? undefined : Number(maxPacketTime),
    },
    ssrcs: [...ssrcs],
    groups,
    rids:
      attribute(section, 'simulcast')
        ?.match(/^send (\S+)/)?.[1]
        ?.split(';') ?? [],
  };
}

function readPayloadTypes(section: readonly string[]): PayloadType[] {
  const order = (section[0] ?? '').split(' ').slice(3).map(Number);
  const found = new Map<number, PayloadType>();
  for (const value of attributes(section, 'rtpmap')) {
    const [number = '', encoding = ''] = value.split(' ');
    const [name = '', clockRate, channels] = encoding.split('/');
    const id = Number(number);
    found.set(id, {
      id,
      name,
      clockRate: Number(clockRate),
      channels: channels === undefined ? undefined : Number(channels),
      parameters: attributes(section, 'fmtp')
        .filter((line) => line.startsWith(`${number} `))
        .flatMap((line) => readParameters(line.slice(number.length + 1))),
      feedback: attributes(section, 'rtcp-fb')
        .map((line) => line.split(' '))
        .filter(([target]) => target === number || target === '*')
        .map(([, type = '', subtype]) => ({ type, subtype })),
    });
  }
  return order.map((id) => found.get(id)).filter((payloadType) => payloadType !== undefined);
}

function readParameters(text: string): { name: string; value: string }[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals === -1
        ? { name: '', value: part }
        : { name: part.slice(0, equals), value: part.slice(equals + 1) };
    });
}

function readExtension(value: string): HeaderExtension {
  const [id = '', uri = ''] = value.split(' ');
  // The id may carry a direction: `4/recvonly`.
  return { id: Number(id.split('/')[0]), uri };
}

/** The value of the first attribute of that name. */
function attribute(lines: readonly string[], name: string): string | undefined {
  return attributes(lines, name)[0];
}

function attributes(lines: readonly string[], name: string): string[] {
  const prefix = `a=${name}:`;
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}
