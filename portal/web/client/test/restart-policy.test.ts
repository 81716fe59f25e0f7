import { expect, test } from 'vitest';
import { RestartPolicy } from '../src/media/restart-policy.ts';

test('soon at first, then at least five seconds apart, then no more', () => {
  const policy = new RestartPolicy();
  let now = 0;
  const asked: number[] = [];
  for (;;) {
    const delay = policy.failed(now, 0);
    if (delay === undefined) {
      break;
    }
    now += delay;
    asked.push(now);
  }
  expect(asked).toEqual([500, 5_500, 10_500]);
});

test('on another network nothing counts that failed on the old one', () => {
  const policy = new RestartPolicy();
  [0, 10_000, 20_000].forEach((now) => policy.failed(now, 0));
  policy.networkChanged();
  expect(policy.failed(30_000, 0)).toBe(0);
  // The focus' own limit holds all the same.
  expect(policy.failed(31_000, 0)).toBe(4_000);
});

test('a session that held for a while makes up for failures before it', () => {
  const policy = new RestartPolicy();
  for (let now = 0; now < 600_000; now += 30_000) {
    expect(policy.failed(now, 0)).toBeLessThan(5_000);
    policy.connected(now + 5_000);
  }
});

test('a session that broke at once makes up for nothing', () => {
  const policy = new RestartPolicy();
  for (const now of [0, 10_000, 20_000]) {
    expect(policy.failed(now, 0)).toBeDefined();
    policy.connected(now + 9_000);
  }
  expect(policy.failed(30_000, 0)).toBeUndefined();
});
