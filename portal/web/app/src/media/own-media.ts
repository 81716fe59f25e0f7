import { Store } from '../store.ts';
import { readSetting, writeSetting, type Setting } from '../settings/settings.ts';
import { mediaProblem, type Device, type MediaProblem } from './media-problem.ts';

/** One of our devices: what is wanted, what there is, and why not. */
export interface Capture {
  /** The person wants to be heard or seen. */
  readonly on: boolean;
  /** Live; undefined while starting, when the camera is off and when there is a problem. */
  readonly track: MediaStreamTrack | undefined;
  readonly problem: MediaProblem | undefined;
  readonly starting: boolean;
}

export interface OwnMediaState {
  readonly microphone: Capture;
  readonly camera: Capture;
  readonly microphones: readonly MediaDeviceInfo[];
  readonly cameras: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
  /** Device id for `setSinkId`; empty is the system's choice. */
  readonly speaker: string;
}

/** The person is heard or seen, or will be in a moment. */
export function works({ on, problem }: Capture): boolean {
  return on && problem === undefined;
}

const nothing: Capture = { on: false, track: undefined, problem: undefined, starting: false };

/**
 * Our microphone and camera from the page before joining to the end of the call, and the choice of devices. A muted
 * microphone stays open, so that unmuting is instant; a camera that is off is let go, so that its light goes out.
 */
export class OwnMedia extends Store<OwnMediaState> {
  readonly #devices: MediaDevices | undefined;
  /** Counts the requests of each device: only the newest one may set its track. */
  readonly #requests: Record<Device, number> = { camera: 0, microphone: 0 };

  constructor(
    devices: MediaDevices | undefined = (navigator as { mediaDevices?: MediaDevices }).mediaDevices,
  ) {
    super({
      microphone: { ...nothing, on: readSetting('microphone-on') !== 'no' },
      camera: { ...nothing, on: readSetting('camera-on') !== 'no' },
      microphones: [],
      cameras: [],
      speakers: [],
      speaker: readSetting('speaker') ?? '',
    });
    this.#devices = devices;
  }

  /** Starts what is wanted. Asks the person once for both devices where it can. */
  async open(): Promise<void> {
    this.#devices?.addEventListener('devicechange', this.#devicesChanged);
    const { camera } = this.state;
    const both = camera.on ? (['microphone', 'camera'] as const) : (['microphone'] as const);
    await this.#start(both);
    await this.#listDevices();
  }

  /** Lets go of everything. It can be opened again. */
  close(): void {
    this.#devices?.removeEventListener('devicechange', this.#devicesChanged);
    for (const device of ['camera', 'microphone'] as const) {
      this.#requests[device]++;
      this.state[device].track?.stop();
      this.#change(device, { track: undefined, starting: false });
    }
  }

  /** Mutes or unmutes; where the microphone had a problem, tries again. */
  async setMicrophone(on: boolean): Promise<void> {
    this.#want('microphone', on);
    const { track } = this.state.microphone;
    if (track !== undefined) {
      track.enabled = on;
    } else if (on) {
      await this.#start(['microphone']);
      await this.#listDevices();
    }
  }

  async setCamera(on: boolean): Promise<void> {
    this.#want('camera', on);
    if (!on) {
      this.#requests.camera++;
      this.state.camera.track?.stop();
      this.#change('camera', { track: undefined, starting: false, problem: undefined });
    } else if (this.state.camera.track === undefined) {
      await this.#start(['camera']);
      await this.#listDevices();
    }
  }

  /** What the buttons do; after a problem they try again. */
  toggle(device: Device): Promise<void> {
    const on = !works(this.state[device]);
    return device === 'microphone' ? this.setMicrophone(on) : this.setCamera(on);
  }

  /** Takes another device from now on. */
  async choose(device: Device, id: string): Promise<void> {
    writeSetting(device, id);
    if (device === 'microphone' || this.state.camera.on) {
      await this.#start([device]);
    }
  }

