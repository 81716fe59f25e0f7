/** What renewing a session needs. */
export interface RenewalParts {
  /** Swaps the refresh cookie for new cookies; it serves once only. */
  readonly renew: () => Promise<unknown>;
  /** Whether another page has done so meanwhile. */
  readonly renewedElsewhere: () => Promise<boolean>;
  /** Shared by all pages of this origin; missing where the page is not secure. */
  readonly locks: LockManager | null;
}

const lockName = 'vw.session-refresh';

/** Renews the session one at a time, in this page and across all pages of the browser: the cookie is shared by them. */
export class Renewal {
  readonly #parts: RenewalParts;
  #running: Promise<void> | undefined;

  constructor(parts: RenewalParts) {
    this.#parts = parts;
  }

  /** Rejects with what the portal says. Who asks while it runs gets the same answer. */
  renew(): Promise<void> {
    this.#running ??= this.#alone().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #alone(): Promise<void> {
    const { locks } = this.#parts;
    if (locks === null) {
      await this.#parts.renew();
      return;
    }
    const done = await locks.request(lockName, { ifAvailable: true }, async (lock) => {
      if (lock !== null) {
        await this.#parts.renew();
      }
      return lock !== null;
    });
    if (!done) {
      await locks.request(lockName, async () => {
        if (!(await this.#parts.renewedElsewhere())) {
          await this.#parts.renew();
        }
      });
    }
  }
}
