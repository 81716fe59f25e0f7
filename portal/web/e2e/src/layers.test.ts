import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { heightSeen, type Outgoing, readLayers, ssrcsOf } from './layers.ts';
import { Network } from './network.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { BUSY, until } from './waiting.ts';

const LARGE = { width: 1280, height: 800 };
/** A window in which every tile is about a hundred pixels high. */
const SMALL = { width: 420, height: 420 };
/** A window with place for one tile at a time. */
const ONE_TILE = { width: 320, height: 320 };

/**
 * Olga is seen by Tara and Milan, who show their own camera to nobody. Tara is in a network of her own, whose capacity the
 * test sets.
 */
describe('The sizes of a picture', () => {
  let network: Network;
  let stack: Stack;
  let here: Browser;
  let there: Browser;
  let olga: Person;
  let tara: Person;
  let milan: Person;
  let link: string;

  beforeAll(async () => {
    network = await Network.make();
    stack = await Stack.start(21_000, '--with', 'haproxy', '--listen', network.address);
    here = await launchBrowser();
    there = await launchBrowser(network.browser);
    olga = await Person.arrive(here, stack.address, 'Olga', { width: 640, height: 360 });
    await olga.signUp(`olga-${randomUUID()}@example.org`, 'correct horse battery staple');
    link = await olga.createMeeting('Large and small');
    await olga.openMeeting(link, false);
    await olga.join();
    tara = await Person.arrive(there, stack.address, 'Tara');
    await tara.openMeeting(link, true, false);
    await tara.join();
    milan = await Person.arrive(here, stack.address, 'Milan');
    await milan.openMeeting(link, true, false);
    await milan.join();
  });

  afterAll(async () => {
    await here.close();
    await there.close();
    await stack.stop();
    await network.close();
  });

  const sees = (person: Person, what: string, right: (height: number) => boolean): Promise<number> =>
    until(`${person.name} sees Olga ${what}`, 60_000, () => heightSeen(person.page), right);
  const large = (height: number): boolean => height >= 300;
  const small = (height: number): boolean => height > 0 && height <= 180;

  /** Tara sees Olga small and Milan sees her large at the same time. */
  const seeBoth = (smallest = 180, largest = 300): Promise<number> =>
    until(
      'Tara sees a small picture while Milan sees a large one',
      60_000,
      () => Promise.all([tara, milan].map(({ page }) => heightSeen(page))),
      ([tara = 0, milan = 0]) => tara > 0 && tara <= smallest && milan >= largest,
    );

  /** The owner is asked for whom the meeting ends, everybody else is not. */
  const leave = async (person: Person): Promise<void> => {
    await person.button('Leave').click();
    const left = person.page.getByRole('heading', { name: 'You left the meeting' });
    const choice = person.page.getByRole('menuitem', { name: 'Leave meeting' });
    await left.or(choice).first().waitFor();
    if (await choice.isVisible()) {
      await choice.click();
    }
    await left.waitFor();
  };
  /** Olga comes back and sends something else. */
  const sendWith = async (codec: string, more = ''): Promise<void> => {
    await leave(olga);
    await olga.openMeeting(`${link}?codec=${codec}${more}`, false);
    await olga.join();
  };
  /** What Tara sees of Olga comes in this codec, and nothing else comes any more. */
  const untilCodec = (codec: string): Promise<number> =>
    until(
      `Tara sees Olga in ${codec}`,
      60_000,
      async () => (await readLayers(tara.page)).incoming.filter(({ frames }) => frames > 0),
      (incoming) => incoming.length === 1 && incoming[0]?.codec.toLowerCase() === `video/${codec}`,
    );
  const untilSent = (what: string, right: (outgoing: readonly Outgoing[]) => boolean): Promise<number> =>
    until(`Olga sends ${what}`, 60_000, async () => (await readLayers(olga.page)).outgoing, right);

  test('VP8: a small tile gets a small picture, while another sees the large one, and a large one again', async () => {
    await sees(tara, 'large', large);
    await sees(milan, 'large', large);
    await tara.page.setViewportSize(SMALL);
    const took = await sees(tara, 'small', small);
    console.info(`a small picture ${Math.round(took)} ms after the tile became small`);
    await seeBoth();
    await tara.page.setViewportSize(LARGE);
    const back = await sees(tara, 'large again', large);
    console.info(`a large picture ${Math.round(back)} ms after the tile became large`);
  });

  test('a size that nobody watches is not made, and is again when somebody does', async () => {
    await Promise.all([tara, milan].map((person) => person.page.setViewportSize(SMALL)));
    const made = async (): Promise<boolean[]> =>
      (await readLayers(olga.page)).outgoing.map(({ active }) => active);
    const took = await until(
      'Olga makes the smallest size only',
      60_000,
      made,
      ([lowest, ...higher]) => lowest === true && higher.every((active) => !active),
    );
    console.info(`larger sizes stopped ${Math.round(took)} ms after nobody watched them`);
    await Promise.all([tara, milan].map((person) => sees(person, 'small', small)));
    const sent = async (): Promise<number> =>
      (await readLayers(olga.page)).outgoing.slice(1).reduce((sum, { bytes }) => sum + bytes, 0);
    const before = await sent();
    await tara.page.setViewportSize(LARGE);
    await sees(tara, 'large again', large);
    await until('Olga sends larger sizes again', 60_000, sent, (bytes) => bytes > before);
    await milan.page.setViewportSize(LARGE);
    await sees(milan, 'large again', large);
  });

  test.each([
    ['vp9', true],
    ['av1', true],
    ['h264', false],
  ] as const)(
    '%s: a small tile gets a small picture, while another sees the large one',
    async (codec, layered) => {
      const available = await olga.page.evaluate(
        (name) =>
          RTCRtpSender.getCapabilities('video')?.codecs.some(
            ({ mimeType }) => mimeType.toLowerCase() === `video/${name}`,
          ) ?? false,
        codec,
      );
      if (!available) {
        console.info(`this Chromium cannot send ${codec}: not tested`);
        return;
      }
      await sendWith(codec);
      await sees(tara, 'large', large);
      await sees(milan, 'large', large);
      await untilCodec(codec);
      await untilSent(layered ? 'two sizes in one stream' : 'two sizes', (outgoing) =>
        layered
          ? outgoing.length === 1 && outgoing[0]?.mode === 'L2T3_KEY'
          : outgoing.filter(({ active }) => active).length === 2,
      );
      await tara.page.setViewportSize(SMALL);
      await seeBoth();
      await tara.page.setViewportSize(LARGE);
      await sees(tara, 'large again', large);
    },
  );

  test.each(['vp8', 'h264'] as const)(
    '%s by stream ids: three encodings whose SSRCs nobody announced, and a receiver that moves between them',
    async (codec) => {
      const available = await olga.page.evaluate(
        (name) =>
          RTCRtpSender.getCapabilities('video')?.codecs.some(
            ({ mimeType }) => mimeType.toLowerCase() === `video/${name}`,
          ) ?? false,
        codec,
      );
      if (!available) {
        console.info(`this Chromium cannot send ${codec}: not tested`);
        return;
      }
      await sendWith(codec, '&simulcast=rid');
      await sees(tara, 'large', large);
      await sees(milan, 'large', large);
      await untilCodec(codec);
      await untilSent('three encodings', (outgoing) => outgoing.length === 3);
      await tara.page.setViewportSize(SMALL);
      const took = await sees(tara, 'small', small);
      console.info(`a small picture ${Math.round(took)} ms after the tile became small`);
      await seeBoth();
      await tara.page.setViewportSize(LARGE);
      await sees(tara, 'large again', large);
      // What Tara gets is none of the SSRCs that Olga sends.
      const sent = await ssrcsOf(olga.page, 'outbound-rtp');
      const received = await ssrcsOf(tara.page, 'inbound-rtp');
      expect(sent).toHaveLength(3);
      expect(received.filter((ssrc) => sent.includes(ssrc))).toEqual([]);
    },
  );

  test('three sizes by stream ids are sent, and a receiver gets the smallest or a larger one', async () => {
    const vera = await Person.arrive(here, stack.address, 'Vera', { width: 960, height: 540 });
    await leave(olga);
    await vera.openMeeting(`${link}?simulcast=rid`, true);
    await vera.join();
    await until(
      'Vera sends three sizes',
      60_000,
      async () => (await readLayers(vera.page)).outgoing,
      (outgoing) => outgoing.length === 3 && outgoing.every(({ active, bytes }) => active && bytes > 0),
    );
    await sees(tara, 'large', (height) => height >= 270);
    await tara.page.setViewportSize(SMALL);
    await seeBoth(135, 270);
    await tara.page.setViewportSize(LARGE);
    await sees(tara, 'large again', (height) => height >= 270);
    await leave(vera);
    await vera.goAway();
    await olga.openMeeting(link, false);
    await olga.join();
    await sees(tara, 'again', large);
  });

  test.each([
    ['everybody', LARGE, 0],
    // Pictures that nobody looks at are not sent: this one was never asked for before.
    ['the second page of tiles', ONE_TILE, 1],
  ] as const)(
    'a shared screen is there in full size within a second for who sees %s',
    async (_, size, turns) => {
      const screenOf = (person: Person): Promise<number> =>
        person.page
          .locator('[data-testid="tile"][data-source$="-v1"] video')
          .evaluateAll((videos) =>
            Math.max(0, ...videos.map((video) => (video as HTMLVideoElement).videoHeight)),
          );
      await tara.page.setViewportSize(size);
      for (let turn = 0; turn < turns; turn++) {
        await tara.button('Next page').click();
      }
      await until(
        'Tara is shown the page that she wants',
        60_000,
        () => tara.tiles(),
        (tiles) => (turns === 0 ? tiles.length === 3 : tiles.length === 1),
      );
      const begin = performance.now();
      await olga.button('Share screen').click();
      await until(
        'Tara sees the screen as large as Olga',
        1_000 * BUSY * 2,
        () => Promise.all([tara, olga].map(screenOf)),
        ([there = 0, here]) => there > 0 && there === here,
      );
      console.info(`a shared screen is shown after ${Math.round(performance.now() - begin)} ms`);
      await olga.button('Stop sharing').click();
      await until(
        'the screen is gone',
        60_000,
        () => Promise.all([tara, olga].map(screenOf)),
        ([there, here]) => there === 0 && here === 0,
      );
    },
  );
});
