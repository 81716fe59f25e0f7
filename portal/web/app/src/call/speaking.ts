import { useEffect, useState } from 'react';
import { levelOf, watchLevel } from '../media/level.ts';
import type { CallSession } from './call-session.ts';

/** About -45 dB: above the noise of a quiet room, below quiet speech. RFC 6464 levels as browsers report them. */
const speechLevel = 0.006;
/** A ring that follows every pause between words flickers; one that stays longer lies. */
const holdFor = 500;

/** Ids of who is heard at present, ourselves included. */
export function useSpeaking(session: CallSession, own: MediaStreamTrack | undefined): ReadonlySet<string> {
  const [speaking, setSpeaking] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    const heardAt = new Map<string, number>();
    let ownLevel = 0;
    const stopWatching = own === undefined ? undefined : watchLevel(own, (level) => (ownLevel = level));
    const timer = setInterval(() => {
      const now = performance.now();
      for (const id of loudNow(session)) {
        heardAt.set(id, now);
      }
      if (ownLevel > levelOf([speechLevel])) {
        heardAt.set(session.state.ownId, now);
      }
      for (const [id, at] of heardAt) {
        if (now - at > holdFor) {
          heardAt.delete(id);
        }
      }
      setSpeaking((before) => (sameIds(before, heardAt) ? before : new Set(heardAt.keys())));
    }, 150);
    return () => {
      clearInterval(timer);
      stopWatching?.();
    };
  }, [session, own]);

  return speaking;
}

/** From the audio levels that the senders' packets carry; nothing has to be decoded or mixed for it. */
function loudNow(session: CallSession): string[] {
  const levels = new Map<string, number>();
  for (const receiver of session.call.peerConnection?.getReceivers() ?? []) {
    if (receiver.track.kind === 'audio') {
      levels.set(receiver.track.id, receiver.getSynchronizationSources()[0]?.audioLevel ?? 0);
    }
  }
  return session.state.others
    .filter((person) =>
      person.sources.some(
        (source) =>
          source.kind === 'audio' && !source.muted && (levels.get(source.track?.id ?? '') ?? 0) > speechLevel,
      ),
    )
    .map((person) => person.id);
}

function sameIds(ids: ReadonlySet<string>, others: ReadonlyMap<string, unknown>): boolean {
  return ids.size === others.size && [...ids].every((id) => others.has(id));
}
