import { describe, expect, test } from 'vitest';
import { arrange, type View } from '../src/layout/arrange.ts';
import type { Size } from '../src/layout/grid.ts';
import { receiveWish, stepFor } from '../src/layout/receive.ts';
import { codecFor, mappingFor } from '../src/call/address-wishes.ts';

interface Tile {
  readonly key: string;
  readonly endpoint: string;
  readonly source: string;
  readonly local: boolean;
  readonly screen: boolean;
}

const camera = (endpoint: string, local = false): Tile => ({
  key: `${endpoint}/camera`,
  endpoint,
  source: `${endpoint}-v0`,
  local,
  screen: false,
});
const screen = (endpoint: string): Tile => ({
  ...camera(endpoint),
  key: `${endpoint}-v1`,
  source: `${endpoint}-v1`,
  screen: true,
});
const people = (count: number): Tile[] => [
  camera('own', true),
  ...Array.from({ length: count }, (_, index) => camera(`p${index}`)),
];
const hd = { width: 1280, height: 720 };

interface Circumstances {
  readonly view: View;
  readonly area: Size;
  readonly page: number;
  readonly pixelRatio: number;
  readonly visible: boolean;
}

function wishFor(
  tiles: readonly Tile[],
  { area = hd, page = 0, pixelRatio = 1, visible = true, view = 'grid' }: Partial<Circumstances> = {},
): ReturnType<typeof receiveWish> {
  const arrangement = arrange(tiles, area, { view, page, speaker: undefined });
  return receiveWish(tiles, arrangement, { pixelRatio, visible });
}

describe('what is asked of the bridge', () => {
  test.each([
    [0, 0],
    [60, 90],
    [112, 90],
    [113, 180],
    [225, 180],
    [226, 360],
    [450, 360],
    [451, 720],
    [900, 720],
    [901, 1080],
    [3_000, 1080],
  ])('a tile of %i pixels asks for %i lines', (height, step) => {
    expect(stepFor(height)).toBe(step);
  });

  test('in a grid every tile has its size, ourselves are not asked for, newcomers are seen small', () => {
    const wish = wishFor(people(3));
    expect(wish).toMatchObject({ lastN: -1, onStage: [], selected: [], otherHeight: 180 });
    expect([...wish.heights]).toEqual([
      ['p0-v0', 360],
      ['p1-v0', 360],
      ['p2-v0', 360],
    ]);
  });

  test('a screen with more pixels asks for more lines', () => {
    expect(wishFor(people(3), { pixelRatio: 2 }).heights.get('p0-v0')).toBe(720);
  });

  test('a window that shrinks asks for less', () => {
    expect(wishFor(people(1), { view: 'speaker' }).heights.get('p0-v0')).toBe(720);
    const small = { width: 320, height: 300 };
    expect(wishFor(people(1), { view: 'speaker', area: small }).heights.get('p0-v0')).toBe(180);
  });

  test('in speaker view the large one comes first and the strip is small', () => {
    const wish = wishFor(people(4), { view: 'speaker' });
    expect(wish.onStage).toEqual(['p0-v0']);
    expect(wish.heights.get('p0-v0')).toBe(720);
    expect(wish.heights.get('p1-v0')).toBe(180);
  });

  test('a screen goes before cameras, on the stage and in the grid', () => {
    const tiles = [...people(2), screen('p1')];
    expect(wishFor(tiles, { view: 'speaker' })).toMatchObject({ onStage: ['p1-v1'], selected: [] });
    expect(wishFor(tiles, { view: 'grid' })).toMatchObject({ onStage: [], selected: ['p1-v1'] });
  });

  test('who is on another page is not asked for', () => {
    const wish = wishFor(people(60));
    expect(wish.otherHeight).toBe(0);
    expect(wish.heights.size).toBe(wish.lastN);
    expect(wish.heights.size).toBeLessThan(26);
    const next = wishFor(people(60), { page: 1 });
    expect([...next.heights.keys()].filter((name) => wish.heights.has(name))).toEqual([]);
  });

  test('a page that nobody looks at asks for no picture', () => {
    expect(wishFor(people(3), { visible: false }).lastN).toBe(0);
  });
});

test.each([
  ['', 'vp8'],
  ['?codec=vp9', 'vp9'],
  ['?relay=tcp&codec=AV1', 'av1'],
  ['?codec=h264', 'h264'],
  ['?codec=mjpeg', 'vp8'],
])('the address "%s" sends %s', (search, codec) => {
  expect(codecFor(search)).toBe(codec);
});

test('sources are mapped only where the address says so', () => {
  expect(['', '?mapping=off', '?mapping=on'].map(mappingFor)).toEqual([false, false, true]);
});
