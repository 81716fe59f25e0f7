import { BridgeChannel } from '../channel/bridge-channel.ts';
import {
  type BridgeMessage,
  endpointMessage,
  receiverVideoConstraints,
  sourceVideoType,
} from '../channel/messages.ts';
import type { Environment } from '../environment.ts';
import type { Log } from '../log.ts';
import { type OwnMedia, type Slot, SLOTS } from './own-media.ts';
import type { Receiving, ReceiveWish } from './receiving.ts';

/** Wishes follow the layout; while a window is dragged that is often. The first change goes out at once. */
const WISH_SPACING_MS = 150;

/** What a session's channel is made with. */
export interface SessionChannelParts {
  readonly environment: Environment;
  readonly log: Log;
  /** Where the bridge listens; undefined when it offers no channel. */
  readonly url: string | undefined;
  readonly own: OwnMedia;
  readonly receiving: Receiving;
  readonly endpointId: string;
  readonly heard: (message: BridgeMessage) => void;
}

/**
 * What a media session tells the bridge, and hears from it: after each opening of the channel all that the bridge has
 * to know, later what changes. Does nothing when the bridge offers no channel. Owned by the session.
 */
export class SessionChannel {
  readonly #parts: SessionChannelParts;
  readonly #channel: BridgeChannel | undefined;
  readonly #stopListening: () => void;
  /** What the bridge knows. */
  #told: ReceiveWish | undefined;
  #quiet = true;
  #stopTimer: () => void = () => undefined;

  constructor(parts: SessionChannelParts) {
    this.#parts = parts;
    const { environment, log, url, receiving, heard } = parts;
    this.#stopListening = receiving.listen(() => this.#wishChanged());
    if (url === undefined) {
      log('info', 'the bridge offers no channel');
      return;
    }
    this.#channel = new BridgeChannel(environment, log, url, {
      opened: () => {
        this.#told = undefined;
        this.#tellWish();
        SLOTS.forEach((slot) => this.tellVideoType(slot));
      },
      message: heard,
    });
  }

  /** Tells what a slot shows now: camera, desktop, or nothing. */
  tellVideoType(slot: Slot): void {
    const { own, endpointId } = this.#parts;
    const videoType = own.videoType(slot);
    if (videoType !== undefined && own.isPublished(slot)) {
      const shown = own.isMuted(slot) ? 'none' : videoType;
      this.#channel?.send(sourceVideoType(own.sourceName(slot, endpointId), shown));
    }
  }

  /** Sends an object to other applications; false when the channel is not open. */
  sendMessage(to: string, payload: Readonly<Record<string, unknown>>): boolean {
    return this.#channel?.send(endpointMessage(to, payload)) ?? false;
  }

  retryNow(): void {
    this.#channel?.retryNow();
  }

  close(): void {
    this.#stopTimer();
    this.#stopListening();
    this.#channel?.close();
  }

  #wishChanged(): void {
    if (this.#quiet) {
      this.#tellWish();
    }
  }

  /** Tells what has changed, and is silent for a while if something has. */
  #tellWish(): void {
    const { wish } = this.#parts.receiving;
    const message = receiverVideoConstraints(wish, this.#told);
    if (message === undefined || this.#channel?.send(message) !== true) {
      return;
    }
    this.#told = wish;
    this.#quiet = false;
    this.#stopTimer();
    this.#stopTimer = this.#parts.environment.schedule(WISH_SPACING_MS, () => {
      this.#quiet = true;
      this.#tellWish();
    });
  }
}
