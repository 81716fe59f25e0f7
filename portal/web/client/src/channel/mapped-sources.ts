import type { SourceDescription } from '../jingle/description.ts';
import { ssrc } from '../jingle/values.ts';
import type { MediaKind } from '../participant.ts';
import { readVideoType, SOURCE_NAME } from '../room/source-info.ts';

/** More than bridges have SSRCs for one receiver. */
const MAX_MAPPED = 200;

/** The body of a bridge message of this kind. */
export interface MappedSources {
  readonly kind: 'mapped-sources';
  readonly of: MediaKind;
  readonly sources: readonly SourceDescription[];
}

/**
 * Reads `mappedSources` of `AudioSourcesMap` or `VideoSourcesMap`: which source is on which SSRC. Entries that make no
 * sense are left out, and so is a second one for the same SSRC or source; undefined when it is no list.
 */
export function readMappedSources(value: unknown, kind: MediaKind): MappedSources | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const taken = new Set<string | number>();
  const sources: SourceDescription[] = [];
  for (const entry of value.slice(0, MAX_MAPPED) as unknown[]) {
    const source = readEntry(entry, kind);
    if (source && ![source.name, ...source.ssrcs].some((key) => taken.has(key))) {
      [source.name, ...source.ssrcs].forEach((key) => taken.add(key));
      sources.push(source);
    }
  }
  return { kind: 'mapped-sources', of: kind, sources };
}

function readEntry(entry: unknown, kind: MediaKind): SourceDescription | undefined {
  if (typeof entry !== 'object' || entry === null) {
    return undefined;
  }
  const { source: name, owner, ssrc: media, rtx, videoType } = entry as Record<string, unknown>;
  const number = typeof media === 'number' ? ssrc(media) : undefined;
  if (typeof name !== 'string' || typeof owner !== 'string' || number === undefined) {
    return undefined;
  }
  const parts = SOURCE_NAME.exec(name);
  if (parts?.[1] !== owner || parts[2] !== kind[0]) {
    return undefined;
  }
  const repeated = typeof rtx === 'number' ? ssrc(rtx) : undefined;
  const ssrcs = repeated === undefined || repeated === number ? [number] : [number, repeated];
  return {
    name,
    owner,
    kind,
    videoType: kind === 'video' ? readVideoType(videoType) : undefined,
    // The SSRC stays while sources come and go on it, so this does too: the track goes on.
    msid: `mapped-${kind}-${number} mapped-${number}`,
    ssrcs,
    groups: ssrcs.length > 1 ? [{ semantics: 'FID', ssrcs }] : [],
    mapped: true,
  };
}
