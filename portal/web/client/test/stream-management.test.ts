import { describe, expect, test } from 'vitest';
import { xml } from '../src/xmpp/element.ts';
import { NS } from '../src/xmpp/namespaces.ts';
import { StreamManagement } from '../src/xmpp/stream-management.ts';
import { serialize } from '../src/xmpp/serialize.ts';
import { parsed } from './wire/stanzas.ts';

const message = (text: string) => xml('message', NS.client, { id: text });
const queue = (management: StreamManagement) =>
  management.unconfirmed.map((stanza) => stanza.attribute('id'));

test('what the server confirms is forgotten, the rest is kept in order', () => {
  const management = new StreamManagement('i');
  ['a', 'b', 'c'].forEach((id) => management.sent(message(id)));
  management.received(parsed('<a xmlns="urn:xmpp:sm:3" h="2"/>'));
  expect(queue(management)).toEqual(['c']);
  management.confirm('2');
  expect(queue(management)).toEqual(['c']);
  management.confirm('3');
  expect(queue(management)).toEqual([]);
  expect(management.isResumable).toBe(true);
});

test('only stanzas count, and the server is told how many came', () => {
  const management = new StreamManagement('i');
  for (const text of ['<message/>', '<presence/>', '<iq type="get" id="1"/>']) {
    expect(management.received(parsed(text))).toEqual({ mine: false });
  }
  const asked = management.received(parsed('<r xmlns="urn:xmpp:sm:3"/>'));
  expect(asked.mine).toBe(true);
  expect(asked.reply && serialize(asked.reply)).toBe('<a xmlns="urn:xmpp:sm:3" h="3"/>');
  expect(management.resumeRequest().attribute('h')).toBe('3');
});

test('an acknowledgement is asked for now and then', () => {
  const management = new StreamManagement('i');
  const asked = Array.from({ length: 30 }, (_, i) => management.sent(message(String(i)))?.name);
  expect(asked.filter((name) => name === 'r')).toHaveLength(3);
});

describe('a server that has lost count is not resumed with', () => {
  test.each([['5'], ['-1'], ['x'], [''], ['99999999999']])('h=%s after three stanzas', (h) => {
    const management = new StreamManagement('i');
    ['a', 'b', 'c'].forEach((id) => management.sent(message(id)));
    management.confirm(h);
    expect(management.isResumable).toBe(false);
    expect(queue(management)).toEqual(['a', 'b', 'c']);
  });
  test('nor one that never confirms anything', () => {
    const management = new StreamManagement('i');
    for (let i = 0; i < 2_000; i++) {
      management.sent(message(String(i)));
    }
    expect(management.isResumable).toBe(false);
    expect(management.unconfirmed).toHaveLength(500);
  });
});
