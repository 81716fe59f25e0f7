import type { ChatMessage } from '@video-window/client';
import { describe, expect, test } from 'vitest';
import { groupsOf } from '../src/chat/grouping.ts';
import { piecesOf } from '../src/chat/links.ts';

describe('links in messages', () => {
  const links = (text: string): (string | undefined)[] =>
    piecesOf(text)
      .filter((piece) => piece.href !== undefined)
      .map((piece) => piece.text);

  test.each<[string, string[]]>([
    ['no link here', []],
    ['see https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x)', ['https://a.example/x']],
    ['https://a.example/x_(y) is one', ['https://a.example/x_(y)']],
    ['http://a.example, https://b.example!', ['http://a.example', 'https://b.example']],
    ['javascript:alert(1)', []],
    ['xhttps://a.example', []],
    ['https://', []],
    ['https://bank.example@evil.example/', []],
    ['data:text/html,x ftp://a.example', []],
    ['<https://a.example>', ['https://a.example']],
  ])('%j', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test('nothing of a text is lost', () => {
    for (const text of [
      'a https://b.example c',
      'https://b.example',
      '',
      'https://u@b.example x https://c.example.',
    ]) {
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
  });

  test('a long text without spaces takes no time', () => {
    const begin = performance.now();
    piecesOf(`https://a.example/${'(.'.repeat(5_000)}`);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

describe('groups of messages', () => {
  let next = 0;
  const line = (participantId: string, at: number): ChatMessage => ({
    id: `${next++}`,
    participantId,
    name: participantId,
    text: 'x',
    at,
    own: false,
  });

  test.each<[string, ChatMessage[], number[]]>([
    ['none', [], []],
    ['one person in a row', [line('a', 0), line('a', 1_000), line('a', 2_000)], [3]],
    ['two in turn', [line('a', 0), line('b', 1), line('a', 2)], [1, 1, 1]],
    ['one person after a long pause', [line('a', 0), line('a', 10 * 60_000)], [1, 1]],
    ['one person who writes on and on', [line('a', 0), line('a', 120_000), line('a', 240_000)], [3]],
  ])('%s', (_, lines, sizes) => {
    expect(groupsOf(lines).map((group) => group.lines.length)).toEqual(sizes);
  });
});
