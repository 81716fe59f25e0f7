import { describe, expect, test } from 'vitest';
import type { SourceDescription } from '../src/jingle/description.ts';
import {
  addOwnLine,
  addSources,
  describedSource,
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

describe('screens', () => {
  const screen = (name: string, ...ssrcs: number[]): SourceDescription => ({
    ...source(name, ...ssrcs),
    videoType: 'desktop',
  });
  const isScreen = ({ videoType }: SourceDescription): boolean => videoType === 'desktop';
  const shown = (lines: MLines): string[] =>
    lines.slice(4).map((line) => {
      const { active, source: present, last } = line;
      return present?.name ?? (active ? `kept for ${last?.ssrcs.join(' ')}` : 'inactive');
    });
  const ssrcsOf = (lines: MLines): number[] => lines.flatMap((line) => describedSource(line)?.ssrcs ?? []);

  test('a screen that is shared again and again has the line that it had', () => {
    let lines = start;
    for (let share = 0; share < 10; share++) {
      lines = addSources(lines, [screen('x-v1', 8, 9)]);
      expect(shown(lines)).toEqual(['x-v1']);
      lines = removeSources(lines, isScreen);
      expect(shown(lines)).toEqual(['kept for 8 9']);
    }
  });

  test('screens of several people, one after the other, share a line', () => {
    let lines = start;
    for (let share = 0; share < 10; share++) {
      const who = share % 3;
      lines = removeSources(
        addSources(lines, [screen(`p${who}-v1`, 100 + 10 * who, 101 + 10 * who)]),
        isScreen,
      );
    }
    expect(shown(lines)).toEqual(['kept for 100 101']);
  });

  test('a camera takes the line of a screen that has gone when there is no other', () => {
    const gone = removeSources(addSources(start, [screen('x-v1', 8, 9), source('y-v0', 10)]), () => true);
    expect(shown(gone)).toEqual(['kept for 8 9', 'inactive']);
    const next = addSources(gone, [source('z-v0', 11), source('u-v0', 12), source('w-v0', 13)]);
    expect(show(next).slice(3)).toEqual(['z-v0', 'w-v0', 'u-v0']);
  });

  test('whoever leaves needs no line any more', () => {
    const gone = removeSources(removeSources(addSources(start, [screen('x-v1', 8, 9)]), isScreen), isScreen);
    expect(shown(gone)).toEqual(['inactive']);
  });

  test.each([
    ['another retransmission', screen('x-v1', 8, 10)],
    ['another order', screen('x-v1', 9, 8)],
    ['another owner', screen('y-v1', 8, 9)],
    ['a camera', source('y-v0', 9, 20)],
  ])('its SSRCs with %s are no collision', (_, again) => {
    const kept = removeSources(addSources(start, [screen('x-v1', 8, 9)]), isScreen);
    const lines = addSources(kept, [again]);
    expect(shown(lines)).toEqual([again.name]);
    expect(ssrcsOf(lines).slice(-2)).toEqual(again.ssrcs);
  });

  test('no SSRC is described twice, whatever is kept', () => {
    const two = addSources(start, [screen('x-v1', 8, 9), screen('y-v1', 10, 11)]);
    const oneKept = removeSources(two, ({ name }) => name === 'x-v1');
    const moved = addSources(oneKept, [screen('y-v1', 8, 9)]);
    expect(shown(moved)).toEqual(['inactive', 'y-v1']);
    const bothKept = removeSources(two, isScreen);
    expect(shown(addSources(bothKept, [screen('z-v1', 8, 11)]))).toEqual(['z-v1', 'inactive']);
    const voice = addSources(bothKept, [source('z-a0', 8)]);
    expect(shown(voice)).toEqual(['inactive', 'kept for 10 11', 'z-a0']);
  });
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
