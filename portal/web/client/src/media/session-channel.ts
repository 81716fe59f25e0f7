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

/** What we want to see: all videos, at whatever height they are sent. */
const EVERYTHING = { lastN: -1, defaultMaxHeight: 2160 };

/**
 * What a media session tells the bridge, and hears from it: after each opening of the channel all that the bridge has
 * to know, later what changes. Does nothing when the bridge offers no channel. Owned by the session.
 */
export class SessionChannel {
  readonly #own: OwnMedia;
  readonly #endpointId: string;
  readonly #channel: BridgeChannel | undefined;

  constructor(
    environment: Environment,
    log: Log,
    url: string | undefined,
    own: OwnMedia,
    endpointId: string,
    heard: (message: BridgeMessage) => void,
  ) {
    this.#own = own;
    this.#endpointId = endpointId;
    if (url === undefined) {
      log('info', 'the bridge offers no channel');
      return;
    }
    this.#channel = new BridgeChannel(environment, log, url, {
      opened: () => {
        this.#channel?.send(receiverVideoConstraints(EVERYTHING));
        SLOTS.forEach((slot) => this.tellVideoType(slot));
      },
      message: heard,
    });
  }

  /** Tells what a slot shows now: camera, desktop, or nothing. */
  tellVideoType(slot: Slot): void {
    const videoType = this.#own.videoType(slot);
    if (videoType !== undefined && this.#own.isPublished(slot)) {
      const shown = this.#own.isMuted(slot) ? 'none' : videoType;
      this.#channel?.send(sourceVideoType(this.#own.sourceName(slot, this.#endpointId), shown));
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
    this.#channel?.close();
  }
}
