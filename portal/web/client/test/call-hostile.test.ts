import { describe, expect, test } from 'vitest';
import { xml } from '../src/xmpp/element.ts';
import { NS } from '../src/xmpp/namespaces.ts';
import { offer } from './fake/fake-focus.ts';
import { Meeting, type Person, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

const ROOM = 'room@conference.example.test';
const JINGLE = 'xmlns="urn:xmpp:jingle:1"';
const USER = 'xmlns="http://jabber.org/protocol/muc#user"';

/** A call of two, with the promise that nothing of what follows harms it. */
async function running(): Promise<{
  meeting: Meeting;
  ada: Person;
  bob: Person;
  unharmed: () => Promise<void>;
}> {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  return {
    meeting,
    ada,
    bob,
    unharmed: async () => {
      await settle();
      expect([ada.call.state, bob.call.state]).toEqual(['connected', 'connected']);
      expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
      await ada.call.setAudioMuted(true);
      await settle();
      expect(bob.call.participants.get('aaaaaaa1')?.sources[0]?.muted).toBe(true);
      bob.call.sendChat('still here');
      await settle();
      expect(ada.heard('chat')).toHaveLength(1);
      const [joined] = [await meeting.join('Cyd')];
      expect(seen(joined)).toHaveLength(4);
      expect(seen(bob)).toHaveLength(4);
    },
  };
}

describe('stanzas that make no sense do not harm a call', () => {
  test.each([
    ['not XML', 'x<<<'],
    ['half a stanza', '<presence from="'],
    ['an unknown element', '<whatever xmlns="urn:x"/>'],
    ['an IQ without type and id', '<iq/>'],
    ['an IQ result for nobody', '<iq type="result" id="nobody"/>'],
    ['an IQ error without error', '<iq type="error" id="x"/>'],
    ['an IQ get for something unknown', '<iq type="get" id="u" from="x@y"><query xmlns="urn:unknown"/></iq>'],
    ['jingle without action', `<iq type="set" id="1" from="${ROOM}/focus"><jingle ${JINGLE}/></iq>`],
    [
      'jingle of an unknown session',
      `<iq type="set" id="1" from="${ROOM}/focus"><jingle ${JINGLE} action="session-terminate" sid="other"/></iq>`,
    ],
    [
      'an end of our session by somebody else',
      `<iq type="set" id="1" from="${ROOM}/aaaaaaa1"><jingle ${JINGLE} action="session-terminate" sid="sid2"/></iq>`,
    ],
    [
      'transport-replace',
      `<iq type="set" id="1" from="${ROOM}/focus"><jingle ${JINGLE} action="transport-replace" sid="sid2"/></iq>`,
    ],
    [
      'source-add without sources',
      `<iq type="set" id="1" from="${ROOM}/focus"><jingle ${JINGLE} action="source-add" sid="sid2"/></iq>`,
    ],
    ['a presence without x', `<presence from="${ROOM}/somebody"/>`],
    ['a presence without from', `<presence><x ${USER}><item role="moderator"/></x></presence>`],
    [
      'a presence from another room',
      `<presence from="other@conference.example.test/aaaaaaa1" type="unavailable"><x ${USER}/></presence>`,
    ],
    ['a presence error', `<presence from="${ROOM}/aaaaaaa2" type="error"><error type="cancel"/></presence>`],
    [
      'a departure to be ignored',
      `<presence from="${ROOM}/aaaaaaa1" type="unavailable"><ignore xmlns="http://jitsi.org/jitmeet/"/></presence>`,
    ],
    ['a message without body', `<message type="groupchat" from="${ROOM}/aaaaaaa1"/>`],
    ['a message of the room itself', `<message type="groupchat" from="${ROOM}"><body>x</body></message>`],
    ['a private message', `<message type="chat" from="${ROOM}/aaaaaaa1"><body>x</body></message>`],
  ])('%s', async (_, text) => {
    const { meeting, unharmed } = await running();
    meeting.server.raw('aaaaaaa2', text);
    await unharmed();
  });

  test('SourceInfo that is no JSON, or about others', async () => {
    const { meeting, bob } = await running();
    for (const info of ['{', '[]', 'null', '{"aaaaaaa2-v0":{"muted":true}}', '{"aaaaaaa1-v0":7}']) {
      meeting.server.raw(
        'aaaaaaa2',
        `<presence from="${ROOM}/aaaaaaa1"><SourceInfo>${info}</SourceInfo><x ${USER}><item role="participant"/></x></presence>`,
      );
    }
    await settle();
    expect(bob.call.participants.get('aaaaaaa1')?.sources.map(({ muted }) => muted)).toEqual([false, false]);
    expect(bob.call.local.sources.map(({ muted }) => muted)).toEqual([false, false]);
  });
});

test('a thousand broken frames make a handful of lines of log', async () => {
  const { meeting, bob, unharmed } = await running();
  for (let i = 0; i < 1_000; i++) {
    meeting.server.raw('aaaaaaa2', '<<');
  }
  await unharmed();
  expect(bob.warnings.length).toBeLessThanOrEqual(12);
});

test('messages of the bridge that make no sense do not harm a call', async () => {
  const { meeting, bob, unharmed } = await running();
  for (const message of [
    '',
    '{',
    'null',
    '7',
    '[]',
    '{}',
    { colibriClass: 'Unknown' },
    { colibriClass: 'DominantSpeakerEndpointChangeEvent' },
    { colibriClass: 'DominantSpeakerEndpointChangeEvent', dominantSpeakerEndpoint: 7 },
    { colibriClass: 'ForwardedSources', forwardedSources: 'all' },
    { colibriClass: 'EndpointMessage', from: 7, msgPayload: {} },
    { colibriClass: 'EndpointMessage', from: 'x', msgPayload: 'text' },
    `{"colibriClass":"EndpointMessage","from":"x","msgPayload":{"x":"${'x'.repeat(300_000)}"}}`,
  ]) {
    meeting.server.bridge.send('aaaaaaa2', message);
  }
  await unharmed();
  expect([
    ...bob.heard('dominant-speaker'),
    ...bob.heard('message'),
    ...bob.heard('forwarded-sources'),
  ]).toEqual([]);
});

test('sources that use SSRCs of ours, of others, or our own name are left out', async () => {
  const { meeting, bob, unharmed } = await running();
  const taken = meeting.server.focus.sources.get('aaaaaaa1')?.[0]?.ssrcs[0];
  const ours = meeting.server.focus.sources.get('aaaaaaa2')?.[0]?.ssrcs[0];
  const announce = (owner: string, name: string, ssrc: number | undefined) =>
    meeting.server.fromFocus(
      'aaaaaaa2',
      xml(
        'jingle',
        NS.jingle,
        { action: 'source-add', sid: 'sid2' },
        xml(
          'json-message',
          NS.jitmeet,
          {},
          JSON.stringify({ sources: { [owner]: [[], [], [{ s: ssrc, n: name, m: 'a b' }]] } }),
        ),
      ),
    );
  announce('aaaaaaa9', 'aaaaaaa9-a0', taken);
  announce('aaaaaaa9', 'aaaaaaa9-a1', ours);
  announce('aaaaaaa2', 'aaaaaaa2-a0', 4711);
  await settle();
  expect(bob.environment.peer.remoteSdp).not.toContain('4711');
  expect(bob.warnings).toEqual([]);
  await unharmed();
});

test('an offer that cannot be used is not accepted, and another one is asked for', async () => {
  const { meeting, bob } = await running();
  meeting.server.focus.sessions.set('aaaaaaa2', 'broken');
  meeting.server.fromFocus(
    'aaaaaaa2',
    xml('jingle', NS.jingle, { action: 'session-initiate', sid: 'broken' }),
  );
  await settle();
  expect(bob.call.state).toBe('reconnecting');
  await meeting.clock.advance(2_000);
  expect(bob.call.state).toBe('connected');
});

test('an offer that repeats the running session is refused', async () => {
  const { meeting, bob, unharmed } = await running();
  meeting.server.fromFocus('aaaaaaa2', offer('sid2', 'aaaaaaa2', 'b', '{}'));
  await settle();
  expect(bob.environment.peers).toHaveLength(1);
  await unharmed();
});

test('a listener that throws harms nobody', async () => {
  const { bob, unharmed } = await running();
  bob.call.on('participant-joined', () => {
    throw new Error('a bug of the application');
  });
  await unharmed();
  expect(bob.warnings.join()).toContain('participant-joined');
});

test('a name longer than anybody reads is cut, an avatar that is no address is not shown', async () => {
  const { meeting, bob } = await running();
  meeting.server.raw(
    'aaaaaaa2',
    `<presence from="${ROOM}/bbbbbbbb"><nick xmlns="http://jabber.org/protocol/nick"> ${'\u{1f600}'.repeat(500)}</nick><avatar-url>javascript:alert(1)</avatar-url><x ${USER}><item role="participant"/></x></presence>`,
  );
  await settle();
  const guest = bob.call.participants.get('bbbbbbbb');
  expect(Array.from(guest?.name ?? '')).toHaveLength(100);
  expect(guest?.avatarUrl).toBeUndefined();
});
