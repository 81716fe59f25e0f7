import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  CAPS_HASH,
  CAPS_HASH_MAPPING,
  discoInfoReply,
  features,
  IDENTITY,
} from '../src/room/capabilities.ts';
import { readChat } from '../src/room/chat.ts';
import { readExternalServices } from '../src/room/external-services.ts';
import { readPresence } from '../src/room/presence.ts';
import { readSourceInfo, writeSourceInfo } from '../src/room/source-info.ts';
import { parsed } from './wire/stanzas.ts';

const ROOM = 'room@conference.example.test';

test.each([
  [false, CAPS_HASH],
  [true, CAPS_HASH_MAPPING],
])('the hash of our capabilities is that of XEP-0115, section 5.1 (mapping %s)', (mapping, hash) => {
  const { category, type, name } = IDENTITY;
  const text = `${category}/${type}//${name}<${features(mapping).toSorted().join('<')}<`;
  expect(hash).toBe(createHash('sha1').update(text).digest('base64'));
  expect(features(mapping)).toEqual(features(mapping).toSorted());
  expect(features(mapping).includes('http://jitsi.org/ssrc-rewriting-1')).toBe(mapping);
});

test('who asks what we can is told the same', () => {
  const query = parsed(
    '<iq type="get" id="d" from="room@c/focus"><query xmlns="http://jabber.org/protocol/disco#info" node="n#v"/></iq>',
  );
  const reply = discoInfoReply(query, false);
  expect(reply.attribute('to')).toBe('room@c/focus');
  expect(reply.elements[0]?.attribute('node')).toBe('n#v');
  expect(reply.elements[0]?.childrenNamed('feature').map((f) => f.attribute('var'))).toEqual(features(false));
});

describe('a presence of the room', () => {
  const presence = (inner: string, attributes = '') =>
    readPresence(parsed(`<presence from="${ROOM}/abcd0001" ${attributes}>${inner}</presence>`), ROOM);
  const x = (inner: string) => `<x xmlns="http://jabber.org/protocol/muc#user">${inner}</x>`;

  test('shows who somebody is', () => {
    const read = presence(
      `${x('<item role="moderator" affiliation="owner" jid="u@example.test/r"/>')}<nick xmlns="http://jabber.org/protocol/nick">Ada</nick><identity><user><id>7</id><name>Other</name><avatar>https://a.test/p.png</avatar></user></identity><SourceInfo>{"abcd0001-a0":{"muted":true}}</SourceInfo>`,
    );
    expect(read).toMatchObject({
      kind: 'here',
      occupant: {
        nick: 'abcd0001',
        name: 'Ada',
        role: 'moderator',
        realJid: 'u@example.test/r',
        avatarUrl: 'https://a.test/p.png',
      },
    });
    expect(read?.kind === 'here' && read.occupant.sources.get('abcd0001-a0')).toMatchObject({ muted: true });
  });

  test.each([
    ['left', x('<item role="none"/>'), { kind: 'left' }],
    [
      'kicked by a moderator',
      x('<item role="none"><actor nick="abcd0009"/><reason>noise</reason></item><status code="307"/>'),
      { kind: 'kicked', by: 'abcd0009', reason: 'noise' },
    ],
    [
      'removed by the server',
      x('<status code="333"/>'),
      { kind: 'kicked', by: undefined, reason: undefined },
    ],
    ['ended', x('<destroy><reason>done</reason></destroy>'), { kind: 'destroyed', reason: 'done' }],
    ['gone without saying how', '', { kind: 'left' }],
  ])('says why somebody is gone: %s', (_, inner, cause) => {
    expect(presence(inner, 'type="unavailable"')).toEqual({
      kind: 'gone',
      departure: { nick: 'abcd0001', cause },
    });
  });
});

test('SourceInfo goes out as it comes in', () => {
  const text = '{"abcd0001-a0":{"muted":false},"abcd0001-v1":{"muted":true,"videoType":"desktop"}}';
  expect(writeSourceInfo(readSourceInfo(text, 'abcd0001'))).toBe(text);
  expect(readSourceInfo('{"abcd0001-v0":{}}', 'abcd0001').get('abcd0001-v0')?.muted).toBe(false);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`abcd0001-v${i}`, {}]));
  expect(readSourceInfo(JSON.stringify(many), 'abcd0001').size).toBe(32);
});

test('a delayed line of chat keeps its time, a line too long is cut', () => {
  const chat = (inner: string) =>
    readChat(parsed(`<message type="groupchat" from="${ROOM}/abcd0001" id="m1">${inner}</message>`), ROOM);
  expect(chat('<body>a</body><delay xmlns="urn:xmpp:delay" stamp="2026-01-01T00:00:01Z"/>')).toMatchObject({
    at: Date.UTC(2026, 0, 1, 0, 0, 1),
  });
  expect(chat('<body>a</body><delay xmlns="urn:xmpp:delay" stamp="yesterday"/>')?.at).toBeUndefined();
  expect(chat(`<body>${'x'.repeat(50_000)}</body>`)?.text).toHaveLength(10_000);
});

test('STUN and TURN servers that the server names (XEP-0215)', () => {
  const services = `<iq type="result"><services xmlns="urn:xmpp:extdisco:2">
    <service type="stun" host="stun.test" port="3478" transport="udp"/>
    <service type="turns" host="turn.test" port="443" transport="tcp" username="u" password="p"/>
    <service type="turn" host="turn.test"/>
    <service type="ftp" host="ftp.test"/>
    <service type="turn" host="evil?transport=x" username="u" password="p"/>
  </services></iq>`;
  expect(readExternalServices(parsed(services))).toEqual([
    { urls: ['stun:stun.test:3478'] },
    { urls: ['turns:turn.test:443?transport=tcp'], username: 'u', credential: 'p' },
  ]);
});
