import type { Environment } from './environment.ts';
import type { CallEvents, CallListener } from './events.ts';
import type { Log } from './log.ts';

type Listeners = { [K in keyof CallEvents]?: Set<CallListener<K>> };

/** Hands events to whom asked for them. What a listener throws is logged, the others are served all the same. */
export class Emitter {
  readonly #log: Log;
  readonly #listeners: Listeners = {};

  constructor(log: Log) {
    this.#log = log;
  }

  on<K extends keyof CallEvents>(event: K, listener: CallListener<K>): () => void {
    const set: Set<CallListener<K>> = this.#set(event);
    set.add(listener);
    return () => set.delete(listener);
  }

  emit<K extends keyof CallEvents>(event: K, value: CallEvents[K]): void {
    for (const listener of [...this.#set(event)]) {
      try {
        listener(value);
      } catch (error) {
        this.#log('warn', `a listener of "${event}" failed`, error);
      }
    }
  }

  /** Resolves with true at the next event of a kind, with false when none comes within so many milliseconds. */
  next(event: keyof CallEvents, environment: Environment, milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (came: boolean): void => {
        stopTimer();
        stopListening();
        resolve(came);
      };
      const stopTimer = environment.schedule(milliseconds, () => settle(false));
      const stopListening = this.on(event, () => settle(true));
    });
  }

  #set<K extends keyof CallEvents>(event: K): Set<CallListener<K>> {
    const listeners = this.#listeners as { [L in K]?: Set<CallListener<L>> };
    return (listeners[event] ??= new Set<CallListener<K>>());
  }
}
