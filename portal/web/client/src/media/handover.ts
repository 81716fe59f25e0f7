import type { BridgeMessage } from '../channel/messages.ts';
import type { Environment } from '../environment.ts';
import type { RemoteTrack } from './peer.ts';
import type { MediaSession } from './session.ts';

const LOOK_EVERY_MS = 100;
/** A stream that has begun has its first picture decoded after as long. */
const SETTLE_MS = 300;
/** Somebody who has not moved by then is not waited for. */
const WAIT_AT_MOST_MS = 2_000;
/** The others move at their own pace, and see us by the old session until they have. */
const LINGER_MS = 3_000;

/**
 * From one media session that works to the next one: both run until the next carries what the first one does, and the
 * first goes on sending for a while after that. Owned by the keeper.
 *
 *   begin --next is connected--> comparing --it carries the same, or too late--> done, the old one lingers --> closed
 */
export class Handover {
  readonly #environment: Environment;
  readonly #done: (next: MediaSession, messages: readonly BridgeMessage[]) => void;
  #next: MediaSession | undefined;
  #current: MediaSession | undefined;
  #nextConnected = false;
  #old: MediaSession | undefined;
  /** The latest of each kind that the next bridge has told. */
  readonly #messages = new Map<BridgeMessage['kind'], BridgeMessage>();
  #stopLooking: () => void = () => undefined;
  #stopLingering: () => void = () => undefined;

  /** `done` shows the next session instead of the current one, and hears what its bridge has told meanwhile. */
  constructor(
    environment: Environment,
    done: (next: MediaSession, messages: readonly BridgeMessage[]) => void,
  ) {
    this.#environment = environment;
    this.#done = done;
  }

  /** The session that is to take over. */
  get next(): MediaSession | undefined {
    return this.#next;
  }

  /** All that run besides the one that is shown. */
  get sessions(): readonly MediaSession[] {
    return [this.#next, this.#old].filter((session) => session !== undefined);
  }

  /** From `current`, which is shown and works, to `next`. One that was to take over until now is given up. */
  begin(next: MediaSession, current: MediaSession): void {
    this.#giveUp();
    this.#next = next;
    this.#current = current;
  }

  /** The session can carry media from now on. */
  connected(session: MediaSession): void {
    if (session === this.#next && !this.#nextConnected) {
      this.#nextConnected = true;
      this.#look(this.#environment.now() + WAIT_AT_MOST_MS);
    }
  }

  /** What its bridge told; of use when it has taken over. */
  keep(session: MediaSession, message: BridgeMessage): void {
    if (session === this.#next) {
      this.#messages.set(message.kind, message);
    }
  }

  /** The current session is of no use any more. True when the next one is shown now. */
  takeOverNow(): boolean {
    if (!this.#next || !this.#nextConnected) {
      return false;
    }
    this.#takeOver();
    return true;
  }

  /** That session has failed. True when it was the one to take over. */
  forget(session: MediaSession): boolean {
    const wasNext = session === this.#next;
    if (wasNext) {
      this.#giveUp();
    } else if (session === this.#old) {
      this.#bury();
    }
    return wasNext;
  }

  /** Ends all but the one that is shown. */
  close(): void {
    this.#giveUp();
    this.#bury();
  }

  #look(deadline: number): void {
    const now = this.#environment.now();
    const tracks = this.#next?.tracks ?? [];
    if (now >= deadline) {
      this.#takeOver();
    } else if (carriesAll(tracks, this.#current?.tracks ?? [])) {
      this.#stopLooking = this.#environment.schedule(SETTLE_MS, () => this.#takeOver());
    } else {
      this.#stopLooking = this.#environment.schedule(LOOK_EVERY_MS, () => this.#look(deadline));
    }
  }

  #takeOver(): void {
    const next = this.#next;
    const current = this.#current;
    if (!next) {
      return;
    }
    const messages = [...this.#messages.values()];
    this.#next = undefined;
    this.#giveUp();
    this.#bury();
    this.#old = current;
    this.#stopLingering = this.#environment.schedule(LINGER_MS, () => this.#bury());
    this.#done(next, messages);
  }

  #giveUp(): void {
    this.#stopLooking();
    this.#next?.close();
    this.#next = undefined;
    this.#current = undefined;
    this.#nextConnected = false;
    this.#messages.clear();
  }

  #bury(): void {
    this.#stopLingering();
    this.#old?.close();
    this.#old = undefined;
  }
}

/** Whether every source that can be seen and heard now can be so in the next session. A muted track has had no packet. */
function carriesAll(next: readonly RemoteTrack[], now: readonly RemoteTrack[]): boolean {
  const begun = new Set(next.filter(({ track }) => !track.muted).map(({ source }) => source.name));
  return now.every(({ source, track }) => track.muted || begun.has(source.name));
}
