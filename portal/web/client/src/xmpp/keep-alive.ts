import type { Environment } from '../environment.ts';

/** What the watch needs, and whom it tells. */
export interface KeepAlivePorts {
  /** Pings; rejects when there is no answer by then. */
  readonly ping: (withinMilliseconds: number) => Promise<unknown>;
  readonly dead: () => void;
  /** A probe was answered. */
  readonly alive: () => void;
}

/**
 * Watches that the server is alive (XEP-0199): after ten seconds of silence it pings; when two pings in a row
 * stay without an answer the connection counts as dead. Browsers notice a vanished network only after minutes.
 */
export class KeepAlive {
  /** More often costs battery, less often notices a dead network later. */
  static readonly SILENCE_MS = 10_000;
  /** Longer is kinder to slow links, shorter notices earlier. */
  static readonly ANSWER_WITHIN_MS = 5_000;
  static readonly FAILURES = 2;
  /** Whoever has a reason to doubt wants to know soon; a server that lives answers in a fraction of it. */
  static readonly PROBE_ANSWER_WITHIN_MS = 2_000;

  readonly #environment: Environment;
  readonly #ports: KeepAlivePorts;
  #running = false;
  /** Counts starts: an answer to a ping of an earlier one says nothing. */
  #run = 0;
  #lastHeard = 0;
  #failures = 0;
  #probing = false;
  #stopTimer: () => void = () => undefined;

  constructor(environment: Environment, ports: KeepAlivePorts) {
    this.#environment = environment;
    this.#ports = ports;
  }

  start(): void {
    this.#running = true;
    this.#run++;
    this.heard();
    this.#wait(KeepAlive.SILENCE_MS);
  }

  stop(): void {
    this.#running = false;
    this.#probing = false;
    this.#stopTimer();
  }

  /** Something casts doubt on the connection: asks at once and with little patience. `alive` or `dead` follows. */
  probe(): void {
    if (this.#running && !this.#probing) {
      this.#probing = true;
      this.#stopTimer();
      void this.#ping(KeepAlive.PROBE_ANSWER_WITHIN_MS);
    }
  }

  /** Something, whatever it was, came from the server. */
  heard(): void {
    this.#lastHeard = this.#environment.now();
    this.#failures = 0;
  }

  #wait(milliseconds: number): void {
    this.#stopTimer = this.#environment.schedule(milliseconds, () => {
      const quiet = this.#environment.now() - this.#lastHeard;
      if (quiet < KeepAlive.SILENCE_MS) {
        this.#wait(KeepAlive.SILENCE_MS - quiet);
      } else {
        void this.#ping(KeepAlive.ANSWER_WITHIN_MS);
      }
    });
  }

  async #ping(withinMilliseconds: number): Promise<void> {
    const run = this.#run;
    try {
      await this.#ports.ping(withinMilliseconds);
    } catch {
      if (run === this.#run) {
        this.#failures++;
      }
    }
    if (!this.#running || run !== this.#run) {
      return;
    }
    if (this.#failures >= KeepAlive.FAILURES) {
      this.#ports.dead();
    } else if (this.#probing && this.#failures > 0) {
      void this.#ping(KeepAlive.PROBE_ANSWER_WITHIN_MS);
    } else {
      if (this.#probing) {
        this.#probing = false;
        this.#ports.alive();
      }
      this.#wait(this.#failures > 0 ? 0 : KeepAlive.SILENCE_MS);
    }
  }
}
