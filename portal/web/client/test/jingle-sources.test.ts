import { describe, expect, test } from 'vitest';
import { readRemovedSsrcs, readSources } from '../src/jingle/read-sources.ts';
import type { XmlElement } from '../src/xmpp/element.ts';
import { jingleOf, SESSION_INITIATE, SOURCE_ADD_LONG } from './wire/stanzas.ts';

function compact(json: string, action = 'source-add'): XmlElement {
  const text = json.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return jingleOf(
    `<iq xmlns="jabber:client"><jingle xmlns="urn:xmpp:jingle:1" action="${action}" sid="s"><json-message xmlns="http://jitsi.org/jitmeet">${text}</json-message></jingle></iq>`,
  );
}

test('the compact and the long form say the same', () => {
  const byName = (text: string) =>
    new Map(readSources(jingleOf(text)).map((source) => [source.name, source]));
  expect(byName(SOURCE_ADD_LONG)).toEqual(byName(SESSION_INITIATE));
});

test('the long form without an owner takes it from the name', () => {
  const text = SOURCE_ADD_LONG.replaceAll(/<ssrc-info[^>]*>/g, '');
  expect(readSources(jingleOf(text)).map(({ owner }) => owner)).toEqual(['543c9563', '543c9563', '543c9563']);
});

describe('what is not a proper source is left out', () => {
  const good = '{"s":5,"n":"abcd0001-v0","m":"stream track"}';
  test.each([
    ['nothing at all', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['an array', '[]'],
    ['sources of another shape', '{"sources":[1,2]}'],
    ['an owner of another shape', '{"sources":{"abcd0001":"x"}}'],
    ['lists of another shape', '{"sources":{"abcd0001":[1,null,{},"x"]}}'],
    ['no name', '{"sources":{"abcd0001":[[{"s":5,"m":"a b"}]]}}'],
    ['no msid', '{"sources":{"abcd0001":[[{"s":5,"n":"abcd0001-v0"}]]}}'],
    ['an msid of one word', '{"sources":{"abcd0001":[[{"s":5,"n":"abcd0001-v0","m":"a"}]]}}'],
    ['SSRC zero', '{"sources":{"abcd0001":[[{"s":0,"n":"abcd0001-v0","m":"a b"}]]}}'],
    ['an SSRC too large', '{"sources":{"abcd0001":[[{"s":4294967296,"n":"abcd0001-v0","m":"a b"}]]}}'],
    ['a fractional SSRC', '{"sources":{"abcd0001":[[{"s":1.5,"n":"abcd0001-v0","m":"a b"}]]}}'],
    ['a name of somebody else', '{"sources":{"abcd0002":[[{"s":5,"n":"abcd0001-v0","m":"a b"}]]}}'],
    ['a name of the other kind', '{"sources":{"abcd0001":[[{"s":5,"n":"abcd0001-a0","m":"a b"}]]}}'],
    ['the bridge itself', '{"sources":{"jvb":[[{"s":5,"n":"jvb-v0","m":"a b"}]]}}'],
  ])('%s', (_, json) => {
    expect(readSources(compact(json))).toEqual([]);
  });
  test('the others in the same message count', () => {
    const json = `{"sources":{"abcd0001":[[7,{"s":"x"},${good}],[["f",5],["f","a","b"],["x",5,6],["s",5,6]]]}}`;
    expect(readSources(compact(json))).toEqual([
      {
        name: 'abcd0001-v0',
        owner: 'abcd0001',
        kind: 'video',
        videoType: 'camera',
        msid: 'stream track',
        ssrcs: [5],
        groups: [],
      },
    ]);
  });
});

test('a message with more sources than any meeting has is read up to a bound', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => ({ s: i + 1, n: `abcd0001-v${i % 9999}`, m: 'a b' }));
  const sources = readSources(compact(JSON.stringify({ sources: { abcd0001: [many] } })));
  expect(sources.length).toBeLessThanOrEqual(4_000);
});

test('removal goes by SSRC, with or without names', () => {
  const json = '{"sources":{"abcd0001":[[{"s":5},{"s":6,"n":"abcd0001-v0","m":"a b"}],[],[{"s":7}]]}}';
  expect(readRemovedSsrcs(compact(json, 'source-remove'))).toEqual(new Set([5, 6, 7]));
  expect(readRemovedSsrcs(jingleOf(SOURCE_ADD_LONG))).toEqual(new Set([21, 22, 31, 23]));
});
