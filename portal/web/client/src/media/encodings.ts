import { isScalable, type VideoCodec } from './video-codec.ts';

/** How one stream of a picture is encoded; members of `RTCRtpEncodingParameters`. */
export interface Encoding {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  readonly maxBitrate: number;
  readonly scalabilityMode: string;
}

/** What is to be encoded. */
export interface Picture {
  readonly codec: VideoCodec | undefined;
  /** A screen, window or tab: its text is of use in full size only. */
  readonly screen: boolean;
  /** Of the source, in pixels. */
  readonly height: number;
  /** Streams that were negotiated. */
  readonly streams: number;
  /** What anybody wants to see of it; 0 is nothing, infinite is all. */
  readonly wantedHeight: number;
}

/** Smaller pictures are not made from a larger one: half of it would be of no use to anybody. */
const LEAST_LOW_HEIGHT = 135;
const MOST_LAYERS = 3;

/**
 * How to encode a picture so that all sizes that are of use can be taken from it, and none that nobody watches is made.
 * Each size has half the height of the next. One encoding per stream, lowest first.
 */
export function encodingsFor(picture: Picture): readonly Encoding[] {
  const { codec, screen, height, streams, wantedHeight } = picture;
  const active = wantedHeight > 0;
  if (screen) {
    const maxBitrate = height > 1_200 ? 4_000_000 : 2_500_000;
    return all(streams, { active, scaleResolutionDownBy: 1, maxBitrate, scalabilityMode: 'L1T3' });
  }
  const layers = Math.min(usefulLayers(height), streams === 1 ? MOST_LAYERS : streams);
  const shrink = (layer: number): number => 2 ** (layers - 1 - layer);
  const heights = Array.from({ length: layers }, (_, layer) => height / shrink(layer));
  const enough = heights.findIndex((each) => each >= wantedHeight);
  const top = enough === -1 ? layers - 1 : enough;
  if (streams === 1) {
    // Of a stream without layers inside there is one size for all: the one that the most demanding wants.
    return [
      {
        active,
        scaleResolutionDownBy: shrink(top),
        maxBitrate: bitrate(heights[top] ?? height),
        scalabilityMode: isScalable(codec) ? layered(top + 1) : 'L1T3',
      },
    ];
  }
  return Array.from({ length: streams }, (_, stream) => ({
    active: active && stream <= top,
    scaleResolutionDownBy: stream < layers ? shrink(stream) : 1,
    maxBitrate: bitrate(heights[stream] ?? height),
    scalabilityMode: 'L1T3',
  }));
}

/** How many sizes, each half of the next, are worth having of a picture. */
function usefulLayers(height: number): number {
  let layers = 1;
  while (layers < MOST_LAYERS && height / 2 ** layers >= LEAST_LOW_HEIGHT) {
    layers++;
  }
  return layers;
}

/** Spatial layers that need one another in key frames only, so that a receiver of one needs no other. */
function layered(layers: number): string {
  return layers === 1 ? 'L1T3' : `L${layers}T3_KEY`;
}

/** In bits per second; a face moving before a still background looks well with it. */
function bitrate(height: number): number {
  if (height <= 200) {
    return 200_000;
  }
  if (height <= 400) {
    return 600_000;
  }
  return height <= 800 ? 1_700_000 : 3_000_000;
}

function all(streams: number, encoding: Encoding): readonly Encoding[] {
  return Array.from({ length: streams }, (_, stream) => ({
    ...encoding,
    active: encoding.active && stream === 0,
  }));
}
