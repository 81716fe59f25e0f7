import type { Environment } from '../environment.ts';

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

  readonly #environment: Environment;
  readonly #ports: { ping: () => Promise<unknown>; dead: () => void };
  #running = false;
  #lastHeard = 0;
  #failures = 0;
  #stopTimer: () => void = () => undefined;

  constructor(environment: Environment, ports: { ping: () => Promise<unknown>; dead: () => void }) {
    this.#environment = environment;
    this.#ports = ports;
  }

  start(): void {
    this.#running = true;
    this.heard();
    this.#wait(KeepAlive.SILENCE_MS);
  }

  stop(): void {
    this.#running = false;
    this.#stopTimer();
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
        void this.#ping();
      }
    });
  }

  async #ping(): Promise<void> {
    try {
      await this.#ports.ping();
    } catch {
      this.#failures++;
    }
    if (!this.#running) {
      return;
    }
    if (this.#failures >= KeepAlive.FAILURES) {
      this.#ports.dead();
    } else {
      this.#wait(this.#failures > 0 ? 0 : KeepAlive.SILENCE_MS);
    }
  }
}
