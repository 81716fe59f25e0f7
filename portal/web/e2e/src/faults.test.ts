import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaultyCall, type Measured } from './faults.ts';
import { BUSY, SHARED } from './waiting.ts';

/** A busy machine makes a picture late by as much; a session that breaks costs more. */
const NO_STANDSTILL_MS = 1_000 * BUSY;

/** A call goes on while one part after the other breaks and comes back. */
describe('A call survives the loss of any one part', () => {
  let call: FaultyCall;

  beforeAll(async () => {
    call = await FaultyCall.start(19_000);
  });

  afterAll(async () => {
    await call.stop();
  });

  const report = (what: string, within: number, { took, also }: Measured): void => {
    console.info(`${what}: ${Math.round(took)} ms${also === undefined ? '' : `; ${also}`}`);
    expect(took).toBeLessThanOrEqual(within);
  };

  test('a bridge is killed: media are back within 10 s', async () => {
    report('media back after kill -9 of the bridge', 10_000 * SHARED, await call.bridgeKilled());
  });

  test('a bridge is drained: the call goes on, new calls go elsewhere', async () => {
    report('standstill when the bridge is drained', NO_STANDSTILL_MS, await call.bridgeDrained());
  });

  test('the focus is killed and started again: media do not stop, the next one is in within 10 s', async () => {
    const measured = await call.focusKilled();
    report('standstill when the focus is killed', NO_STANDSTILL_MS, measured);
    expect(measured.joined).toBeLessThanOrEqual(10_000 * SHARED);
  });

  test('the shard server is killed and started again: everybody is back within 20 s', async () => {
    report('back after kill -9 of the shard server', 20_000 * SHARED, await call.shardKilled());
  });

  test('the portal is down: the call goes on, joining says what is wrong', async () => {
    report('standstill when the portal is down', NO_STANDSTILL_MS, await call.portalDown());
  });

  test('the database is down: the call goes on, joining says what is wrong', async () => {
    report('standstill when the database is down', NO_STANDSTILL_MS, await call.databaseDown());
  });

  test('HAProxy is reloaded: no connection drops', async () => {
    report('standstill when HAProxy is reloaded', NO_STANDSTILL_MS, await call.proxyReloaded());
  });

  test('coturn is killed and started again: who is relayed has media again', async () => {
    report('media back after kill -9 of coturn', 30_000 * SHARED, await call.turnKilled());
  });
});
