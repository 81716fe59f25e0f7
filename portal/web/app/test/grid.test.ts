import { describe, expect, test } from 'vitest';
import { gap, leastTileWidth, mostPerPage, placeGrid, planGrid, type Size } from '../src/layout/grid.ts';

const desk = { width: 1880, height: 920 };
const laptop = { width: 1240, height: 640 };
const phone = { width: 344, height: 600 };

describe('the grid', () => {
  test.each<[string, Size, number, number, number]>([
    ['one person on a desk', desk, 1, 1, 1],
    ['two side by side', desk, 2, 2, 1],
    ['three in a row would be small', laptop, 3, 2, 2],
    ['four are two by two', laptop, 4, 2, 2],
    ['five', desk, 5, 3, 2],
    ['nine', desk, 9, 3, 3],
    ['twelve', desk, 12, 4, 3],
    ['sixteen', desk, 16, 4, 4],
    ['twenty-five are five by five', desk, 25, 5, 5],
    ['two on a phone, one above the other', phone, 2, 1, 2],
    ['three on a phone', phone, 3, 1, 3],
    ['eight on a phone', phone, 8, 2, 4],
  ])('%s', (_, area, count, columns, rows) => {
    const plan = planGrid(area, count);
    expect([plan.columns, plan.rows]).toEqual([columns, rows]);
    expect(plan.pages).toBe(1);
  });

  test.each([desk, laptop, phone])('keeps 16:9, inside the area, without overlap: %o', (area) => {
    for (let count = 1; count <= 60; count++) {
      const plan = planGrid(area, count);
      const places = placeGrid(area, plan, Math.min(count, plan.perPage));
      expect(places.length).toBeLessThanOrEqual(mostPerPage);
      expect(plan.perPage * plan.pages).toBeGreaterThanOrEqual(count);
      for (const [index, place] of places.entries()) {
        expect(Math.abs(place.width / place.height - 16 / 9)).toBeLessThan(0.03);
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.y).toBeGreaterThanOrEqual(0);
        expect(place.x + place.width).toBeLessThanOrEqual(area.width);
        expect(place.y + place.height).toBeLessThanOrEqual(area.height);
        for (const other of places.slice(index + 1)) {
          const apart =
            other.x >= place.x + place.width + gap - 1 ||
            place.x >= other.x + other.width + gap - 1 ||
            other.y >= place.y + place.height + gap - 1;
          expect(apart, `${count} tiles`).toBe(true);
        }
      }
    }
  });

  test('goes to further pages instead of getting unreadable', () => {
    const plan = planGrid(phone, 25);
    expect(plan.tile.width).toBeGreaterThanOrEqual(leastTileWidth);
    expect(plan.pages).toBeGreaterThan(1);
  });

  test('never shows more than 25 on a page, and shares them evenly', () => {
    expect(planGrid(desk, 26)).toMatchObject({ perPage: 13, pages: 2 });
    expect(planGrid(desk, 60)).toMatchObject({ perPage: 20, pages: 3 });
  });

  test('an incomplete last row stands in the middle', () => {
    const plan = planGrid(laptop, 3);
    const [first, second, third] = placeGrid(laptop, plan, 3);
    const middle = ((first?.x ?? 0) + (second?.x ?? 0)) / 2;
    expect(Math.abs((third?.x ?? 0) - middle)).toBeLessThanOrEqual(1);
  });

  test('an area without size has no tiles of negative size', () => {
    const plan = planGrid({ width: 0, height: 0 }, 3);
    expect(plan.tile).toEqual({ width: 0, height: 0 });
  });
});
