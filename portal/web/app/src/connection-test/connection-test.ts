import { sentenceFor } from '../api/sentences.ts';
import type { ConnectionTestData } from '../api/types.ts';
import { Store } from '../store.ts';
import { checkDevice } from './device-check.ts';
import { checkNames, failed, ok, skipped, type CheckName, type Outcome, type Result } from './outcome.ts';
import { clockOutcome, measureDistance, roundTripOutcome } from './portal-checks.ts';
import { serversOf } from './servers.ts';
import type { Surroundings } from './surroundings.ts';
import { checkTurn } from './turn-check.ts';
import { checkUdp } from './udp-check.ts';
import { checkWebSocket } from './web-socket-check.ts';

/** One line of the test. */
export interface Check {
  readonly name: CheckName;
  readonly result: Result | 'waiting' | 'running';
  readonly detail: string;
}

export interface ConnectionTestState {
  readonly checks: readonly Check[];
  readonly started: boolean;
  /** All that goes without the person's devices has ended. */
  readonly done: boolean;
}

const notAsked = 'Not tried: that needs your permission.';

/** Tries out, one by one, what a call needs between this browser and the servers. */
export class ConnectionTest extends Store<ConnectionTestState> {
  readonly #data: () => Promise<ConnectionTestData>;
  readonly #surroundings: Surroundings;

  /** @param data asks the portal for what is to be tried */
  constructor(data: () => Promise<ConnectionTestData>, surroundings: Surroundings) {
    super({ checks: checkNames.map(notYet), started: false, done: false });
    this.#data = data;
    this.#surroundings = surroundings;
  }

  /** Runs all that needs no permission; again, when it has run before. */
  async run(): Promise<void> {
    if (this.state.started && !this.state.done) {
      return;
    }
    const devices = this.state.checks.filter(({ name }) => isDevice(name));
    this.set({
      checks: [...checkNames.filter((name) => !isDevice(name)).map(notYet), ...devices],
      started: true,
      done: false,
    });
    await Promise.all([this.#measure(), this.#tryServers()]);
    this.set({ ...this.state, done: true });
  }

  /** Tries camera and microphone; the browser asks the person. */
  async tryDevices(): Promise<void> {
    const surroundings = this.#surroundings;
    // One after the other: the browser shows one question at a time.
    await this.#check('camera', () => checkDevice('camera', surroundings));
    await this.#check('microphone', () => checkDevice('microphone', surroundings));
  }

  async #measure(): Promise<void> {
    this.#begin('round-trip-time');
    this.#begin('clock');
    try {
      const distance = await measureDistance(this.#surroundings);
      this.#end('round-trip-time', roundTripOutcome(distance));
      this.#end('clock', clockOutcome(distance));
    } catch {
      this.#end('round-trip-time', skipped('The portal does not answer.'));
      this.#end('clock', skipped('The portal does not answer.'));
    }
  }

  async #tryServers(): Promise<void> {
    const surroundings = this.#surroundings;
    let data: ConnectionTestData | undefined;
    await this.#check('portal', async () => {
      const begin = surroundings.now();
      data = await this.#data();
      return ok(`It answered after ${Math.round(surroundings.now() - begin)} ms.`);
    });
    if (data === undefined) {
      for (const name of ['web-socket', 'udp', 'turn-udp', 'turn-tcp', 'turn-tls'] as const) {
        this.#end(name, skipped('Only the portal knows what to try.'));
      }
      return;
    }
    const known = data;
    const servers = serversOf(known.iceServers);
    await Promise.all([
      this.#check('web-socket', () => checkWebSocket(known, surroundings)),
      this.#check('udp', () => checkUdp(servers, surroundings)),
      this.#check('turn-udp', () => checkTurn('udp', servers, surroundings)),
      this.#check('turn-tcp', () => checkTurn('tcp', servers, surroundings)),
      this.#check('turn-tls', () => checkTurn('tls', servers, surroundings)),
    ]);
  }

  async #check(name: CheckName, work: () => Promise<Outcome>): Promise<void> {
    this.#begin(name);
    try {
      this.#end(name, await work());
    } catch (failure) {
      this.#end(name, failed(sentenceFor(failure)));
    }
  }

  #begin(name: CheckName): void {
    this.#put({ name, result: 'running', detail: '' });
  }

  #end(name: CheckName, { result, detail }: Outcome): void {
    this.#put({ name, result, detail });
  }

  #put(check: Check): void {
    this.set({
      ...this.state,
      checks: this.state.checks.map((other) => (other.name === check.name ? check : other)),
    });
  }
}

function isDevice(name: CheckName): boolean {
  return name === 'camera' || name === 'microphone';
}

function notYet(name: CheckName): Check {
  return isDevice(name)
    ? { name, result: 'skipped', detail: notAsked }
    : { name, result: 'waiting', detail: '' };
}
