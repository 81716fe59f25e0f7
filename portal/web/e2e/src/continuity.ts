import type { Page } from 'playwright-core';
import type { Person } from './person.ts';

/** How one picture, or the sound, has flowed since it is watched. Times in milliseconds since 1970. */
export interface Flow {
  /** Of whom (`picture 1a2b3c4d`), or `sound`. */
  readonly what: string;
  /** When it moved last. */
  readonly movedAt: number;
  /** The longest time that it stood still, the present included. */
  readonly longestStall: number;
  /** When it moved again after it had last stood still noticeably; undefined when it never did. */
  readonly backAt: number | undefined;
}

interface Watch {
  stop(): void;
  flows(): Flow[];
}

/** Looks this often. */
const LOOK_EVERY_MS = 100;
/** At ten pictures a second, on a machine that is busy: less is no standstill. */
const NOTICEABLE_MS = 700;

/**
 * Begins to watch what a page shows and plays of these participants, anew when it was watched before. Pictures count as
 * the `<video>` elements show them, sound by the packets of all its streams.
 */
export async function watch(page: Page, endpoints: readonly string[]): Promise<void> {
  await page.evaluate(
    ({ ids, lookEvery, noticeable }) => {
      const holder = window as unknown as {
        continuity?: Watch;
        videoWindow?: { peerConnection?: RTCPeerConnection };
      };
      holder.continuity?.stop();
      const begin = Date.now();
      const flows = new Map<string, { movedAt: number; longest: number; backAt: number | undefined }>();
      const seen = new Map<string, number>();
      const grew = (key: string, value: number): boolean => {
        const before = seen.get(key);
        seen.set(key, value);
        return before !== undefined && value > before;
      };
      const moved = (what: string): void => {
        const now = Date.now();
        const flow = flows.get(what);
        if (flow) {
          const stall = now - flow.movedAt;
          flow.longest = Math.max(flow.longest, stall);
          flow.backAt = stall > noticeable ? now : flow.backAt;
          flow.movedAt = now;
        }
      };
      ids.forEach((id) => flows.set(`picture ${id}`, { movedAt: begin, longest: 0, backAt: undefined }));
      flows.set('sound', { movedAt: begin, longest: 0, backAt: undefined });
      const look = async (): Promise<void> => {
        for (const id of ids) {
          const tiles = document.querySelectorAll(`[data-testid="tile"][data-endpoint="${id}"] video`);
          const shown = [...tiles].map((video) =>
            video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
          );
          if (grew(id, Math.max(0, ...shown))) {
            moved(`picture ${id}`);
          }
        }
        let streams = 0;
        const report = await holder.videoWindow?.peerConnection?.getStats();
        report?.forEach((entry: RTCInboundRtpStreamStats) => {
          if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
            streams += grew(`${entry.ssrc}`, entry.packetsReceived ?? 0) ? 1 : 0;
          }
        });
        if (streams >= ids.length) {
          moved('sound');
        }
      };
      const timer = setInterval(() => void look(), lookEvery);
      holder.continuity = {
        stop: () => clearInterval(timer),
        flows: () =>
          [...flows].map(([what, { movedAt, longest, backAt }]) => ({
            what,
            movedAt,
            longestStall: Math.max(longest, Date.now() - movedAt),
            backAt,
          })),
      };
    },
    { ids: [...endpoints], lookEvery: LOOK_EVERY_MS, noticeable: NOTICEABLE_MS },
  );
}

export async function readFlows(page: Page): Promise<Flow[]> {
  return page.evaluate(() => (window as unknown as { continuity?: Watch }).continuity?.flows() ?? []);
}

/** People in one call, watched together. */
export class Gathering {
  private watched: readonly string[] = [];

  private constructor(readonly people: readonly Person[]) {}

  /** Waits until everybody sees and hears everybody else. */
  static async of(...people: Person[]): Promise<Gathering> {
    const gathering = new Gathering(people);
    await gathering.watch();
    await gathering.untilFlowing(Date.now(), 60_000);
    await gathering.watch();
    return gathering;
  }

  /** Forgets what was, and watches from now on. */
  async watch(): Promise<void> {
    const ids = await this.endpoints();
    this.watched = ids;
    await Promise.all(
      this.people.map((person, index) =>
        watch(
          person.page,
          ids.filter((_, other) => other !== index),
        ),
      ),
    );
  }

  /** Watches anew if somebody came back as another participant. */
  async follow(): Promise<void> {
    const now = await this.endpoints();
    if (now.some((id, index) => id !== this.watched[index])) {
      await this.watch();
    }
  }

  private endpoints(): Promise<string[]> {
    return Promise.all(this.people.map((person) => person.endpoint()));
  }

  /**
   * Waits until everything has moved for a while at everybody after something happened at `since`; answers after how many
   * milliseconds the last of it moved again: 0 when nothing stood still. Fails when that was later than `within`.
   */
  async untilFlowing(since: number, within: number): Promise<number> {
    const settled = since + 2_000;
    let last: Flow[] = [];
    while (Date.now() < since + within + 3_000) {
      last = (await Promise.all(this.people.map((person) => readFlows(person.page)))).flat();
      const now = Date.now();
      if (
        now > settled &&
        last.length > 0 &&
        last.every((flow) => flow.movedAt > settled && now - flow.movedAt < NOTICEABLE_MS)
      ) {
        const took = Math.max(0, ...last.map((flow) => (flow.backAt ?? since) - since));
        if (took <= within) {
          return took;
        }
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Media are not back everywhere within ${within} ms: ${JSON.stringify(last)}`);
  }

  /** The longest time that anything stood still at anybody. */
  async longestStall(): Promise<number> {
    const flows = (await Promise.all(this.people.map((person) => readFlows(person.page)))).flat();
    return Math.max(0, ...flows.map((flow) => flow.longestStall));
  }
}
