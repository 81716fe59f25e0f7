import { describe, expect, test } from 'vitest';
import { xml } from '../src/xmpp/element.ts';
import { NS } from '../src/xmpp/namespaces.ts';
import { parseElement } from '../src/xmpp/parse.ts';
import { serialize } from '../src/xmpp/serialize.ts';

describe('what is not one well-formed element of XMPP is not read', () => {
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['half an element', '<iq>'],
    ['crossed tags', '<a><b></a></b>'],
    ['two elements', '<a/><b/>'],
    ['an attribute twice', '<a x="1" x="2"/>'],
    ['an unknown entity', '<a>&boom;</a>'],
    ['an undeclared prefix', '<x:a/>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a comment', '<a><!-- b --></a>'],
    ['a processing instruction', '<a><?b c?></a>'],
    ['a control character', '<a>\u0001</a>'],
    ['depth beyond reason', '<a>'.repeat(100) + '</a>'.repeat(100)],
    ['elements beyond reason', `<a>${'<b/>'.repeat(50_000)}</a>`],
    ['length beyond reason', `<a>${'x'.repeat(1_100_000)}</a>`],
  ])('%s', (_, text) => {
    expect(parseElement(text)).toBeUndefined();
  });
});

test('namespaces are resolved, also where a server has left the usual ones out', () => {
  expect(parseElement('<iq/>')).toMatchObject({ name: 'iq', namespace: NS.client });
  expect(parseElement('<stream:features><bind xmlns="urn:b"/></stream:features>')).toMatchObject({
    name: 'features',
    namespace: NS.stream,
  });
  const prefixed = parseElement('<p:x xmlns:p="urn:p" xmlns="urn:d" a="1" p:b="2" xml:lang="en"><y/></p:x>');
  expect(prefixed).toMatchObject({ name: 'x', namespace: 'urn:p' });
  expect([...(prefixed?.attributes ?? [])]).toEqual([['a', '1']]);
  expect(prefixed?.elements[0]).toMatchObject({ name: 'y', namespace: 'urn:d' });
  expect(parseElement('<?xml version="1.0"?><open xmlns="urn:x"/>')?.name).toBe('open');
});

test('text and attributes survive the way out and back', () => {
  const nasty = `<&>"' \t\n\r ]]> é \u{1f600}`;
  const element = xml(
    'a',
    'urn:a',
    { b: nasty, n: 5, none: undefined },
    nasty,
    xml('c', 'urn:c'),
    xml('d', 'urn:a'),
  );
  const text = serialize(element);
  expect(text).toContain('<c xmlns="urn:c"/><d/>');
  const back = parseElement(text);
  expect(back?.attribute('b')).toBe(nasty);
  expect(back?.attribute('n')).toBe('5');
  expect(back?.attribute('none')).toBeUndefined();
  expect(back?.text).toBe(nasty);
});

test('what XML cannot carry is dropped, so that no text breaks the stream', () => {
  expect(serialize(xml('a', 'urn:a', {}, 'x\u0000\u000b\ud800\uffffy'))).toBe('<a xmlns="urn:a">xy</a>');
});

test('__proto__ is a name like any other', () => {
  const element = parseElement('<a __proto__="x" constructor="y"><__proto__/></a>');
  expect(element?.attribute('__proto__')).toBe('x');
  expect(element?.attribute('toString')).toBeUndefined();
});
