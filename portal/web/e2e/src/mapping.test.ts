import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import {
  dress,
  type Impression,
  impressions,
  isPictureOf,
  isVoiceOf,
  type Look,
  LOOKS,
  SCREENS,
} from './looks.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

/** A machine that does a lot besides encodes and decodes all of it. */
const PATIENCE_MS = 30_000;

/** As many pictures at a time as the bridge maps for one receiver: as there are cameras, none for a screen. */
const PLACES = 3;

/** A window with place for one tile at a time, and one for everybody's. */
const ONE_TILE = { width: 320, height: 320 };
const WHOLE_PAGE = { width: 1280, height: 800 };

interface Guest {
  readonly person: Person;
  readonly look: Look;
  /** Whether the bridge puts the others on few streams for them. */
  readonly mapped: boolean;
}

/**
 * Everybody has a colour and a tone of their own, so that a name at somebody else's picture shows. Milan's client knows
 * nothing of mapping.
 */
describe('Sources on few streams', () => {
  let stack: Stack;
  let browser: Browser;
  let link: string;
  const everybody: Guest[] = [];

  beforeAll(async () => {
    stack = await Stack.start(20_500);
    await stack.setBridge(`videobridge.media.mapped-video-sources = ${PLACES}`);
    browser = await launchBrowser();
    const names = ['Olga', 'Gina', 'Tara', 'Milan'];
    for (const [index, name] of names.entries()) {
      const person = await Person.arrive(browser, stack.address, name);
      const look = LOOKS[index] ?? { colour: '', tone: 0 };
      await dress(person.page, look);
      everybody.push({ person, look, mapped: name !== 'Milan' });
    }
    const olga = guest('Olga').person;
    await olga.signUp(`olga-${randomUUID()}@example.org`, 'correct horse battery staple');
    link = await olga.createMeeting('Colours');
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  function guest(name: string): Guest {
    const found = everybody.find(({ person }) => person.name === name);
    if (found === undefined) {
      throw new Error(`There is no ${name}.`);
    }
    return found;
  }

  const join = async ({ person, mapped }: Guest): Promise<void> => {
    await person.openMeeting(mapped ? `${link}?mapping=on` : link, person.name !== 'Olga');
    await person.join();
  };

  /** How many of the others a page shows and plays as they are, and moving; false when one is mistaken for another. */
  const others = async (
    { person }: Guest,
    present: readonly Guest[],
    before: readonly Impression[],
  ): Promise<{ right: string[]; seen: readonly Impression[] }> => {
    const seen = await impressions(person.page);
    const right = present
      .filter((other) => other.person !== person)
      .filter(({ person: { name }, look }) => {
        const impression = seen.find((one) => one.name === name);
        const then = before.find((one) => one.endpoint === impression?.endpoint);
        return (
          impression !== undefined &&
          isPictureOf(look, impression) &&
          isVoiceOf(look, impression) &&
          impression.frames > (then?.frames ?? 0)
        );
      })
      .map(({ person: { name } }) => name);
    return { right, seen };
  };

  /** How many of the others' cameras a page shows as they are; not a number when one is mistaken for another. */
  const camerasAt = async ({ page }: Person): Promise<number> => {
    const shown = (await impressions(page)).filter(({ picture }) => picture !== undefined);
    return shown.every((one) => isPictureOf(guest(one.name).look, one)) ? shown.length : NaN;
  };

  /** Everybody in the call sees and hears everybody else, each under their own name, and nobody else. */
  const allSeeAll = async (present: readonly Guest[] = everybody): Promise<void> => {
    for (const one of present) {
      const before = await impressions(one.person.page);
      await until(
        `${one.person.name} sees and hears ${present.length - 1} others as they are`,
        PATIENCE_MS,
        () => others(one, present, before),
        ({ right, seen }) => right.length === present.length - 1 && seen.length === right.length,
      );
    }
  };

  const screenIsGone = async (sharer: Person): Promise<void> => {
    for (const { person } of everybody.filter((one) => one.person !== sharer)) {
      await until(
        `${sharer.name}'s screen is gone at ${person.name}`,
        PATIENCE_MS,
        () => impressions(person.page, true),
        (screens) => screens.length === 0,
      );
    }
  };

  test('everybody sees and hears everybody, names are at the right pictures and voices', async () => {
    for (const one of everybody) {
      await join(one);
    }
    await allSeeAll();
    for (const { person, mapped } of everybody) {
      expect(await isMapped(person), person.name).toBe(mapped);
    }
  });

  test('a camera that is off and on again', async () => {
    const { person, look } = guest('Gina');
    await person.button('Turn camera off').click();
    for (const one of everybody.filter((other) => other.person !== person)) {
      await until(
        `${one.person.name} hears Gina and does not see her`,
        PATIENCE_MS,
        async () => (await impressions(one.person.page)).find(({ name }) => name === 'Gina'),
        (gina) => gina !== undefined && gina.picture === undefined && isVoiceOf(look, gina),
      );
    }
    await person.button('Turn camera on').click();
    await allSeeAll();
  });

  test('somebody who leaves and joins again', async () => {
    const tara = guest('Tara');
    await tara.person.button('Leave').click();
    await allSeeAll(everybody.filter((one) => one !== tara));
    await join(tara);
    await allSeeAll();
  });

  test.each(SCREENS)('a shared screen of $width x $height is seen, and gone again', async (screen) => {
    const olga = guest('Olga').person;
    await olga.button('Share screen').click();
    for (const { person, mapped } of everybody.filter((one) => one.person !== olga)) {
      let shown = 0;
      await until(
        `${person.name} sees Olga's screen move, and ${mapped ? 'all cameras but one' : 'all cameras'}`,
        PATIENCE_MS,
        async () => {
          const before = shown;
          const [seen] = await impressions(person.page, true);
          shown = seen?.frames ?? 0;
          return { seen, moves: before > 0 && shown > before, cameras: await camerasAt(person) };
        },
        ({ seen, moves, cameras }) =>
          seen !== undefined &&
          moves &&
          isPictureOf(screen, seen) &&
          seen.width === screen.width &&
          seen.height === screen.height &&
          cameras === (mapped ? PLACES - 1 : PLACES),
      );
    }
    await olga.button('Stop sharing').click();
    await screenIsGone(olga);
    await allSeeAll();
  });

  test('screens that are shared again and again, by one and by another, take no more lines', async () => {
    const watchers = [guest('Milan').person, guest('Tara').person];
    const lines = await Promise.all(watchers.map(mediaLines));
    for (const name of ['Olga', 'Olga', 'Gina', 'Olga', 'Gina', 'Gina']) {
      const sharer = guest(name).person;
      await sharer.button('Share screen').click();
      for (const watcher of watchers) {
        let shown = 0;
        await until(
          `${watcher.name} sees ${name}'s screen move`,
          PATIENCE_MS,
          async () => {
            const before = shown;
            const [seen] = await impressions(watcher.page, true);
            shown = seen?.frames ?? 0;
            return { seen, moves: before > 0 && shown > before };
          },
          ({ seen, moves }) => seen !== undefined && moves && SCREENS.some((one) => isPictureOf(one, seen)),
        );
      }
      await sharer.button('Stop sharing').click();
      await screenIsGone(sharer);
    }
    expect(await Promise.all(watchers.map(mediaLines))).toEqual(lines);
    await allSeeAll();
  });

  test('a screen that begins while somebody looks at a page without it is seen', async () => {
    const [olga, gina] = [guest('Olga').person, guest('Gina').person];
    await gina.page.setViewportSize(ONE_TILE);
    await until(
      'Gina is shown herself and nobody else',
      PATIENCE_MS,
      () => gina.tiles(),
      (tiles) => tiles.length === 1 && tiles.every(({ local }) => local),
    );
    await olga.button('Share screen').click();
    await until(
      `Gina sees Olga's screen`,
      PATIENCE_MS,
      () => impressions(gina.page, true),
      ([seen]) => seen !== undefined && SCREENS.some((screen) => isPictureOf(screen, seen)),
    );
    await olga.button('Stop sharing').click();
    await gina.page.setViewportSize(WHOLE_PAGE);
    await allSeeAll();
  });

  test('nobody was told of more streams of pictures than there are places', async () => {
    for (const { person } of everybody.filter(({ mapped }) => mapped)) {
      expect(await mappedPictures(person), person.name).toBe(PLACES);
    }
  });

  test('no page had an error', () => {
    for (const { person } of everybody) {
      expect(person.problems, person.name).toEqual([]);
    }
  });
});

interface Held {
  readonly videoWindow?: { readonly peerConnection?: RTCPeerConnection };
}

/** Whether what comes in is described as mapped. */
function isMapped(person: Person): Promise<boolean> {
  return person.page.evaluate(
    () =>
      (window as unknown as Held).videoWindow?.peerConnection?.remoteDescription?.sdp.includes(
        'msid:mapped-video',
      ) ?? false,
  );
}

/** How many streams of pictures the page is told to expect, or has ever been. */
function mappedPictures(person: Person): Promise<number> {
  return person.page.evaluate(
    () =>
      (window as unknown as Held).videoWindow?.peerConnection?.remoteDescription?.sdp.match(
        /^a=msid:mapped-video/gm,
      )?.length ?? 0,
  );
}

/** How many streams of any kind the page's connection has places for. */
function mediaLines(person: Person): Promise<number> {
  return person.page.evaluate(
    () => (window as unknown as Held).videoWindow?.peerConnection?.getTransceivers().length ?? 0,
  );
}
