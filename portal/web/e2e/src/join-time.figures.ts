import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { readMedia } from './media.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

const joins = 20;
let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await Stack.start(21_000);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** A measurement, not a promise: prints the time from the click on Join to the first remote frame shown. */
test(`click on Join to first remote frame, ${joins} joins into a call of two`, async () => {
  const owner = await Person.arrive(browser, stack.address, 'Olga');
  await owner.signUp('olga@example.org', 'correct horse battery staple');
  const link = await owner.createMeeting('Figures');
  console.info(`memory, idle\n${await stack.command('status')}`);
  await owner.openMeeting(link, false);
  await owner.join();
  const second = await Person.arrive(browser, stack.address, 'Second');
  await second.openMeeting(link, true);
  await second.join();
  const times: number[] = [];
  for (let index = 0; index < joins; index++) {
    const person = await Person.arrive(browser, stack.address, `Guest ${index}`);
    await person.openMeeting(link, true);
    await person.button('Join').click();
    times.push(
      await until(
        'the first remote frame',
        20_000,
        () => readMedia(person.page),
        (media) => Object.values(media.shownFrames).some((frames) => frames > 0),
      ),
    );
    if (index === joins - 1) {
      console.info(`memory, three participants\n${await stack.command('status')}`);
    }
    await person.goAway();
    await until(
      'the guest is gone',
      30_000,
      () => owner.remoteTiles(),
      (tiles) => tiles.length === 1,
    );
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.ceil(share * joins) - 1] ?? NaN);
  console.info(
    `click on Join to first remote frame over ${joins} joins: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`,
  );
  expect(times).toHaveLength(joins);
});
