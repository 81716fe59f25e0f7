import type { CallEvents } from '../events.ts';
import type { Participant, Source } from '../participant.ts';

/** An event with what comes with it. */
export type Change = {
  [K in keyof CallEvents]: { readonly event: K; readonly value: CallEvents[K] };
}[keyof CallEvents];

/**
 * The events that lead from one picture of a participant to the next; undefined is "not here". Sources are removed
 * before somebody leaves and added after they came; a source with another track is another source, and one without a
 * track is nothing that could come or go by itself: it only makes another picture of its owner.
 */
export function participantChanges(
  previous: Participant | undefined,
  next: Participant | undefined,
): readonly Change[] {
  const participant = next ?? previous;
  if (!participant || (previous && next && sameParticipant(previous, next))) {
    return [];
  }
  const before = withTracks(previous);
  const after = withTracks(next);
  const removed: Change[] = [];
  const added: Change[] = [];
  const changed: Change[] = [];
  for (const source of before.values()) {
    if (after.get(source.name)?.track !== source.track) {
      removed.push({ event: 'source-removed', value: { participant, source } });
    }
  }
  for (const source of after.values()) {
    const old = before.get(source.name);
    if (!old || old.track !== source.track) {
      added.push({ event: 'source-added', value: { participant, source } });
    } else if (!sameSource(old, source)) {
      changed.push({ event: 'source-changed', value: { participant, source, previous: old } });
    }
  }
  if (!previous) {
    return [{ event: 'participant-joined', value: { participant } }, ...added];
  }
  if (!next) {
    return [...removed, { event: 'participant-left', value: { participant } }];
  }
  return [
    ...removed,
    ...added,
    ...changed,
    { event: 'participant-changed', value: { participant: next, previous } },
  ];
}

/** By name. */
function withTracks(participant: Participant | undefined): ReadonlyMap<string, Source> {
  const sources = participant?.sources.filter(({ track }) => track !== undefined) ?? [];
  return new Map(sources.map((source) => [source.name, source]));
}

/** True when there is no difference an application could see. */
export function sameParticipant(a: Participant, b: Participant): boolean {
  return (
    a.name === b.name &&
    a.role === b.role &&
    a.avatarUrl === b.avatarUrl &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, index) => {
      const other = b.sources[index];
      return other !== undefined && sameSource(source, other);
    })
  );
}

function sameSource(a: Source, b: Source): boolean {
  return (
    a.name === b.name &&
    a.videoType === b.videoType &&
    a.muted === b.muted &&
    a.forwarded === b.forwarded &&
    a.track === b.track &&
    a.stream === b.stream
  );
}
