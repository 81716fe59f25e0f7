import { describe, expect, test } from 'vitest';
import type { SourceDescription } from '../src/jingle/description.ts';
import {
  addOwnLine,
  addSources,
  initialLines,
  MAX_LINES,
  type MLines,
  removeOwnLine,
  removeSources,
} from '../src/sdp/m-lines.ts';

function source(name: string, ...ssrcs: number[]): SourceDescription {
  const owner = name.split('-')[0] ?? '';
  const kind = name.includes('-a') ? 'audio' : 'video';
  return { name, owner, kind, videoType: undefined, msid: 'a b', ssrcs, groups: [] };
}

const show = (lines: MLines) =>
  lines.map((line) =>
    line.active ? (line.source?.name ?? `own ${line.kind}`) : `unused ${line.side} ${line.kind}`,
  );

const start = initialLines(['audio', 'video'], [source('x-a0', 1), source('x-v0', 2, 3)]);

test('own lines first, then one for each source', () => {
  expect(show(start)).toEqual(['own audio', 'own video', 'x-a0', 'x-v0']);
});

test('a line whose source has gone serves the next one of its kind, and never another kind', () => {
  const gone = removeSources(start, ({ owner }) => owner === 'x');
  expect(show(gone)).toEqual(['own audio', 'own video', 'unused remote audio', 'unused remote video']);
  const next = addSources(gone, [source('y-v0', 5), source('y-v1', 6), source('y-a0', 7)]);
  expect(show(next)).toEqual(['own audio', 'own video', 'y-a0', 'y-v0', 'y-v1']);
});

test('a source that comes again with the same SSRC gets another line than before: Chromium would not show it', () => {
  const isScreen = ({ name }: SourceDescription) => name === 'x-v1';
  let lines = addSources(start, [source('x-v1', 8, 9)]);
  expect(show(lines).slice(4)).toEqual(['x-v1']);
  lines = addSources(removeSources(lines, isScreen), [source('x-v1', 8, 9)]);
  expect(show(lines).slice(4)).toEqual(['unused remote video', 'x-v1']);
  lines = addSources(lines, [source('y-v0', 10)]);
  expect(show(lines).slice(4)).toEqual(['y-v0', 'x-v1']);
});

test('our screen takes a line, gives it back, and takes the same again', () => {
  const shared = addOwnLine(start, 'video');
  expect(shared?.index).toBe(4);
  const stopped = removeOwnLine(shared?.lines ?? [], 4);
  expect(show(stopped).at(-1)).toBe('unused own video');
  expect(show(addSources(stopped, [source('y-v0', 9)])).at(-1)).toBe('y-v0');
  expect(addOwnLine(stopped, 'video')?.index).toBe(4);
});

describe('sources that collide', () => {
  test('the same name replaces what was there', () => {
    const again = addSources(start, [source('x-v0', 20, 21)]);
    expect(again).toHaveLength(start.length);
    expect(again[3]?.source?.ssrcs).toEqual([20, 21]);
  });
  test('an SSRC of another source is left out', () => {
    expect(addSources(start, [source('y-v0', 30, 1)])).toBe(start);
  });
});

test('whatever comes, mids are never taken back and never exceed the bound', () => {
  let lines = start;
  let seed = 4711;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let i = 0; i < 3_000; i++) {
    const before = lines.length;
    const name = `p${random(300)}-${random(2) === 0 ? 'a' : 'v'}0`;
    lines =
      random(3) === 0
        ? removeSources(lines, (s) => s.name === name)
        : addSources(lines, [source(name, 1_000 + random(2_000))]);
    expect(lines.length).toBeGreaterThanOrEqual(before);
    expect(lines.length).toBeLessThanOrEqual(MAX_LINES);
    const ssrcs = lines.flatMap((line) => line.source?.ssrcs ?? []);
    expect(new Set(ssrcs).size).toBe(ssrcs.length);
  }
});

test('a full session takes no more, and says so for our own', () => {
  const full = addSources(
    start,
    Array.from({ length: 500 }, (_, i) => source(`p${i}-v0`, 100 + i)),
  );
  expect(full).toHaveLength(MAX_LINES);
  expect(addOwnLine(full, 'video')).toBeUndefined();
});
