import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { rm } from 'node:fs/promises';
import { launchBrowser, launchMortalBrowser } from './browser.ts';
import { growing, readMedia } from './media.ts';
import { Person } from './person.ts';
import { outputFolder, Stack } from './stack.ts';
import { BUSY, until } from './waiting.ts';

const password = 'correct horse battery staple';

/** An e-mail address that nobody had in an earlier run. */
const address = (name: string): string => `${name}-${started}@example.org`;
const started = Date.now();

/** One meeting from sign-up to its end, told in order: every step goes on from the one before. */
describe('A call of three, then four people', () => {
  let stack: Stack;
  let browser: Browser;
  let olga: Person;
  let milan: Person;
  let gina: Person;
  let late: Person;
  let link: string;

  const arrive = (name: string): Promise<Person> => Person.arrive(browser, stack.address, name);
  const everybody = (): Person[] => [olga, milan, gina];

  beforeAll(async () => {
    await rm(outputFolder, { recursive: true, force: true });
    stack = await Stack.start(20_000);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  test('the owner signs up and creates a meeting', async () => {
    olga = await arrive('Olga');
    await olga.signUp(address('olga'), password);
    link = await olga.createMeeting('Planning');
    expect(link).toMatch(/\/j\/[a-z0-9-]+$/);
  });

  test('a member signs in', async () => {
    milan = await arrive('Milan');
    await milan.signUp(address('milan'), password);
    await milan.signOut();
    await milan.signIn(address('milan'), password);
  });

  test('all three join, the guest by the link alone', async () => {
    await olga.openMeeting(link, false);
    await olga.join();
    await olga.shot('alone');
    await milan.openMeeting(link, false);
    await milan.join();
    gina = await arrive('Gina');
    await gina.openMeeting(link, true);
    await gina.join();
  });

  test('each sees two others with moving pictures and hears both', async () => {
    for (const person of everybody()) {
      await until(
        `${person.name} sees two others with video`,
        60_000,
        () => person.remoteTiles(),
        (tiles) => tiles.length === 2 && tiles.every((tile) => tile.video),
      );
    }
    for (const person of everybody()) {
      const before = await readMedia(person.page);
      await until(
        `${person.name} sees two moving pictures and hears two voices`,
        60_000,
        () => readMedia(person.page),
        (after) => {
          const moving = Object.entries(after.shownFrames).filter(
            ([tile, frames]) => frames > (before.shownFrames[tile] ?? 0) + 10,
          );
          return (
            moving.length === 2 &&
            growing(before.decodedFrames, after.decodedFrames) === 2 &&
            growing(before.audioEnergy, after.audioEnergy) === 2
          );
        },
      );
      await person.shot('in-call');
    }
  });

  test('chat reaches the others', async () => {
    await olga.button('Chat').click();
    await olga.page.getByLabel('Message').fill('Welcome, everybody!');
    await olga.page.getByLabel('Message').press('Enter');
    for (const person of [milan, gina]) {
      await person.button('Chat').click();
      await person.page.getByText('Welcome, everybody!').waitFor({ timeout: 2_000 * BUSY });
      await person.shot('chat');
    }
    for (const person of everybody()) {
      await person.button('Chat').click();
    }
  });

  test('a muted microphone shows at the others within a second', async () => {
    const endpoint = await milan.endpoint();
    await milan.button('Mute microphone').click();
    for (const person of [olga, gina]) {
      const took = await until(
        `${person.name} sees that Milan is muted`,
        1_000 * BUSY,
        () => person.remoteTiles(),
        (tiles) => tiles.some((tile) => tile.endpoint === endpoint && tile.muted),
      );
      console.info(`muted at ${person.name} after ${Math.round(took)} ms`);
    }
    await olga.shot('milan-muted');
    await milan.button('Unmute microphone').click();
    await until(
      'Olga sees that Milan can be heard again',
      1_000 * BUSY,
      () => olga.remoteTiles(),
      (tiles) => tiles.some((tile) => tile.endpoint === endpoint && !tile.muted),
    );
  });

  test('a camera that is off shows at the others within a second, and comes back', async () => {
    const endpoint = await gina.endpoint();
    await gina.button('Turn camera off').click();
    for (const person of [olga, milan]) {
      const took = await until(
        `${person.name} sees that Gina's camera is off`,
        1_000 * BUSY,
        () => person.remoteTiles(),
        (tiles) => tiles.some((tile) => tile.endpoint === endpoint && !tile.video),
      );
      console.info(`camera off at ${person.name} after ${Math.round(took)} ms`);
    }
    await milan.shot('gina-camera-off');
    await gina.button('Turn camera on').click();
    await until(
      'Olga sees Gina again',
      5_000 * BUSY,
      () => olga.remoteTiles(),
      (tiles) => tiles.some((tile) => tile.endpoint === endpoint && tile.video),
    );
    const before = await readMedia(olga.page);
    await until(
      "Gina's picture moves again at Olga",
      60_000,
      () => readMedia(olga.page),
      (after) => {
        const key = Object.keys(after.shownFrames).find((tile) => tile.startsWith(endpoint)) ?? '';
        return (after.shownFrames[key] ?? 0) > (before.shownFrames[key] ?? 0) + 5;
      },
    );
  });

  test('a shared screen is a further tile that moves', async () => {
    await olga.button('Share screen').click();
    const endpoint = await olga.endpoint();
    for (const person of [milan, gina]) {
      await until(
        `${person.name} sees Olga's screen`,
        60_000,
        () => person.remoteTiles(),
        (tiles) => tiles.length === 3 && tiles.filter((tile) => tile.endpoint === endpoint).length === 2,
      );
      const before = await readMedia(person.page);
      await until(
        `Olga's screen moves at ${person.name}`,
        60_000,
        () => readMedia(person.page),
        (after) => {
          const screen = Object.keys(after.shownFrames).find((tile) => tile.endsWith('-v1')) ?? '';
          return (after.shownFrames[screen] ?? 0) > (before.shownFrames[screen] ?? 0);
        },
      );
      await person.shot('screen-share');
    }
    await olga.button('Stop sharing').click();
    for (const person of [milan, gina]) {
      await until(
        `Olga's screen is gone at ${person.name}`,
        5_000 * BUSY,
        () => person.remoteTiles(),
        (tiles) => tiles.length === 2,
      );
    }
  });

  test('a fourth joins late and sees everybody within three seconds', async () => {
    late = await arrive('Leon');
    await late.openMeeting(link, true);
    await late.button('Join').click();
    const took = await until(
      'Leon sees three moving pictures',
      3_000 * BUSY,
      () => readMedia(late.page),
      (media) => {
        const shown = Object.values(media.shownFrames);
        return shown.length === 3 && shown.every((frames) => frames > 0);
      },
    );
    console.info(`Leon saw everybody ${Math.round(took)} ms after the click on Join`);
    await late.shot('in-call');
    await until(
      'Olga sees Leon',
      3_000 * BUSY,
      () => olga.remoteTiles(),
      (tiles) => tiles.length === 3,
    );
  });

  test('one leaves and is gone at the others within two seconds', async () => {
    const endpoint = await late.endpoint();
    await late.button('Leave').click();
    for (const person of everybody()) {
      const took = await until(
        `Leon is gone at ${person.name}`,
        2_000 * BUSY,
        () => person.remoteTiles(),
        (tiles) => tiles.length === 2 && tiles.every((tile) => tile.endpoint !== endpoint),
      );
      console.info(`gone at ${person.name} after ${Math.round(took)} ms`);
    }
    await late.shot('left');
  });

  test('one whose browser vanishes without leaving is gone within thirty seconds', async () => {
    const mortal = await launchMortalBrowser();
    const vanishing = await Person.arrive(mortal.browser, stack.address, 'Vera');
    await vanishing.openMeeting(link, true);
    await vanishing.join();
    const endpoint = await vanishing.endpoint();
    await until(
      'Olga sees Vera',
      5_000 * BUSY,
      () => olga.remoteTiles(),
      (tiles) => tiles.some((tile) => tile.endpoint === endpoint),
    );
    mortal.freeze();
    const took = await until(
      'Vera is gone at Olga',
      60_000,
      () => olga.remoteTiles(),
      (tiles) => tiles.every((tile) => tile.endpoint !== endpoint),
    );
    console.info(`gone at Olga ${Math.round(took)} ms after the browser froze`);
    mortal.kill();
  });

  test('the owner ends the meeting for everyone', async () => {
    await olga.button('Leave').click({ button: 'left' });
    await olga.page.getByRole('menuitem', { name: 'End for everyone' }).click();
    for (const person of [milan, gina]) {
      await person.page.getByText('The meeting was ended by the host').waitFor({ timeout: 5_000 * BUSY });
      await person.shot('ended');
    }
    await olga.shot('ended');
  });

  test('no page had an error or asked a stranger', () => {
    for (const person of [...everybody(), late]) {
      expect(person.problems, person.name).toEqual([]);
    }
  });
});
