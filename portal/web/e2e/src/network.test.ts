import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MovingCall } from './moving-call.ts';
import { SHARED } from './waiting.ts';

/** Five seconds on a machine of one's own. */
const WITHIN_MS = 5_000 * SHARED;

/** The network of one person is cut and becomes another one; nobody reloads anything. */
describe('A call on the move', () => {
  let call: MovingCall;

  beforeAll(async () => {
    call = await MovingCall.start(18_000);
  });

  afterAll(async () => {
    await call.stop();
  });

  test('cut for 10 s and back at another address: media are back within 5 s', async () => {
    await call.sameSession();
    const took = await call.cut(10, true, WITHIN_MS);
    console.info(`media back after a cut of 10 s and another address: ${Math.round(took)} ms`);
    expect(took).toBeLessThanOrEqual(WITHIN_MS);
    console.info(`in the same media session: ${await call.sameSession()}`);
  });

  test('cut for 10 s and back at the same address: media are back within 5 s', async () => {
    const took = await call.cut(10, false, WITHIN_MS);
    console.info(`media back after a cut of 10 s: ${Math.round(took)} ms`);
    expect(took).toBeLessThanOrEqual(WITHIN_MS);
  });
});
