import { execFile, type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { impressions, isPictureOf, isVoiceOf, type Look, LOOKS } from './looks.ts';
import { growing, readMedia } from './media.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

const command = resolve(import.meta.dirname, '../../../../loadtest/loadtest');
/** Long enough to be looked at twice by a machine that has to start, join and decode meanwhile. */
const RECORDED_MS = 12_000;

/** What each sends, made by ffmpeg. Sizes differ, so that one cannot pass for the other. */
const INPUTS: readonly Input[] = [
  { name: 'Vera', file: 'vp8.ivf', codec: 'vp8', height: 180, encoder: ['libvpx', '-deadline', 'realtime'] },
  {
    name: 'Nina',
    file: 'vp9.ivf',
    codec: 'vp9',
    height: 216,
    encoder: ['libvpx-vp9', '-deadline', 'realtime'],
  },
  { name: 'Anna', file: 'av1.ivf', codec: 'av1', height: 252, encoder: ['libaom-av1', '-usage', 'realtime'] },
  { name: 'Hana', file: undefined, codec: 'h264', height: 288, encoder: ['libx264', '-tune', 'zerolatency'] },
];

interface Input {
  readonly name: string;
  /** Sent as RTP by ffmpeg itself where there is none. */
  readonly file: string | undefined;
  readonly codec: string;
  readonly height: number;
  readonly encoder: readonly string[];
}

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
      await olga.page.getByText('Projector').first().waitFor();
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
    const options = '--senders 1 --receivers 3 --warm-up 15 --duration 3 --json --insecure'.split(' ');
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

  test('IVF with VP8, VP9 and AV1, Ogg with Opus, and RTP with H.264, all at once', async () => {
    const speaker: Look = { colour: '', tone: LOOKS[1]?.tone ?? 0 };
    const voice = join(folder, 'voice.ogg');
    const sine = ['-f', 'lavfi', '-i', `sine=frequency=${speaker.tone}:sample_rate=48000:duration=5`];
    await ffmpeg(...sine, '-c:a', 'libopus', voice);
    const running: { readonly process: ChildProcess; readonly output: () => string }[] = [];
    const run = (program: string, ...words: string[]): void => {
      const process = spawn(program, words);
      running.push({ process, output: collect(process) });
    };
    const stream = (name: string, ...source: string[]): void =>
      run(command, 'stream', '--meeting', link, '--insecure', '--name', name, ...source);
    try {
      stream('Otto', '--file', voice, '--loop');
      for (const [index, { name, file, height, encoder }] of INPUTS.entries()) {
        const colour = colourOf(LOOKS[index] ?? { colour: '', tone: 0 });
        const picture = [
          '-f',
          'lavfi',
          '-i',
          `color=0x${colour}:size=${(height * 16) / 9}x${height}:rate=10`,
        ];
        const encode = [...picture, '-pix_fmt', 'yuv420p', '-g', '10', '-c:v', ...encoder];
        if (file !== undefined) {
          await ffmpeg(...encode, '-t', '5', join(folder, file));
          stream(name, '--file', join(folder, file), '--loop');
        } else {
          const port = stack.port(5004);
          stream(name, '--rtp-video', String(port), '--rtp-codec', 'H264');
          run(
            'ffmpeg',
            '-v',
            'error',
            '-re',
            ...encode,
            ...['-profile:v', 'baseline', '-f', 'rtp', `rtp://127.0.0.1:${port}?pkt_size=1150`],
          );
        }
      }
      for (const [index, { name, codec, height }] of INPUTS.entries()) {
        const look = LOOKS[index];
        const before = await shownOf(olga, name);
        await until(
          `Olga sees ${name}'s picture in ${codec}, ${height} lines high`,
          60_000,
          () => shownOf(olga, name),
          (shown) =>
            look !== undefined &&
            shown.impression !== undefined &&
            isPictureOf(look, shown.impression) &&
            shown.codec === `video/${codec}` &&
            shown.height === height &&
            shown.decoded > before.decoded + 5,
        );
      }
      await until(
        "Olga hears Otto's tone",
        60_000,
        () => shownOf(olga, 'Otto'),
        ({ impression }) => impression !== undefined && isVoiceOf(speaker, impression),
      );
      await olga.shot('streams');
    } catch (failure) {
      running.forEach(({ output }) => console.info(output()));
      throw failure;
    } finally {
      running.forEach(({ process }) => process.kill());
    }
    await until(
      'all have left',
      60_000,
      () => olga.remoteTiles(),
      (tiles) => tiles.length === 0,
    );
    expect(olga.problems).toEqual([]);
  }, 300_000);

  test('a camera, of which all is real but the device', async () => {
    const look = LOOKS[0] ?? { colour: '', tone: 0 };
    const programs = await camera(folder, '/dev/video7', colourOf(look));
    const streaming = spawn(
      command,
      ['stream', '--meeting', link, '--insecure', '--name', 'Cora', '--camera', '/dev/video7'],
      { env: { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}` } },
    );
    const output = collect(streaming);
    try {
      await until(
        "Olga sees the camera's picture move in VP8, 720 lines high",
        120_000,
        () => shownOf(olga, 'Cora'),
        ({ impression, codec, height, decoded }) =>
          impression !== undefined &&
          isPictureOf(look, impression) &&
          codec === 'video/vp8' &&
          height === 720 &&
          decoded > 5,
      );
    } catch (failure) {
      console.info(output());
      throw failure;
    } finally {
      streaming.kill();
    }
    await until(
      'the camera has left',
      60_000,
      () => olga.remoteTiles(),
      (tiles) => tiles.length === 0,
    );
    expect(olga.problems).toEqual([]);
  }, 300_000);
});

/**
 * A folder with an ffmpeg in which, for the pictures of this device, there are others of the size and rate that are asked
 * of it; all else is done by the real one.
 */
async function camera(folder: string, device: string, colour: string): Promise<string> {
  const programs = join(folder, 'programs');
  const { stdout: real } = await promisify(execFile)('which', ['ffmpeg']);
  const lines = [
    '#!/bin/sh',
    `asked='-f v4l2 -framerate 30 -video_size 1280x720 -i ${device} '`,
    'case "$*" in *"$asked"*) ;; *) echo "No camera is asked for: $*" >&2; exit 1 ;; esac',
    `while [ "$1" != ${device} ]; do shift; done`,
    'shift',
    `exec ${real.trim()} -loglevel error -re -f lavfi -i color=0x${colour}:size=1280x720:rate=30 "$@"`,
  ];
  await mkdir(programs);
  await writeFile(join(programs, 'ffmpeg'), `${lines.join('\n')}\n`, { mode: 0o755 });
  return programs;
}

/** As ffmpeg writes it. */
function colourOf({ colour }: Look): string {
  return [...colour.matchAll(/\d+/g)].map(([part]) => Number(part).toString(16).padStart(2, '0')).join('');
}

function collect(process: ChildProcess): () => string {
  let text = '';
  process.stdout?.on('data', (data: unknown) => (text += String(data)));
  process.stderr?.on('data', (data: unknown) => (text += String(data)));
  return () => text;
}

async function ffmpeg(...words: string[]): Promise<void> {
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...words]);
}

/** What a page shows of the participant of that name, and how it comes. */
async function shownOf(person: Person, name: string) {
  const impression = (await impressions(person.page)).find((one) => one.name === name);
  const received = await person.page.evaluate(async (endpoint) => {
    const { videoWindow } = window as unknown as {
      videoWindow?: {
        peerConnection?: RTCPeerConnection;
        session?: {
          call: {
            participants: ReadonlyMap<
              string,
              { sources: readonly { kind: string; track?: MediaStreamTrack }[] }
            >;
          };
        };
      };
    };
    const sources = videoWindow?.session?.call.participants.get(endpoint)?.sources ?? [];
    const track = sources.find(({ kind }) => kind === 'video')?.track;
    const report = await videoWindow?.peerConnection?.getStats();
    const entries = [...(report?.values() ?? [])] as (RTCInboundRtpStreamStats & { mimeType?: string })[];
    const inbound = entries.find(
      ({ type, trackIdentifier }) => type === 'inbound-rtp' && trackIdentifier === track?.id,
    );
    return {
      codec: entries.find(({ id }) => id === inbound?.codecId)?.mimeType?.toLowerCase(),
      height: inbound?.frameHeight,
      decoded: inbound?.framesDecoded ?? 0,
    };
  }, impression?.endpoint ?? '');
  return { impression, ...received };
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
