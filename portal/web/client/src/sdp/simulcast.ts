import type { AnsweredLine } from './read-answer.ts';

/*
 * Between us and our browser simulcast is what RFC 8853 says: ids of streams (RIDs). The focus and the bridge are told
 * what Jitsi's clients tell: SSRCs in a SIM group, lowest first, each with its retransmission in an FID group. A browser
 * with RIDs need not say SSRCs in its answer; its statistics say them, from the answer on and without a track. Where they
 * do not, the ids themselves are told.
 */

/** Ids of the encodings, lowest first. */
export const RIDS: readonly string[] = ['1', '2', '3'];

/** The members of an `outbound-rtp` entry of the statistics that matter here. */
interface Outbound {
  readonly type?: unknown;
  readonly mid?: unknown;
  readonly rid?: unknown;
  readonly ssrc?: unknown;
  readonly rtxSsrc?: unknown;
}

/**
 * The line with the SSRCs and groups of its encodings. Unchanged when it is no simulcast; with the SSRCs of the answer
 * when those are complete; without any when the statistics do not know all encodings.
 */
export function withSimulcastSources(line: AnsweredLine, statistics: Iterable<unknown>): AnsweredLine {
  const { rids } = line;
  if (rids.length < 2) {
    return line;
  }
  const inAnswer = line.groups.filter(({ semantics }) => semantics === 'FID').map(({ ssrcs }) => ssrcs);
  const encodings = inAnswer.length === rids.length ? inAnswer : fromStatistics(line, [...statistics]);
  if (encodings.length !== rids.length) {
    return { ...line, ssrcs: [], groups: [] };
  }
  const repeated = encodings.filter((ssrcs) => ssrcs.length > 1);
  return {
    ...line,
    ssrcs: encodings.flat(),
    groups: [
      ...repeated.map((ssrcs) => ({ semantics: 'FID', ssrcs })),
      { semantics: 'SIM', ssrcs: encodings.map(([first]) => first ?? 0) },
    ],
  };
}

/** Per encoding its SSRC and, if there is one, that of its retransmissions. */
function fromStatistics(line: AnsweredLine, entries: readonly unknown[]): readonly (readonly number[])[] {
  const outbound = entries.filter(
    (entry): entry is Outbound =>
      typeof entry === 'object' && entry !== null && (entry as Outbound).type === 'outbound-rtp',
  );
  return line.rids
    .map((rid) => outbound.find((entry) => entry.mid === line.mid && entry.rid === rid))
    .map((entry) => [entry?.ssrc, entry?.rtxSsrc].filter((ssrc) => typeof ssrc === 'number'))
    .filter((ssrcs) => ssrcs.length > 0);
}
