import type { Page } from 'playwright-core';

/** What has been shown and heard on a page so far. */
export interface MediaCounters {
  /** Frames decoded, by remote tile, as the `<video>` element counts them. */
  readonly shownFrames: Readonly<Record<string, number>>;
  /** Frames decoded, by incoming video stream, as the peer connection counts them. */
  readonly decodedFrames: readonly number[];
  /** Energy heard, by incoming audio stream (totalAudioEnergy of the statistics). */
  readonly audioEnergy: readonly number[];
}

interface Diagnosis {
  readonly peerConnection?: RTCPeerConnection;
}

export async function readMedia(page: Page): Promise<MediaCounters> {
  return page.evaluate(async () => {
    const shownFrames: Record<string, number> = {};
    for (const tile of document.querySelectorAll('[data-testid="tile"][data-local="false"]')) {
      const video = tile.querySelector('video');
      const key = `${tile.getAttribute('data-endpoint') ?? ''}/${tile.getAttribute('data-source') ?? ''}`;
      shownFrames[key] = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
    }
    const { videoWindow } = window as unknown as { videoWindow?: Diagnosis };
    const decodedFrames: number[] = [];
    const audioEnergy: number[] = [];
    const report = await videoWindow?.peerConnection?.getStats();
    report?.forEach((entry: RTCInboundRtpStreamStats) => {
      if (entry.type !== 'inbound-rtp') {
        return;
      }
      if (entry.kind === 'video') {
        decodedFrames.push(entry.framesDecoded ?? 0);
      } else {
        audioEnergy.push(entry.totalAudioEnergy ?? 0);
      }
    });
    return { shownFrames, decodedFrames, audioEnergy };
  });
}

/** How many streams grew from one reading to a later one. */
export function growing(before: readonly number[], after: readonly number[]): number {
  return after.filter((value, index) => value > (before[index] ?? 0)).length;
}
