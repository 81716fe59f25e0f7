import type { LocalMedia } from '@video-window/client';
import type { OwnMedia, OwnMediaState } from '../media/own-media.ts';
import type { CallLike } from './call-like.ts';

interface Published {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
  readonly audioMuted: boolean;
  readonly videoMuted: boolean;
}

/**
 * Keeps what the call publishes equal to what our devices give: listens to {@link OwnMedia} and takes one step after
 * the other until both are the same. However fast somebody clicks, the last state wins.
 */
export class Publishing {
  readonly #call: CallLike;
  readonly #media: OwnMedia;
  readonly #onFailure: (failure: unknown) => void;
  #published: Published;
  #working = false;
  #stop: (() => void) | undefined;

  constructor(call: CallLike, media: OwnMedia, onFailure: (failure: unknown) => void) {
    this.#call = call;
    this.#media = media;
    this.#onFailure = onFailure;
    this.#published = wanted(media.state);
  }

  /** What to join with. */
  get atJoin(): LocalMedia {
    return this.#published;
  }

  /** From now on, once in the room. */
  start(): void {
    this.#stop = this.#media.subscribe(() => void this.#work());
    void this.#work();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** The library has muted us by itself, because a moderator wanted it. */
  wasMuted(kind: 'audio' | 'video'): void {
    this.#published = { ...this.#published, [kind === 'audio' ? 'audioMuted' : 'videoMuted']: true };
  }

  async #work(): Promise<void> {
    if (this.#working) {
      return;
    }
    this.#working = true;
    try {
      for (let step = this.#nextStep(); step !== undefined; step = this.#nextStep()) {
        await step();
      }
    } catch (failure) {
      this.#onFailure(failure);
    } finally {
      this.#working = false;
    }
  }

  /** Muting goes first and unmuting last: nothing is sent that others are told is not. */
  #nextStep(): (() => Promise<void>) | undefined {
    if (this.#stop === undefined) {
      return undefined;
    }
    const now = this.#published;
    const to = wanted(this.#media.state);
    const step = (change: Partial<Published>, work: () => Promise<void>): (() => Promise<void>) => {
      this.#published = { ...now, ...change };
      return work;
    };
    const call = this.#call;
    if (to.audioMuted && !now.audioMuted) {
      return step({ audioMuted: true }, () => call.setAudioMuted(true));
    }
    if (to.videoMuted && !now.videoMuted) {
      return step({ videoMuted: true }, () => call.setVideoMuted(true));
    }
    if (to.audio !== now.audio) {
      return step({ audio: to.audio }, () => call.setAudioTrack(to.audio));
    }
    if (to.video !== now.video) {
      return step({ video: to.video }, () => call.setVideoTrack(to.video));
    }
    if (to.audioMuted !== now.audioMuted) {
      return step({ audioMuted: to.audioMuted }, () => call.setAudioMuted(to.audioMuted));
    }
    if (to.videoMuted !== now.videoMuted) {
      return step({ videoMuted: to.videoMuted }, () => call.setVideoMuted(to.videoMuted));
    }
    return undefined;
  }
}

/** Whoever has no device is muted for the others. */
function wanted({ microphone, camera }: OwnMediaState): Published {
  return {
    audio: microphone.track ?? null,
    video: camera.track ?? null,
    audioMuted: !microphone.on || microphone.track === undefined,
    videoMuted: !camera.on || camera.track === undefined,
  };
}
