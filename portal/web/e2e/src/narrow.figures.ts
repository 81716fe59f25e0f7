import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { heightSeen, type Layers, readLayers } from './layers.ts';
import { Network } from './network.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

/** Room for the sound (some 60 kbit/s) and a smaller picture, but not for the largest, which takes some 300 kbit/s. */
const NARROW = 250_000;
/** Lines of the largest picture. */
const FULL = 720;
/** How long it stays narrow. */
const NARROW_FOR = 20_000;
/** What the bridge does of itself; a machine that is busy with other things takes a few times as long. */
const SMALLER_WITHIN = 15_000;
const LONGEST_STANDSTILL = 5_000;
const MOST_MADE_UP = 0.3;
const LARGE_AGAIN_WITHIN = 60_000;

/**
 * Apart from the other tests because it needs a machine that makes pictures of 720 lines beside everything else: run it by
 * `npm run narrow-network`. Nora, in 720 lines, is seen by Tara in a network of her own, whose
 * capacity the test sets.
 */
describe('A narrow network', () => {
  let network: Network;
  let stack: Stack;
  let here: Browser;
  let there: Browser;
  let nora: Person;
  let tara: Person;

  beforeAll(async () => {
    network = await Network.make();
    stack = await Stack.start(14_000, '--with', 'haproxy', '--listen', network.address);
    here = await launchBrowser();
    there = await launchBrowser(network.browser);
    nora = await Person.arrive(here, stack.address, 'Nora', { width: 1280, height: 720 });
    await nora.signUp(`nora-${randomUUID()}@example.org`, 'correct horse battery staple');
    const link = await nora.createMeeting('Wide and narrow');
    await nora.openMeeting(link, false);
    await nora.join();
    tara = await Person.arrive(there, stack.address, 'Tara');
    await tara.openMeeting(link, true, false);
    await tara.join();
    await tara.button('Speaker view').click();
  });

  afterAll(async () => {
    await here.close();
    await there.close();
    await stack.stop();
    await network.close();
  });

  const seesFullSize = (within: number): Promise<number> =>
    until(
      'Tara sees Nora in full size',
      within,
      async () => ({ made: await largestMade(nora), seen: await heightSeen(tara.page) }),
      ({ made, seen }) => made > 0 && seen >= made,
    );
  const makesFullSize = (within: number): Promise<number> =>
    until(
      `Nora makes pictures of ${FULL} lines, for which a browser needs a machine that has time for it`,
      within,
      () => largestMade(nora),
      (lines) => lines >= FULL,
    );

  test('gets a smaller picture that keeps moving and its sound, and the large one when it is wide again', async () => {
    await makesFullSize(60_000);
    await seesFullSize(60_000);
    const before = await readLayers(tara.page);
    const watched = Motion.of(before);
    await network.limit(NARROW);
    const begin = performance.now();
    let smallerAfter: number | undefined;
    let now = before;
    while (performance.now() - begin < NARROW_FOR) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      now = await readLayers(tara.page);
      watched.look(now);
      const lines = Math.max(...now.incoming.map(({ height }) => height));
      smallerAfter ??= lines < FULL ? performance.now() - begin : undefined;
    }
    const madeUp = (now.concealed - before.concealed) / (now.samples - before.samples);
    console.info(
      `a smaller picture after ${Math.round(smallerAfter ?? Infinity)} ms, no new picture for ` +
        `${Math.round(watched.longestStandstill)} ms at most, ${(madeUp * 100).toFixed(1)} % of the sound made up`,
    );
    expect(smallerAfter).toBeLessThan(SMALLER_WITHIN);
    expect(watched.longestStandstill).toBeLessThan(LONGEST_STANDSTILL);
    expect(now.heard).toBeGreaterThan(before.heard);
    expect(madeUp).toBeLessThan(MOST_MADE_UP);
    await network.limit(undefined);
    const back = await seesFullSize(LARGE_AGAIN_WITHIN);
    console.info(`the large picture ${Math.round(back)} ms after the network was wide again`);
  });
});

/** Lines of the largest picture that somebody sends at present; 0 for none. */
async function largestMade({ page }: Person): Promise<number> {
  const before = await readLayers(page);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { outgoing } = await readLayers(page);
  const made = outgoing.filter(({ bytes }, index) => bytes > (before.outgoing[index]?.bytes ?? 0));
  return Math.max(0, ...made.map(({ height }) => height));
}

/** Whether pictures come, as seen from look to look. */
class Motion {
  longestStandstill = 0;

  private constructor(
    private frames: number,
    private movedAt: number,
  ) {}

  static of(layers: Layers): Motion {
    return new Motion(framesOf(layers), performance.now());
  }

  look(layers: Layers): void {
    const at = performance.now();
    this.longestStandstill = Math.max(this.longestStandstill, at - this.movedAt);
    const frames = framesOf(layers);
    if (frames > this.frames) {
      this.frames = frames;
      this.movedAt = at;
    }
  }
}

function framesOf({ incoming }: Layers): number {
  return incoming.reduce((sum, { frames }) => sum + frames, 0);
}
