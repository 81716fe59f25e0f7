import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultyCall, type Measured } from './faults.ts';
import { MovingCall } from './moving-call.ts';

/** A measurement, not a promise: every story of a part that breaks, told several times over. */
const ROUNDS = 5;
/** Longer cuts off a story, and the measurement with it. */
const PATIENCE_MS = 60_000;

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

let parts: FaultyCall;
let moving: MovingCall;

beforeAll(async () => {
  parts = await FaultyCall.start(17_000);
});

afterAll(async () => {
  for (const [what, values] of times) {
    console.info(`median of ${values.length}, ${what}: ${Math.round(medianOf(values))} ms`);
  }
  await moving.stop();
});

test(`parts break, ${ROUNDS} times each`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    await measure('media back after kill -9 of the bridge', () => parts.bridgeKilled());
    await measure('standstill when the bridge is drained', () => parts.bridgeDrained());
    await measure('standstill when the focus is killed', async () => {
      const measured = await parts.focusKilled();
      note('the next one is in after kill -9 of the focus', measured.joined);
      return measured;
    });
    await measure('back after kill -9 of the shard server', () => parts.shardKilled());
    await measure('standstill when the portal is down', () => parts.portalDown());
    await measure('standstill when the database is down', () => parts.databaseDown());
    await measure('standstill when HAProxy is reloaded', () => parts.proxyReloaded());
    await measure('media back after kill -9 of coturn', () => parts.turnKilled());
  }
  await parts.stop();
  expect([...times.values()].every((values) => values.length === ROUNDS)).toBe(true);
});

test(`a network is cut, ${ROUNDS} times`, async () => {
  moving = await MovingCall.start(16_000);
  for (let round = 0; round < ROUNDS; round++) {
    const cut = async (moves: boolean): Promise<Measured> => ({
      took: await moving.cut(10, moves, PATIENCE_MS),
    });
    await measure('media back after a cut of 10 s and another address', () => cut(true));
    await measure('media back after a cut of 10 s', () => cut(false));
  }
});
