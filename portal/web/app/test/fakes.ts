import type { TicketRole } from '@video-window/client';
import { vi } from 'vitest';
import { FakeCall, type Cast } from '../stories/fake-call.ts';
import { ticket } from '../stories/fake-portal.ts';

/** As much of a track as the pages touch. */
export class FakeTrack extends EventTarget {
  enabled = true;
  contentHint = '';
  readyState: MediaStreamTrackState = 'live';
  readonly id: string;
  readonly kind: string;

  constructor(kind: string, id: string) {
    super();
    this.kind = kind;
    this.id = id;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.id };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  get as(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }

  /** The device is pulled out. */
  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

/** As much of a stream as the pages touch; happy-dom has none of it. */
export class FakeStream {
  readonly #tracks: readonly MediaStreamTrack[];

  constructor(tracks: readonly MediaStreamTrack[]) {
    this.#tracks = tracks;
  }

  getTracks(): readonly MediaStreamTrack[] {
    return this.#tracks;
  }

  get as(): MediaStream {
    return this as unknown as MediaStream;
  }
}

type Wish = MediaStreamConstraints | undefined;

/** Devices that give what the test says, when it says so. */
export class FakeDevices extends EventTarget {
  readonly wishes: Wish[] = [];
  readonly tracks: FakeTrack[] = [];
  /** Throws what the test wants; may wait. */
  answer: (wish: Wish) => Promise<void> | void = () => undefined;
  #next = 1;

  async getUserMedia(wish: Wish): Promise<MediaStream> {
    this.wishes.push(wish);
    await this.answer(wish);
    const audio = wish?.audio === undefined ? [] : [this.#track('audio')];
    const video = wish?.video === undefined ? [] : [this.#track('video')];
    return { getAudioTracks: () => audio, getVideoTracks: () => video } as unknown as MediaStream;
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve([]);
  }

  get as(): MediaDevices {
    return this as unknown as MediaDevices;
  }

  #track(kind: string): FakeTrack {
    const track = new FakeTrack(kind, `${kind}-${this.#next++}`);
    this.tracks.push(track);
    return track;
  }
}

export function fakeCall(cast: Partial<Cast> = {}, role: TicketRole = 'owner'): FakeCall {
  const stream = (): MediaStream => new FakeStream([new FakeTrack('video', 'theirs').as]).as;
  return new FakeCall(
    { ...ticket, role },
    {
      people: 2,
      screen: false,
      chat: false,
      state: 'connected',
      camera: stream,
      shared: stream,
      voice: () => new FakeStream([new FakeTrack('audio', 'voice').as]).as,
      ...cast,
    },
  );
}

/** What happy-dom lacks: sizes, streams, sound. */
export function pretendBrowser(size: { readonly width: number; readonly height: number }): void {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(size.width);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(size.height);
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  // The element takes only streams of its own making.
  vi.spyOn(HTMLMediaElement.prototype, 'srcObject', 'set').mockReturnValue();
  vi.stubGlobal('MediaStream', FakeStream);
  const node = {
    connect: () => undefined,
    disconnect: () => undefined,
    getFloatTimeDomainData: () => undefined,
  };
  vi.stubGlobal(
    'AudioContext',
    class {
      createMediaStreamSource = (): unknown => node;
      createAnalyser = (): unknown => node;
      close = (): Promise<void> => Promise.resolve();
    },
  );
}

/** Lets everything that is already on its way happen. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}
