import type { CallEvents } from '../events.ts';
import type { Participant, Source } from '../participant.ts';

/** An event with what comes with it. */
export type Change = {
  [K in keyof CallEvents]: { readonly event: K; readonly value: CallEvents[K] };
}[keyof CallEvents];

/**
 * The events that lead from one picture of a participant to the next; undefined is "not here". Sources are removed
 * before somebody leaves and added after they came; a source with another track is another source.
 */
export function participantChanges(
  previous: Participant | undefined,
  next: Participant | undefined,
): readonly Change[] {
  const participant = next ?? previous;
  if (!participant || (previous && next && sameParticipant(previous, next))) {
    return [];
  }
  const before = new Map(previous?.sources.map((source) => [source.name, source]));
  const after = new Map(next?.sources.map((source) => [source.name, source]));
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
