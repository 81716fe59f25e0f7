import { describe, expect, test } from 'vitest';
import { arrange, type Arrangeable } from '../src/layout/arrange.ts';
import type { Rect } from '../src/layout/grid.ts';
import { planStage, placeStrip } from '../src/layout/stage.ts';

const wide = { width: 1240, height: 640 };
const tall = { width: 344, height: 600 };

const tile = (key: string, extra: Partial<Arrangeable> = {}): Arrangeable => ({
  key,
  endpoint: key,
  local: false,
  screen: false,
  ...extra,
});
const me = tile('me', { local: true });
const speakerView = { view: 'speaker', page: 0, speaker: undefined } as const;

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('speaker view', () => {
  test.each([
    ['beside', wide, 'right'],
    ['below', tall, 'below'],
  ] as const)('has its strip %s', (_, area, side) => {
    for (const count of [1, 3, 8, 40]) {
      const plan = planStage(area, count);
      expect(plan.side).toBe(side);
      const strip = placeStrip(area, plan, Math.min(count, plan.perPage));
      for (const place of strip) {
        expect(overlap(place, plan.featured)).toBe(false);
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.y).toBeGreaterThanOrEqual(0);
        expect(place.x + place.width).toBeLessThanOrEqual(area.width);
        expect(place.y + place.height).toBeLessThanOrEqual(area.height);
      }
      expect(plan.pages * plan.perPage).toBeGreaterThanOrEqual(count);
    }
  });

  test('gives all room to one who is alone', () => {
    expect(planStage(wide, 0).featured).toEqual({ x: 0, y: 0, ...wide });
  });

  test.each<[string, Arrangeable[], string | undefined, string]>([
    ['who speaks', [me, tile('a'), tile('b')], 'b', 'b'],
    ['the first of the others, when nobody has spoken', [me, tile('a'), tile('b')], undefined, 'a'],
    ['the first of the others, when who spoke has left', [me, tile('a')], 'gone', 'a'],
    ['ourselves when alone', [me], undefined, 'me'],
    [
      'a screen before who speaks',
      [me, tile('a'), tile('a-v1', { endpoint: 'a', screen: true })],
      'a',
      'a-v1',
    ],
    [
      'the latest of two screens',
      [me, tile('a-v1', { screen: true }), tile('b-v1', { screen: true })],
      undefined,
      'b-v1',
    ],
    [
      "somebody else's screen before our own",
      [me, tile('a-v1', { screen: true }), tile('me-v1', { screen: true, local: true })],
      undefined,
      'a-v1',
    ],
    [
      'our own screen when it is the only one',
      [me, tile('me-v1', { screen: true, local: true })],
      'a',
      'me-v1',
    ],
  ])('shows large %s', (_, tiles, speaker, featured) => {
    expect(arrange(tiles, wide, { ...speakerView, speaker }).featured).toBe(featured);
  });

  test('a screen takes all the room, a camera keeps 16:9', () => {
    const camera = arrange([me, tile('a')], wide, speakerView).places.get('a');
    expect((camera?.width ?? 0) / (camera?.height ?? 1)).toBeCloseTo(16 / 9, 1);
    const screen = arrange([me, tile('a', { screen: true })], wide, speakerView).places.get('a');
    expect(screen?.height).toBe(wide.height);
  });
});

describe('pages', () => {
  const crowd = Array.from({ length: 40 }, (_, index) => tile(`p${index}`));

  test('show everybody once', () => {
    for (const view of ['grid', 'speaker'] as const) {
      const seen = new Map<string, number>();
      const { pages } = arrange(crowd, wide, { view, page: 0, speaker: undefined });
      for (let page = 0; page < pages; page++) {
        const arrangement = arrange(crowd, wide, { view, page, speaker: undefined });
        for (const key of arrangement.places.keys()) {
          if (key !== arrangement.featured) {
            seen.set(key, (seen.get(key) ?? 0) + 1);
          }
        }
      }
      expect(seen.size).toBe(view === 'grid' ? 40 : 39);
      expect([...seen.values()].every((times) => times === 1)).toBe(true);
    }
  });

  test('fall back to the last one when people leave', () => {
    const arrangement = arrange(crowd.slice(0, 4), wide, { view: 'grid', page: 1, speaker: undefined });
    expect(arrangement).toMatchObject({ page: 0, pages: 1 });
    expect(arrangement.places.size).toBe(4);
  });
});
