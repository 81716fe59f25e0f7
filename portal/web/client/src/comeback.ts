import type { Environment } from './environment.ts';
import { CallError } from './errors.ts';
import type { JoinTicket } from './ticket.ts';

const FIRST_WAIT_MS = 400;
/** While a restart of the server is the likely reason, its end is to be noticed soon; later there is no hurry. */
const HURRY_FOR_MS = 30_000;
const LONGEST_WAIT_IN_A_HURRY_MS = 1_500;
const LONGEST_WAIT_MS = 10_000;
/** Who is away longer has been given up by the others, and had better be told. */
const GIVE_UP_AFTER_MS = 120_000;

/** What coming back needs. */
export interface ComebackParts {
  readonly environment: Environment;
  /** Tries to enter with that ticket; rejects with a {@link CallError}. */
  readonly enter: (ticket: JoinTicket) => Promise<void>;
  readonly renewTicket: (() => Promise<JoinTicket>) | undefined;
  /** True as soon as nobody wants to come back any more. */
  readonly cancelled: () => boolean;
}

/**
 * Enters again after the connection was lost: soon at first, then less often, for two minutes; at once when the network
 * changes. A ticket that has expired, or that the server does not take any more, is renewed where that is possible. Rejects with a
 * {@link CallError}.
 */
export async function comeBack(first: JoinTicket, parts: ComebackParts): Promise<void> {
  const { environment, cancelled } = parts;
  const begin = environment.now();
  let ticket = first;
  let stale = false;
  let wait = FIRST_WAIT_MS;
  while (!cancelled()) {
    // Half of it is luck, so that a roomful of clients does not come back in step.
    const changed = await pause(environment, wait * (0.5 + environment.random()));
    if (cancelled()) {
      return;
    }
    const hurry = environment.now() - begin < HURRY_FOR_MS;
    wait = changed ? FIRST_WAIT_MS : Math.min(wait * 2, hurry ? LONGEST_WAIT_IN_A_HURRY_MS : LONGEST_WAIT_MS);
    try {
      if (stale || isExpired(ticket, environment.now())) {
        ticket = await renew(parts);
        stale = false;
      }
      await parts.enter(ticket);
      return;
    } catch (error) {
      const reason = error instanceof CallError ? error : undefined;
      stale = reason?.code === 'ticket-refused' || reason?.code === 'not-allowed';
      const hopeless = reason !== undefined && !PASSING.has(reason.code) && !(stale && parts.renewTicket);
      if (hopeless || environment.now() - begin >= GIVE_UP_AFTER_MS) {
        throw error;
      }
    }
  }
}

/** Waits; true when the network changed before the time was over. */
function pause(environment: Environment, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (changed: boolean) => {
      stopTimer();
      stopListening?.();
      resolve(changed);
    };
    const stopListening = environment.onNetworkChange?.(() => end(true));
    const stopTimer = environment.schedule(milliseconds, () => end(false));
  });
}

/** What may be over the next time. */
const PASSING: ReadonlySet<string> = new Set([
  'connection-failed',
  'connection-lost',
  'focus-unavailable',
  'room-not-open',
  'room-full',
]);

function isExpired(ticket: JoinTicket, now: number): boolean {
  return Date.parse(ticket.expiresAt) <= now;
}

async function renew(parts: ComebackParts): Promise<JoinTicket> {
  if (!parts.renewTicket) {
    throw new CallError(
      'ticket-expired',
      'The connection was lost, and the ticket for this meeting has expired. Join again.',
      'new-ticket',
    );
  }
  try {
    return await parts.renewTicket();
  } catch {
    // The portal is as far away as the server; both come back with the network.
    throw new CallError('connection-lost', 'The connection to the meeting was lost.', 'check-network');
  }
}
