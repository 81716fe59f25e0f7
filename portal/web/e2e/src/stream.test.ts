import { execFile, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { growing, readMedia } from './media.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

const command = resolve(import.meta.dirname, '../../../../loadtest/loadtest');
const RECORDED_MS = 6_000;

/** A device without a browser, as the loadtest module brings it into a meeting. */
describe('A recorded clip in a meeting', () => {
  let stack: Stack;
  let browser: Browser;
  let olga: Person;
  let link: string;
  let folder: string;
  let clip: string;

  beforeAll(async () => {
    stack = await Stack.start(16_000);
    browser = await launchBrowser();
    folder = await mkdtemp(join(tmpdir(), 'video-window-clip-'));
    clip = join(folder, 'clip.webm');
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('a browser records a clip and waits in a meeting', async () => {
    olga = await Person.arrive(browser, stack.address, 'Olga');
    await olga.signUp(`olga-${Date.now()}@example.org`, 'correct horse battery staple');
    link = await olga.createMeeting('Cinema');
    await writeFile(clip, Buffer.from(await record(olga.page), 'base64'));
    await olga.openMeeting(link, false);
    await olga.join();
  });

  test('the clip is a participant who is seen and heard, and leaves at its end', async () => {
    const streaming = execFile(command, [
      'stream',
      '--meeting',
      link,
      '--file',
      clip,
      '--name',
      'Projector',
      '--insecure',
    ]);
    const output = collect(streaming);
    const ended = new Promise<number | null>((done) => streaming.once('exit', done));
    try {
      await until(
        'Olga sees the clip',
        60_000,
        () => olga.remoteTiles(),
        (tiles) => tiles.length === 1 && tiles[0]?.video === true,
      );
      await until(
        'pictures of the clip move, its sound is heard',
        60_000,
        async () => {
          const before = await readMedia(olga.page);
          await new Promise((done) => setTimeout(done, 500));
          return { before, after: await readMedia(olga.page) };
        },
        ({ before, after }) =>
          growing(before.decodedFrames, after.decodedFrames) === 1 &&
          growing(before.audioEnergy, after.audioEnergy) === 1,
      );
      expect(await olga.page.getByText('Projector').count()).toBeGreaterThan(0);
      expect(await ended, output()).toBe(0);
    } finally {
      streaming.kill();
    }
    await until(
      'the clip has left',
      60_000,
      () => olga.remoteTiles(),
      (tiles) => tiles.length === 0,
    );
    expect(output()).toContain('Sent to its end.');
    expect(olga.problems).toEqual([]);
  });

  test('a load comes through the whole stack', async () => {
    const options = '--senders 1 --receivers 3 --warm-up 8 --duration 3 --json --insecure'.split(' ');
    const load = promisify(execFile)(command, ['run', '--meeting', link, ...options]);
    try {
      await until(
        'Olga sees all four, and the picture of the one that has a camera',
        60_000,
        () => olga.remoteTiles(),
        (tiles) => tiles.length === 4 && tiles.filter((tile) => tile.video).length === 1,
      );
    } catch (failure) {
      load.child.kill();
      throw failure;
    }
    const result: unknown = JSON.parse((await load).stdout);
    // Sound for each of three, 50 packets a second, and pictures besides.
    expect(result).toMatchObject({ server: 'meeting', received: { unreadable: 0 } });
    expect((result as { received: { packets: number } }).received.packets).toBeGreaterThan(3 * 3 * 50);
    await until(
      'the load has left',
      15_000,
      () => olga.remoteTiles(),
      (tiles) => tiles.length === 0,
    );
    expect(olga.problems).toEqual([]);
  }, 120_000);
});

function collect(process: ChildProcess): () => string {
  let text = '';
  process.stdout?.on('data', (data: unknown) => (text += String(data)));
  process.stderr?.on('data', (data: unknown) => (text += String(data)));
  return () => text;
}

/** Some seconds of a moving picture with a tone, as WebM in base 64. */
function record(page: Page): Promise<string> {
  return page.evaluate(async (milliseconds) => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 180;
    const context = canvas.getContext('2d');
    const painter = setInterval(() => {
      if (context) {
        context.fillStyle = `hsl(${(performance.now() / 10) % 360} 80% 50%)`;
        context.fillRect(0, 0, 320, 180);
        context.fillStyle = 'white';
        context.fillText(String(Math.round(performance.now())), 20, 90);
      }
    }, 40);
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const heard = sound.createMediaStreamDestination();
    tone.connect(heard);
    tone.start();
    const stream = canvas.captureStream(25);
    heard.stream.getAudioTracks().forEach((track) => stream.addTrack(track));
    const recorder = new MediaRecorder(stream, {
      mimeType: 'video/webm;codecs=vp8,opus',
      videoKeyFrameIntervalDuration: 1000,
    } as MediaRecorderOptions);
    const parts: Blob[] = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((done) => (recorder.onstop = done));
    recorder.start();
    await new Promise((done) => setTimeout(done, milliseconds));
    recorder.stop();
    await stopped;
    clearInterval(painter);
    await sound.close();
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    let binary = '';
    bytes.forEach((byte) => (binary += String.fromCharCode(byte)));
    return btoa(binary);
  }, RECORDED_MS);
}
