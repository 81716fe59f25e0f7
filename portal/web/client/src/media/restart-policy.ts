/** Wait at least so long between two requests; the focus refuses more often than every five seconds. */
const SPACING_MS = 5_000;
const FIRST_DELAY_MS = 500;
/** More patience would leave people in front of a still picture. */
const MAX_FAILURES = 3;
/** A session that held this long was a good one; what came before is forgotten. */
const GOOD_AFTER_MS = 10_000;

/**
 * When to ask for another media session after one has failed: soon at first, then with growing distance, then no
 * more. Time comes in as milliseconds; nothing here waits.
 */
export class RestartPolicy {
  #failures = 0;
  #lastRequest = -Infinity;
  #connectedAt: number | undefined;
  #urgent = false;

  connected(now: number): void {
    this.#connectedAt ??= now;
  }

  /** Another network: what failed before says nothing about it, and asking need not wait. */
  networkChanged(): void {
    this.#failures = 0;
    this.#urgent = true;
  }

  /** A session failed. Answers in how many milliseconds to ask for another one; undefined for give up. */
  failed(now: number, random: number): number | undefined {
    if (this.#connectedAt !== undefined && now - this.#connectedAt >= GOOD_AFTER_MS) {
      this.#failures = 0;
    }
    this.#connectedAt = undefined;
    this.#failures++;
    if (this.#failures > MAX_FAILURES) {
      return undefined;
    }
    const backOff = this.#urgent ? 0 : FIRST_DELAY_MS * 2 ** (this.#failures - 1) * (1 + random / 2);
    this.#urgent = false;
    const delay = Math.max(backOff, this.#lastRequest + SPACING_MS - now);
    this.#lastRequest = now + delay;
    return delay;
  }
}