  chooseSpeaker(id: string): void {
    writeSetting('speaker', id === '' ? undefined : id);
    this.set({ ...this.state, speaker: id });
  }

  /** Tries again what failed. */
  async retry(): Promise<void> {
    const { camera, microphone } = this.state;
    const failed: Device[] = [];
    if (microphone.problem !== undefined) {
      failed.push('microphone');
    }
    if (camera.problem !== undefined && camera.on) {
      failed.push('camera');
    }
    await this.#start(failed);
    await this.#listDevices();
  }

  async #start(devices: readonly Device[]): Promise<void> {
    if (devices.length === 0) {
      return;
    }
    const media = this.#devices;
    if (media === undefined) {
      for (const device of devices) {
        this.#change(device, { problem: 'insecure', starting: false });
      }
      return;
    }
    const requests = devices.map((device) => {
      this.#change(device, { starting: true, problem: undefined });
      return [device, ++this.#requests[device]] as const;
    });
    try {
      const stream = await media.getUserMedia(Object.fromEntries(devices.map(wish)));
      for (const [device, request] of requests) {
        this.#take(device, request, tracksOf(stream, device)[0]);
      }
    } catch (failure) {
      await this.#startFailed(requests, failure);
    }
  }

  /** One missing device must not cost the other; a device that was chosen once may be gone. */
  async #startFailed(requests: readonly (readonly [Device, number])[], failure: unknown): Promise<void> {
    const problem = mediaProblem(failure);
    if (requests.length > 1 && problem !== 'denied') {
      for (const [device] of requests) {
        await this.#start([device]);
      }
      return;
    }
    for (const [device, request] of requests) {
      if (this.#requests[device] !== request) {
        continue;
      }
      if (problem === 'none' && readSetting(device) !== undefined) {
        writeSetting(device, undefined);
        await this.#start([device]);
      } else {
        this.state[device].track?.stop();
        this.#change(device, { track: undefined, problem, starting: false });
      }
    }
  }

  #take(device: Device, request: number, track: MediaStreamTrack | undefined): void {
    if (this.#requests[device] !== request) {
      track?.stop();
      return;
    }
    this.state[device].track?.stop();
    if (track === undefined) {
      this.#change(device, { track, problem: 'none', starting: false });
      return;
    }
    if (device === 'microphone') {
      track.enabled = this.state.microphone.on;
    } else {
      track.contentHint = 'motion';
    }
    track.addEventListener('ended', () => {
      if (this.state[device].track === track) {
        this.#change(device, { track: undefined, problem: 'lost' });
      }
    });
    this.#change(device, { track, problem: undefined, starting: false });
  }

  readonly #devicesChanged = (): void => void this.#listDevices();

  async #listDevices(): Promise<void> {
    const all = (await this.#devices?.enumerateDevices().catch(() => [])) ?? [];
    const named = (kind: MediaDeviceKind): MediaDeviceInfo[] =>
      all.filter((device) => device.kind === kind && device.deviceId !== '');
    this.set({
      ...this.state,
      microphones: named('audioinput'),
      cameras: named('videoinput'),
      speakers: named('audiooutput'),
    });
  }

  #want(device: Device, on: boolean): void {
    const setting: Setting = `${device}-on`;
    writeSetting(setting, on ? undefined : 'no');
    this.#change(device, { on });
  }

  #change(device: Device, change: Partial<Capture>): void {
    this.set({ ...this.state, [device]: { ...this.state[device], ...change } });
  }
}

/** 720p is what one encoding of a bridge serves to a grid; more costs every receiver. */
function wish(device: Device): [string, MediaTrackConstraints] {
  const chosen = readSetting(device);
  const id = chosen === undefined ? {} : { deviceId: { exact: chosen } };
  return device === 'microphone'
    ? ['audio', { ...id, echoCancellation: true, noiseSuppression: true, autoGainControl: true }]
    : ['video', { ...id, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } }];
}

function tracksOf(stream: MediaStream, device: Device): MediaStreamTrack[] {
  return device === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks();
}
