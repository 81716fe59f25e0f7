import type { MediaKind, VideoType } from '../participant.ts';
import { readVideoType, SOURCE_NAME } from '../room/source-info.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';
import type { SourceDescription } from './description.ts';
import { matching, MSID, ssrc, TOKEN } from './values.ts';

/** More than any meeting has; what comes beyond is not looked at. */
const MAX_SSRCS = 4_000;
const MAX_GROUP = 16;

/** One SSRC as signalling mentions it, before those of a source are put together. */
interface Mention {
  readonly ssrc: number;
  readonly name: string;
  readonly owner: string;
  readonly kind: MediaKind;
  readonly videoType: VideoType | undefined;
  readonly msid: string;
}

interface Group {
  readonly semantics: string;
  readonly ssrcs: readonly number[];
}

/**
 * Reads the sources of a `<jingle/>`: the compact JSON of Jitsi's focus (`<json-message/>`) and the long form
 * (`<source/>` with `<ssrc-info owner=''/>`, XEP-0339). Sources without a proper name or msid are left out, as are
 * those of the bridge itself (owner `jvb`), which carry no media. Simulcast is not announced to receivers, so of the
 * groups only FID (media, retransmission) is kept.
 */
export function readSources(jingle: XmlElement): readonly SourceDescription[] {
  const { mentions, groups } = readAll(jingle);
  const byName = new Map<string, Mention[]>();
  for (const one of mentions) {
    byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  }
  const sources: SourceDescription[] = [];
  for (const [name, all] of byName) {
    const first = all[0];
    if (first === undefined || first.owner === 'jvb' || SOURCE_NAME.exec(name)?.[1] !== first.owner) {
      continue;
    }
    const ssrcs = [...new Set(all.filter((m) => m.kind === first.kind).map((m) => m.ssrc))];
    sources.push({
      name,
      owner: first.owner,
      kind: first.kind,
      videoType: first.kind === 'video' ? (first.videoType ?? 'camera') : undefined,
      msid: first.msid,
      ssrcs,
      groups: groups.filter((group) => group.ssrcs.every((member) => ssrcs.includes(member))),
    });
  }
  return sources;
}

/** The SSRCs that a `source-remove` takes back, in either form; names and msids may be missing there. */
export function readRemovedSsrcs(jingle: XmlElement): ReadonlySet<number> {
  return new Set(readAll(jingle, true).mentions.map((mention) => mention.ssrc));
}

function readAll(jingle: XmlElement, lenient = false): { mentions: Mention[]; groups: Group[] } {
  const mentions: Mention[] = [];
  const groups: Group[] = [];
  const accept = (mention: Mention | undefined) => {
    const usable = mention !== undefined && (lenient || mention.name !== '') && mentions.length < MAX_SSRCS;
    if (usable) {
      mentions.push(mention);
    }
  };
  for (const message of jingle.childrenNamed('json-message', NS.jitmeet)) {
    readCompact(message.text, accept, groups, lenient);
  }
  for (const content of jingle.childrenNamed('content')) {
    const description = content.child('description', NS.rtp);
    const kind = description?.attribute('media') ?? content.attribute('name');
    if (description && (kind === 'audio' || kind === 'video')) {
      description
        .childrenNamed('source', NS.sourceAttributes)
        .forEach((element) => accept(readElement(element, kind, lenient)));
      description
        .childrenNamed('ssrc-group', NS.sourceAttributes)
        .map(readGroupElement)
        .forEach((group) => group && groups.push(group));
    }
  }
  return { mentions, groups };
}

function readElement(element: XmlElement, kind: MediaKind, lenient: boolean): Mention | undefined {
  const parameter = element.childrenNamed('parameter').find((p) => p.attribute('name') === 'msid');
  return mention(
    {
      s: element.attribute('ssrc'),
      n: element.attribute('name'),
      m: parameter?.attribute('value'),
      v: element.attribute('videoType'),
    },
    element.child('ssrc-info', NS.jitmeet)?.attribute('owner') ?? '',
    kind,
    lenient,
  );
}

function readGroupElement(element: XmlElement): Group | undefined {
  const semantics = matching(element.attribute('semantics'), TOKEN);
  const members = element.childrenNamed('source').map((source) => ssrc(source.attribute('ssrc')));
  return makeGroup(semantics, members);
}

/** `{"sources":{"<owner>":[[video sources],[video groups],[audio sources],[audio groups]]}}`. */
function readCompact(
  text: string,
  accept: (mention: Mention | undefined) => void,
  groups: Group[],
  lenient: boolean,
): void {
  for (const [owner, lists] of Object.entries(asObject(asObject(parseJson(text))['sources']))) {
    const [videos, videoGroups, audios, audioGroups] = asArray(lists);
    asArray(videos).forEach((source) => accept(mention(asObject(source), owner, 'video', lenient)));
    asArray(audios).forEach((source) => accept(mention(asObject(source), owner, 'audio', lenient)));
    for (const group of [...asArray(videoGroups), ...asArray(audioGroups)]) {
      const [letter, ...members] = asArray(group);
      const made = makeGroup(
        letter === 'f' ? 'FID' : undefined,
        members.map((member) => (typeof member === 'number' ? ssrc(member) : undefined)),
      );
      if (made) {
        groups.push(made);
      }
    }
  }
}

function mention(
  source: Readonly<Record<string, unknown>>,
  owner: string,
  kind: MediaKind,
  lenient: boolean,
): Mention | undefined {
  const { s, n, m, v } = source;
  const number = typeof s === 'number' || typeof s === 'string' ? ssrc(s) : undefined;
  const name = typeof n === 'string' ? n : '';
  const parts = SOURCE_NAME.exec(name);
  const msid = typeof m === 'string' ? matching(m, MSID) : undefined;
  if (number === undefined) {
    return undefined;
  }
  if (lenient) {
    return { ssrc: number, name, owner, kind, videoType: undefined, msid: '' };
  }
  if (!parts || msid === undefined || parts[2] !== kind[0]) {
    return undefined;
  }
  const videoType = v === 'd' ? 'desktop' : readVideoType(v);
  // The long form may lack the owner; the name says the same.
  return { ssrc: number, name, owner: owner || (parts[1] ?? ''), kind, videoType, msid };
}

function makeGroup(
  semantics: string | undefined,
  members: readonly (number | undefined)[],
): Group | undefined {
  const ssrcs = members.filter((member) => member !== undefined);
  if (semantics === undefined || ssrcs.length !== members.length || ssrcs.length < 2) {
    return undefined;
  }
  return ssrcs.length <= MAX_GROUP ? { semantics, ssrcs } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
