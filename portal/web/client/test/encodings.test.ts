import { expect, test } from 'vitest';
import { encodingsFor, type Picture } from '../src/media/encodings.ts';

const camera: Picture = { codec: 'vp8', screen: false, height: 720, streams: 3, wantedHeight: Infinity };

/** The heights that are sent, lowest first; 0 for a stream that sends nothing. */
const heights = (picture: Partial<Picture>): number[] => {
  const whole = { ...camera, ...picture };
  return encodingsFor(whole).map(({ active, scaleResolutionDownBy }) =>
    active ? whole.height / scaleResolutionDownBy : 0,
  );
};

test.each([
  { height: 1080, sizes: [270, 540, 1080] },
  { height: 720, sizes: [180, 360, 720] },
  { height: 480, sizes: [240, 480, 0] },
  { height: 360, sizes: [180, 360, 0] },
  { height: 240, sizes: [240, 0, 0] },
  { height: 180, sizes: [180, 0, 0] },
])('a camera of $height lines is sent in sizes that are of use', ({ height, sizes }) => {
  expect(heights({ height })).toEqual(sizes);
});

test.each([
  { wantedHeight: 0, sizes: [0, 0, 0] },
  { wantedHeight: 90, sizes: [180, 0, 0] },
  { wantedHeight: 180, sizes: [180, 0, 0] },
  { wantedHeight: 181, sizes: [180, 360, 0] },
  { wantedHeight: 360, sizes: [180, 360, 0] },
  { wantedHeight: 720, sizes: [180, 360, 720] },
  { wantedHeight: 2160, sizes: [180, 360, 720] },
])('when $wantedHeight lines are wanted, no larger size is made', ({ wantedHeight, sizes }) => {
  expect(heights({ wantedHeight })).toEqual(sizes);
});

test.each([
  { height: 720, wantedHeight: Infinity, size: 720, mode: 'L3T3_KEY' },
  { height: 720, wantedHeight: 360, size: 360, mode: 'L2T3_KEY' },
  { height: 720, wantedHeight: 180, size: 180, mode: 'L1T3' },
  { height: 360, wantedHeight: Infinity, size: 360, mode: 'L2T3_KEY' },
  { height: 180, wantedHeight: Infinity, size: 180, mode: 'L1T3' },
  { height: 720, wantedHeight: 0, size: 0, mode: 'L1T3' },
])('VP9 of $height lines, $wantedHeight wanted: one stream with layers $mode', (row) => {
  const { height, wantedHeight, size, mode } = row;
  const picture = { codec: 'vp9', height, wantedHeight, streams: 1 } as const;
  expect(heights(picture)).toEqual([size]);
  expect(encodingsFor({ ...camera, ...picture })[0]?.scalabilityMode).toBe(mode);
});

test('a single stream without layers has the size that the most demanding wants', () => {
  expect(heights({ codec: 'vp8', streams: 1, wantedHeight: 200 })).toEqual([360]);
  expect(heights({ codec: 'h264', streams: 1 })).toEqual([720]);
});

test.each(['vp8', 'vp9', 'av1', 'h264'] as const)('a screen in %s is never made smaller', (codec) => {
  const screen = { codec, screen: true, height: 1440, streams: 1 } as const;
  expect(heights({ ...screen, wantedHeight: 90 })).toEqual([1440]);
  expect(heights({ ...screen, wantedHeight: 0 })).toEqual([0]);
  expect(encodingsFor({ ...camera, ...screen })[0]).toMatchObject({ scalabilityMode: 'L1T3' });
});

test('larger pictures get more bits', () => {
  const rates = encodingsFor(camera).map(({ maxBitrate }) => maxBitrate);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  expect(new Set(rates).size).toBe(3);
});
