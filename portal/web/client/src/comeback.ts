import type { Environment } from './environment.ts';
import { CallError } from './errors.ts';
import type { JoinTicket } from './ticket.ts';

const FIRST_WAIT_MS = 500;
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
 * Enters again after the connection was lost: soon at first, then less often, for two minutes. A ticket that has
 * expired, or that the server does not take any more, is renewed where that is possible. Rejects with a
 * {@link CallError}.
 */
export async function comeBack(first: JoinTicket, parts: ComebackParts): Promise<void> {
  const { environment, cancelled } = parts;
  const deadline = environment.now() + GIVE_UP_AFTER_MS;
  let ticket = first;
  let stale = false;
  for (let wait = FIRST_WAIT_MS; !cancelled(); wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    await new Promise<void>((resolve) => {
      environment.schedule(wait * (1 + environment.random() / 2), resolve);
    });
    if (cancelled()) {
      return;
    }
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
      if (hopeless || environment.now() >= deadline) {
        throw error;
      }
    }
  }
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
