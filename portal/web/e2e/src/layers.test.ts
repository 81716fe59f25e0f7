import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { heightSeen, readLayers, ssrcsOf } from './layers.ts';
import { Network } from './network.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { BUSY, until } from './waiting.ts';

const LARGE = { width: 1280, height: 800 };
/** A window in which every tile is about a hundred pixels high. */
const SMALL = { width: 420, height: 420 };

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

  const leave = async (person: Person): Promise<void> => {
    await person.button('Leave').click();
    await person.page
      .getByRole('menuitem', { name: 'Leave' })
      .click({ timeout: 1_000 })
      .catch(() => undefined);
  };
  /** Olga comes back and sends something else. */
  const sendWith = async (codec: string, more = ''): Promise<void> => {
    await leave(olga);
    await olga.openMeeting(`${link}?codec=${codec}${more}`, false);
    await olga.join();
  };
  /** The codec of what Tara sees of Olga now. */
  const codecSeen = async (): Promise<string> =>
    (await readLayers(tara.page)).incoming.find(({ frames }) => frames > 0)?.codec ?? '';

  test('VP8: a small tile gets a small picture, while another sees the large one, and a large one again', async () => {
    await sees(tara, 'large', large);
    await sees(milan, 'large', large);
    await tara.page.setViewportSize(SMALL);
    const took = await sees(tara, 'small', small);
    console.info(`a small picture ${Math.round(took)} ms after the tile became small`);
    expect(await heightSeen(milan.page)).toBeGreaterThanOrEqual(300);
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
    const sent = async (): Promise<number> =>
      (await readLayers(olga.page)).outgoing.slice(1).reduce((sum, { bytes }) => sum + bytes, 0);
    const before = await sent();
    await tara.page.setViewportSize(LARGE);
    await sees(tara, 'large again', large);
    expect(await sent()).toBeGreaterThan(before);
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
      expect((await codecSeen()).toLowerCase()).toBe(`video/${codec}`);
      const { outgoing } = await readLayers(olga.page);
      if (layered) {
        expect(outgoing.map(({ mode }) => mode)).toEqual(['L2T3_KEY']);
      } else {
        expect(outgoing.filter(({ active }) => active)).toHaveLength(2);
      }
      await tara.page.setViewportSize(SMALL);
      await sees(tara, 'small', small);
      expect(await heightSeen(milan.page)).toBeGreaterThanOrEqual(300);
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
      expect((await codecSeen()).toLowerCase()).toBe(`video/${codec}`);
      const { outgoing } = await readLayers(olga.page);
      expect(outgoing).toHaveLength(3);
      await tara.page.setViewportSize(SMALL);
      const took = await sees(tara, 'small', small);
      console.info(`a small picture ${Math.round(took)} ms after the tile became small`);
      expect(await heightSeen(milan.page)).toBeGreaterThanOrEqual(300);
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
    await sees(tara, 'small', (height) => height > 0 && height <= 135);
    expect(await heightSeen(milan.page)).toBeGreaterThanOrEqual(270);
    await tara.page.setViewportSize(LARGE);
    await sees(tara, 'large again', (height) => height >= 270);
    await leave(vera);
    await vera.goAway();
    await olga.openMeeting(link, false);
    await olga.join();
    await sees(tara, 'again', large);
  });

  test('a shared screen is there in full size within a second', async () => {
    const screenOf = (person: Person): Promise<number> =>
      person.page
        .locator('[data-testid="tile"][data-source$="-v1"] video')
        .evaluateAll((videos) =>
          Math.max(0, ...videos.map((video) => (video as HTMLVideoElement).videoHeight)),
        );
    const begin = performance.now();
    await olga.button('Share screen').click();
    await until(
      'Tara sees the screen',
      1_000 * BUSY * 2,
      () => screenOf(tara),
      (height) => height > 0,
    );
    console.info(`a shared screen is shown after ${Math.round(performance.now() - begin)} ms`);
    expect(await screenOf(tara)).toBe(await screenOf(olga));
    await olga.button('Stop sharing').click();
  });
});
