/** Time that stands still until a test moves it. */
export class VirtualClock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  #timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#now + milliseconds, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many timers run: none may be left when a call is over. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Lets `milliseconds` pass, and everything happen that is due in them. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const next = this.#timers.toSorted((a, b) => a.at - b.at).find((timer) => timer.at <= end);
      if (!next) {
        break;
      }
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets all promises and messages on their way arrive, without time passing. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
