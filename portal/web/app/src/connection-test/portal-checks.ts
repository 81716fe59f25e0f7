import { failed, ok, type Outcome } from './outcome.ts';
import type { Surroundings } from './surroundings.ts';

const samples = 5;
/** With more than this on the way, people talk at the same time. */
const mostRoundTrip = 500;
/** Certificates and tickets are judged by the clock; a minute does no harm. */
const mostDifference = 60_000;

/** How long an answer of the portal takes, and how far its clock is from ours. */
export interface Distance {
  /** The median, in milliseconds. */
  readonly roundTrip: number;
  /** How much our clock is ahead of the portal's, in milliseconds; unknown without a Date header (RFC 9110, 6.6.1). */
  readonly ahead: number | undefined;
}

/** Asks for a small file several times. Rejects where that does not work. */
export async function measureDistance({ fetch, now, time }: Surroundings): Promise<Distance> {
  const taken: number[] = [];
  let ahead: number | undefined;
  for (let sample = 0; sample < samples; sample++) {
    const begin = now();
    const response = await fetch('/theme.js', { cache: 'no-store', credentials: 'omit' });
    const took = now() - begin;
    const date = Date.parse(response.headers.get('Date') ?? '');
    // The header counts whole seconds, so on average it is half a second behind.
    const difference = time() - took / 2 - (date + 500);
    if (!Number.isNaN(date) && (ahead === undefined || Math.abs(difference) < Math.abs(ahead))) {
      ahead = difference;
    }
    await response.text();
    taken.push(took);
  }
  taken.sort((a, b) => a - b);
  return { roundTrip: taken[Math.floor(samples / 2)] ?? 0, ahead };
}

export function roundTripOutcome({ roundTrip }: Distance): Outcome {
  const time = `An answer takes ${Math.round(roundTrip)} ms.`;
  return roundTrip <= mostRoundTrip
    ? ok(time)
    : failed(
        `${time} That is too long to talk. Use a cable or move closer to the access point; switch a VPN off.`,
      );
}

export function clockOutcome({ ahead }: Distance): Outcome {
  if (ahead === undefined) {
    return failed('The portal does not tell its time. A proxy may remove the Date header: let it pass.');
  }
  const difference = Math.abs(ahead);
  if (difference <= mostDifference) {
    return ok(`This computer and the portal agree within ${Math.max(1, Math.ceil(difference / 1000))} s.`);
  }
  const minutes = Math.round(difference / 60_000);
  return failed(
    `The clock of this computer is ${minutes === 1 ? 'a minute' : `${minutes} minutes`} ${
      ahead > 0 ? 'ahead of' : 'behind'
    } the portal's. Set it automatically; if it is right, tell whoever runs the server that theirs is wrong.`,
  );
}
