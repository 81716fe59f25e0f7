import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaultyCall, type Measured } from './faults.ts';
import { MovingCall } from './moving-call.ts';

/** A measurement, not a promise: every story of a part that breaks, told several times over. */
const ROUNDS = Number(process.env['VIDEO_WINDOW_ROUNDS'] ?? 5);

const times = new Map<string, number[]>();

const note = (what: string, took: number): void => {
  times.set(what, [...(times.get(what) ?? []), took]);
};

async function measure(what: string, story: () => Promise<Measured>): Promise<void> {
  const { took, also } = await story();
  note(what, took);
  console.info(`${what}: ${Math.round(took)} ms${also === undefined ? '' : `; ${also}`}`);
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

afterAll(() => {
  for (const [what, values] of times) {
    console.info(`median of ${values.length}, ${what}: ${Math.round(medianOf(values))} ms`);
  }
});

describe('parts break', () => {
  let call: FaultyCall;
  let stop: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    call = await FaultyCall.start(17_000);
    stop = () => call.stop();
  });

  afterAll(() => stop());

  test(`${ROUNDS} times each`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await measure('media back after kill -9 of the bridge', () => call.bridgeKilled());
      await measure('standstill when the bridge is drained', () => call.bridgeDrained());
      await measure('standstill when the focus is killed', async () => {
        const measured = await call.focusKilled();
        note('the next one is in after kill -9 of the focus', measured.joined);
        return measured;
      });
      await measure('back after kill -9 of the shard server', () => call.shardKilled());
      await measure('standstill when the portal is down', () => call.portalDown());
      await measure('standstill when the database is down', () => call.databaseDown());
      await measure('standstill when HAProxy is reloaded', () => call.proxyReloaded());
      await measure('media back after kill -9 of coturn', () => call.turnKilled());
    }
    expect([...times.values()].every((values) => values.length === ROUNDS)).toBe(true);
  });
});

describe('a network is cut', () => {
  let call: MovingCall;
  let stop: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    call = await MovingCall.start(16_000);
    stop = () => call.stop();
  });

  afterAll(() => stop());

  test(`${ROUNDS} times each`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const cut = async (moves: boolean): Promise<Measured> => ({ took: await call.cut(10, moves, 60_000) });
      await measure('media back after a cut of 10 s and another address', () => cut(true));
      await measure('media back after a cut of 10 s', () => cut(false));
    }
  });
});
