import type { ReceiveWish } from '@video-window/client';
import type { Arrangement } from './arrange.ts';

/** What has to be known of a tile to ask for its picture. */
export interface Receivable {
  readonly key: string;
  /** Name of the video source. */
  readonly source: string;
  readonly local: boolean;
  readonly screen: boolean;
}

/** The sizes that are asked for. Between them nothing would change: senders make a few sizes only. */
const steps = [90, 180, 360, 720, 1080] as const;
/** A picture may be stretched so much before a larger one is worth its bits. */
const stretch = 1.25;
/** Whoever comes is seen small at once, and in their proper size as soon as they have a place. */
const newcomerHeight = 180;

/** The step that serves a picture of that height, in pixels of the screen. */
export function stepFor(height: number): number {
  return height <= 0 ? 0 : (steps.find((step) => step * stretch >= height) ?? steps[steps.length - 1] ?? 0);
}

/** What to ask the bridge for, so that every tile has the picture that its place needs, and no more is sent. */
export function receiveWish(
  tiles: readonly Receivable[],
  { places, featured, pages }: Arrangement,
  screen: { readonly pixelRatio: number; readonly visible: boolean },
): ReceiveWish {
  const remote = tiles.filter((tile) => !tile.local);
  const shown = remote.filter((tile) => places.has(tile.key));
  const whole = pages === 1;
  const large = shown.find((tile) => tile.key === featured);
  return {
    // Voices go on while nobody looks.
    lastN: !screen.visible ? 0 : whole ? -1 : shown.length,
    onStage: large === undefined ? [] : [large.source],
    selected: shown.filter((tile) => tile.screen && tile !== large).map((tile) => tile.source),
    heights: new Map(
      shown.map((tile) => [tile.source, stepFor((places.get(tile.key)?.height ?? 0) * screen.pixelRatio)]),
    ),
    otherHeight: whole ? newcomerHeight : 0,
  };
}
