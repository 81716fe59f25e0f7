import { beforeEach, describe, expect, test } from 'vitest';
import { OwnMedia } from '../src/media/own-media.ts';
import { FakeDevices, settled } from './fakes.ts';

let devices: FakeDevices;
let media: OwnMedia;

const refuse = (name: string): void => {
  throw new DOMException('no', name);
};

beforeEach(() => {
  localStorage.clear();
  devices = new FakeDevices();
  media = new OwnMedia(devices.as);
});

describe('our own devices', () => {
  test('both are asked for at once, so that there is one question', async () => {
    await media.open();
    expect(devices.wishes).toHaveLength(1);
    expect(media.state.camera.track).toBeDefined();
    expect(media.state.microphone.track).toBeDefined();
  });

  test('a missing camera does not cost the microphone', async () => {
    devices.answer = (wish) => (wish?.video === undefined ? undefined : refuse('NotFoundError'));
    await media.open();
    expect(media.state.camera.problem).toBe('none');
    expect(media.state.microphone.track).toBeDefined();
    expect(media.state.microphone.problem).toBeUndefined();
  });

  test('a refusal is not asked again by itself', async () => {
    devices.answer = () => refuse('NotAllowedError');
    await media.open();
    expect(devices.wishes).toHaveLength(1);
    expect(media.state.camera.problem).toBe('denied');
    expect(media.state.microphone.problem).toBe('denied');
  });

  test('trying again after a refusal brings both', async () => {
    devices.answer = () => refuse('NotAllowedError');
    await media.open();
    devices.answer = () => undefined;
    await media.retry();
    expect(media.state.camera).toMatchObject({ problem: undefined, starting: false });
    expect(media.state.camera.track).toBeDefined();
    expect(media.state.microphone.track).toBeDefined();
  });

  test('a page without encryption has no devices, and says so', async () => {
    const insecure = new OwnMedia(undefined);
    await insecure.open();
    expect(insecure.state.camera.problem).toBe('insecure');
    expect(insecure.state.microphone.problem).toBe('insecure');
  });

  test('a device chosen once and gone now gives way to another', async () => {
    localStorage.setItem('vw.camera', 'gone');
    devices.answer = (wish) => {
      if (JSON.stringify(wish?.video ?? {}).includes('gone')) {
        refuse('OverconstrainedError');
      }
    };
    await media.open();
    expect(media.state.camera.track).toBeDefined();
    expect(localStorage.getItem('vw.camera')).toBeNull();
  });

  test('a muted microphone stays open, a camera that is off is let go', async () => {
    await media.open();
    const { microphone, camera } = media.state;
    await media.setMicrophone(false);
    await media.setCamera(false);
    expect(microphone.track).toMatchObject({ readyState: 'live', enabled: false });
    expect(camera.track).toMatchObject({ readyState: 'ended' });
    expect(media.state.camera.track).toBeUndefined();
  });

  test('the camera comes back as another track', async () => {
    await media.open();
    await media.setCamera(false);
    await media.setCamera(true);
    expect(media.state.camera.track).toMatchObject({ readyState: 'live' });
  });

  test('switched off while it starts, the camera is let go when it arrives', async () => {
    let arrive: () => void = () => undefined;
    devices.answer = () => new Promise((resolve) => (arrive = resolve));
    const opened = media.open();
    await media.setCamera(false);
    arrive();
    await opened;
    const camera = devices.tracks.find((track) => track.kind === 'video');
    expect(camera?.readyState).toBe('ended');
    expect(media.state.camera).toMatchObject({ on: false, track: undefined });
    expect(media.state.microphone.track).toBeDefined();
  });

  test('muted while it starts, the microphone arrives muted', async () => {
    let arrive: () => void = () => undefined;
    devices.answer = () => new Promise((resolve) => (arrive = resolve));
    const opened = media.open();
    void media.setMicrophone(false);
    await settled();
    arrive();
    await opened;
    expect(media.state.microphone.track?.enabled ?? false).toBe(false);
  });

  test('an unplugged camera is told', async () => {
    await media.open();
    devices.tracks.find((track) => track.kind === 'video')?.unplug();
    expect(media.state.camera).toMatchObject({ track: undefined, problem: 'lost' });
  });

  test('closing lets go of everything, and it can be opened again', async () => {
    await media.open();
    media.close();
    expect(devices.tracks.every((track) => track.readyState === 'ended')).toBe(true);
    await media.open();
    expect(media.state.camera.track).toMatchObject({ readyState: 'live' });
  });

  test('what was off stays off the next time', async () => {
    await media.open();
    await media.setCamera(false);
    media.close();
    const next = new OwnMedia(devices.as);
    await next.open();
    expect(next.state.camera).toMatchObject({ on: false, track: undefined });
    expect(next.state.microphone.on).toBe(true);
  });
});
