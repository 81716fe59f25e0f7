import type { SourceDescription } from '../jingle/description.ts';
import type { MediaKind } from '../participant.ts';

/*
 * The m-lines of our one peer connection. We are always the answerer: whatever changes, on either side, is put into
 * the description of the remote side, which is ours to write, and answered. The server sees only sources.
 *
 *   0, 1        own: what we publish as microphone and camera        (as offered: recvonly)
 *   2, 3, ...   remote: one source of somebody else each             (sendonly)
 *               or own: our screen                                   (recvonly)
 *
 * An m-line cannot be taken back (RFC 8829, section 5.2.2); one whose source has gone becomes inactive and serves the
 * next source of the same kind, so that their number follows the largest meeting seen, not all who ever came.
 *
 * Chromium shows nothing more of an SSRC that was taken back and comes again on the same m-line. So one whose source was
 * mapped goes on as it is, for its SSRC alone, until the bridge puts another source there. One whose source was a screen
 * goes on as it is, too: who shares a screen again does so with the same SSRCs, and gets it back; any other source gets it
 * when no m-line is inactive. Every other one serves all sources but that which it had, which gets another m-line.
 */

/** One m-line; its `mid` is its position. */
export interface MLine {
  readonly side: 'own' | 'remote';
  readonly kind: MediaKind;
  /** Own lines: published at all. Remote lines: see {@link source}. */
  readonly active: boolean;
  /** Own lines: several encodings of one picture are asked of the browser. */
  readonly simulcast: boolean;
  /** Remote lines: whose it is at present. */
  readonly source: SourceDescription | undefined;
  /** Remote lines without a source: the one that they had last. While such a line is active, it is kept for its SSRC. */
  readonly last?: SourceDescription | undefined;
}

/** In the order of their mids. */
export type MLines = readonly MLine[];

/**
 * Bound on m-lines, since others can make us add some. Browsers become slow above some hundred; a meeting
 * that large needs another way to announce sources.
 */
export const MAX_LINES = 400;

/**
 * Lines for a fresh offer: one of our own for each content, then one for each source of the others. With `simulcast`
 * our camera is sent in several encodings.
 */
export function initialLines(
  kinds: readonly MediaKind[],
  sources: readonly SourceDescription[],
  simulcast = false,
): MLines {
  const own = kinds.map((kind): MLine => ({
    side: 'own',
    kind,
    active: true,
    simulcast: simulcast && kind === 'video',
    source: undefined,
  }));
  return addSources(own, sources);
}

/**
 * Adds sources. One that is there under that name already is replaced; one that uses an SSRC of another is left out,
 * as is what exceeds {@link MAX_LINES}.
 */
export function addSources(lines: MLines, sources: readonly SourceDescription[]): MLines {
  return sources.reduce(addSource, lines);
}

/**
 * Puts sources of one kind where the bridge has mapped them: a line whose SSRC is mapped to another source becomes that
 * source's, with the track that it has; the line that a source has moved away from becomes free. What is not mentioned
 * stays.
 */
export function mapSources(lines: MLines, kind: MediaKind, sources: readonly SourceDescription[]): MLines {
  const bySsrc = new Map(sources.map((source) => [source.ssrcs[0], source]));
  const names = new Set(sources.map(({ name }) => name));
  const remaining = lines.map((line) => {
    const ssrc = describedSource(line)?.ssrcs[0];
    if (line.kind !== kind || ssrc === undefined) {
      return line;
    }
    const source = bySsrc.get(ssrc);
    if (source) {
      bySsrc.delete(ssrc);
      return { ...line, source, last: undefined };
    }
    return line.source && names.has(line.source.name) ? without(line, line.source) : line;
  });
  return addSources(remaining, [...bySsrc.values()]);
}

/** Whose SSRCs a line tells the browser to expect. */
export function describedSource({ active, source, last }: MLine): SourceDescription | undefined {
  return source ?? (active ? last : undefined);
}

/** Takes back all sources that the test is true for. */
export function removeSources(lines: MLines, gone: (source: SourceDescription) => boolean): MLines {
  return lines.map((line) => {
    if (line.source) {
      return gone(line.source) ? without(line, line.source) : line;
    }
    // Taken back once more: its owner has left, too.
    return isWaiting(line) && line.last && gone(line.last) ? { ...line, active: false } : line;
  });
}

function without(line: MLine, source: SourceDescription): MLine {
  const kept = source.mapped === true || source.videoType === 'desktop';
  return { ...line, active: kept, source: undefined, last: source };
}

/** Makes place for one more track of our own; the result names its line, or none when there is no place. */
export function addOwnLine(lines: MLines, kind: MediaKind): { lines: MLines; index: number } | undefined {
  const index = freeLine(lines, 'own', kind);
  return index === undefined
    ? undefined
    : {
        lines: place(lines, index, { side: 'own', kind, active: true, simulcast: false, source: undefined }),
        index,
      };
}

/** The other direction of {@link addOwnLine}. */
export function removeOwnLine(lines: MLines, index: number): MLines {
  return lines.map((line, position) => (position === index ? { ...line, active: false } : line));
}

function addSource(lines: MLines, source: SourceDescription): MLines {
  const { name, kind, ssrcs } = source;
  const overlaps = (other: SourceDescription | undefined) =>
    other?.ssrcs.some((ssrc) => ssrcs.includes(ssrc)) === true;
  if (
    lines.some((line) => line.source?.name !== name && !isWaiting(line) && overlaps(describedSource(line)))
  ) {
    return lines;
  }
  const ofKind = lines.map((line) => (line.kind === kind ? line : undefined));
  const same = ofKind.findIndex((line) => line?.source?.name === name);
  const waiting = ofKind.findIndex((line) => line && isWaiting(line) && overlaps(line.last));
  const index = [same, waiting].find((found) => found !== -1) ?? freeLine(lines, 'remote', kind, ssrcs);
  if (index === undefined) {
    return lines;
  }
  const others = lines.map((line) =>
    isWaiting(line) && overlaps(line.last) ? { ...line, active: false } : line,
  );
  return place(others, index, { side: 'remote', kind, active: true, simulcast: false, source });
}

function freeLine(
  lines: MLines,
  side: MLine['side'],
  kind: MediaKind,
  ssrcs: readonly number[] = [],
): number | undefined {
  const ofKind = (line: MLine): boolean => line.side === side && line.kind === kind;
  const inactive = lines.findIndex(
    (line) => ofKind(line) && !line.active && !line.last?.ssrcs.some((ssrc) => ssrcs.includes(ssrc)),
  );
  if (inactive !== -1) {
    return inactive;
  }
  const waiting = lines.findIndex((line) => ofKind(line) && isWaiting(line));
  if (waiting !== -1) {
    return waiting;
  }
  return lines.length < MAX_LINES ? lines.length : undefined;
}

/** Whether a line is kept for a screen that the focus told of and took back. */
function isWaiting({ active, source, last }: MLine): boolean {
  return active && source === undefined && last !== undefined && last.mapped !== true;
}

function place(lines: MLines, index: number, line: MLine): MLines {
  return index === lines.length ? [...lines, line] : lines.with(index, line);
}
