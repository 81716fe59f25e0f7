import type { Page } from 'playwright-core';

/** A picture that comes in. */
export interface Incoming {
  /** Of the last frame that was decoded; 0 before the first. */
  readonly height: number;
  readonly frames: number;
  /** Such as `video/VP8`. */
  readonly codec: string;
}

/** A stream of a picture that goes out. */
export interface Outgoing {
  readonly active: boolean;
  readonly height: number;
  readonly bytes: number;
  readonly codec: string;
  /** Such as `L3T3_KEY`. */
  readonly mode: string;
}

export interface Layers {
  readonly incoming: readonly Incoming[];
  /** Lowest first. */
  readonly outgoing: readonly Outgoing[];
  /** Heard so far, of everybody (totalAudioEnergy). */
  readonly heard: number;
  /** Samples that had to be made up, and all (concealedSamples, totalSamplesReceived). */
  readonly concealed: number;
  readonly samples: number;
}

interface Entry extends RTCStats {
  readonly kind?: string;
  readonly ssrc?: number;
  readonly rid?: string;
  readonly codecId?: string;
  readonly frameHeight?: number;
  readonly framesDecoded?: number;
  readonly active?: boolean;
  readonly bytesSent?: number;
  readonly scalabilityMode?: string;
  readonly mimeType?: string;
  readonly totalAudioEnergy?: number;
  readonly concealedSamples?: number;
  readonly totalSamplesReceived?: number;
}

function statistics(page: Page): Promise<Entry[]> {
  return page.evaluate(async () => {
    const { videoWindow } = window as unknown as { videoWindow?: { peerConnection?: RTCPeerConnection } };
    const report = await videoWindow?.peerConnection?.getStats();
    const all: unknown[] = [];
    report?.forEach((entry) => all.push(entry));
    return all as Entry[];
  });
}

/** SSRCs of the pictures that a page sends (`outbound-rtp`) or gets (`inbound-rtp`). */
export async function ssrcsOf(page: Page, type: 'outbound-rtp' | 'inbound-rtp'): Promise<number[]> {
  const entries = await statistics(page);
  return entries
    .filter((entry) => entry.type === type && entry.kind === 'video')
    .map(({ ssrc }) => ssrc ?? 0);
}

/** What a page sends and receives of pictures at present. */
export async function readLayers(page: Page): Promise<Layers> {
  const entries = await statistics(page);
  const codecs = new Map(entries.map(({ id, mimeType }) => [id, mimeType ?? '']));
  const codecOf = ({ codecId = '' }: Entry): string => codecs.get(codecId) ?? '';
  const inbound = entries.filter(({ type }) => type === 'inbound-rtp');
  const sum = (member: 'totalAudioEnergy' | 'concealedSamples' | 'totalSamplesReceived'): number =>
    inbound.reduce((total, entry) => total + (entry[member] ?? 0), 0);
  return {
    incoming: inbound
      .filter(({ kind }) => kind === 'video')
      .map((entry) => ({
        height: entry.frameHeight ?? 0,
        frames: entry.framesDecoded ?? 0,
        codec: codecOf(entry),
      })),
    outgoing: entries
      .filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')
      .toSorted((a, b) => ((a.rid ?? '') < (b.rid ?? '') ? -1 : 1))
      .map((entry) => ({
        active: entry.active ?? false,
        height: entry.frameHeight ?? 0,
        bytes: entry.bytesSent ?? 0,
        codec: codecOf(entry),
        mode: entry.scalabilityMode ?? '',
      })),
    heard: sum('totalAudioEnergy'),
    concealed: sum('concealedSamples'),
    samples: sum('totalSamplesReceived'),
  };
}

/** The height of the only picture that somebody receives; 0 while there is none. */
export async function heightSeen(page: Page): Promise<number> {
  const { incoming } = await readLayers(page);
  return Math.max(0, ...incoming.map(({ height }) => height));
}
