import { expect, test } from 'vitest';
import { CallError } from '../src/index.ts';
import { xml } from '../src/xmpp/element.ts';
import { NS } from '../src/xmpp/namespaces.ts';
import { Meeting, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

function refusal(type: string, condition: string, text?: string) {
  const told = text === undefined ? undefined : xml('text', NS.stanzas, {}, text);
  return xml('error', NS.client, { type }, xml(condition, NS.stanzas), told);
}

test('somebody alone in the room waits, without an error', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', true);

  expect(ada.call.state).toBe('waiting');
  expect(ada.heard('state').map(({ state }) => state)).toEqual(['connecting', 'waiting']);
  expect(ada.heard('error')).toEqual([]);
  expect(ada.call.local).toMatchObject({ id: 'aaaaaaa1', name: 'Ada', isModerator: true, isLocal: true });
});

test('two people see and hear each other, and a third who comes late sees both', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');

  expect([ada.call.state, bob.call.state]).toEqual(['connected', 'connected']);
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0']);
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);

  const cyd = await meeting.join('Cyd');
  expect(seen(cyd)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0', 'aaaaaaa2-a0', 'aaaaaaa2-v0']);
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0', 'aaaaaaa3-a0', 'aaaaaaa3-v0']);
  expect(cyd.heard('source-added').every(({ source }) => source.track && source.stream)).toBe(true);
  expect([...cyd.call.participants.values()].map(({ name }) => name)).toEqual(['Ada', 'Bob']);
});

test('somebody without devices hears and sees, and is seen without sources', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob', false, {});

  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
  expect(seen(ada)).toEqual([]);
  expect(ada.call.participants.get('aaaaaaa2')).toMatchObject({ name: 'Bob', sources: [] });
});

test('who joins muted sends nothing and is shown muted', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = meeting.person('Bob');
  await meeting.enter(bob, { audio: bob.audio, video: bob.video, audioMuted: true, videoMuted: true });

  expect([bob.environment.peer.sent(0), bob.environment.peer.sent(1)]).toEqual([null, null]);
  expect(ada.call.participants.get('aaaaaaa2')?.sources.map(({ muted }) => muted)).toEqual([true, true]);
});

test('the conference is asked for until the focus is in the room', async () => {
  const meeting = new Meeting();
  meeting.server.notReady = 2;
  const ada = meeting.person('Ada');
  const joined = ada.call.join();
  await settle();
  expect(ada.call.state).toBe('connecting');
  await meeting.clock.advance(2_000);
  await joined;
  expect(ada.call.state).toBe('waiting');
});

test('a room that is not open yet is asked for again, a few times', async () => {
  const meeting = new Meeting();
  const notYet = refusal('cancel', 'not-allowed', 'Room creation is restricted');
  meeting.server.refusals.push(notYet, notYet);
  const ada = meeting.person('Ada');
  const joined = ada.call.join();
  await meeting.clock.advance(5_000);
  await joined;
  expect(ada.call.state).toBe('waiting');

  meeting.server.refusals.push(notYet, notYet, notYet);
  const bob = meeting.person('Bob');
  const refused = bob.call.join().catch((error: unknown) => error);
  await meeting.clock.advance(10_000);
  expect(await refused).toMatchObject({ code: 'room-not-open', action: 'ask-moderator' });
});

test.each([
  ['not-allowed', refusal('cancel', 'not-allowed', 'Wrong room'), 'not-allowed'],
  ['full', refusal('wait', 'service-unavailable'), 'room-full'],
  ['members only', refusal('auth', 'registration-required'), 'not-allowed'],
  ['an error without content', xml('error', NS.client), 'not-allowed'],
])('a refused join says why: %s', async (_, error, code) => {
  const meeting = new Meeting();
  meeting.server.refusals.push(error);
  const ada = meeting.person('Ada');
  const refused = ada.call.join().catch((reason: unknown) => reason);
  await settle();
  expect(await refused).toBeInstanceOf(CallError);
  expect(await refused).toMatchObject({ code });
  expect(ada.call.state).toBe('failed');
  expect(ada.heard('ended')).toMatchObject([{ by: 'failed', error: { code } }]);
});

test('a ticket that the server does not take fails the call with its reason', async () => {
  const meeting = new Meeting();
  const ada = meeting.person('Ada');
  meeting.server.accounts.clear();
  const refused = ada.call.join().catch((reason: unknown) => reason);
  await settle();
  expect(await refused).toMatchObject({ code: 'ticket-refused', action: 'new-ticket' });
  expect((await refused) as Error).toHaveProperty('message', expect.stringContaining('Token expired'));
  await meeting.clock.advance(5_000);
  expect(meeting.clock.pending).toBe(0);
});

test('a server that cannot be reached, or never answers, fails the call', async () => {
  const meeting = new Meeting();
  meeting.server.reachable = false;
  const ada = meeting.person('Ada');
  const refused = ada.call.join().catch((reason: unknown) => reason);
  await settle();
  expect(await refused).toMatchObject({ code: 'connection-failed', action: 'check-network' });

  meeting.server.reachable = true;
  meeting.server.silent = true;
  const bob = meeting.person('Bob');
  const unanswered = bob.call.join().catch((reason: unknown) => reason);
  await meeting.clock.advance(20_000);
  expect(await unanswered).toMatchObject({ code: 'connection-failed' });
  expect(meeting.clock.pending).toBe(0);
});

test('a call is joined once', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  await expect(ada.call.join()).rejects.toMatchObject({ code: 'wrong-state' });
  expect(ada.call.state).toBe('waiting');
});

test('the presence asks for no history and carries nothing that is not there', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada', false, {});
  const [presence] = meeting.server.sent('aaaaaaa1-0000-4000-8000-000000000000', '<x xmlns');
  expect(presence).toContain('<history maxstanzas="0"/>');
  expect(presence).toContain('<SourceInfo>{}</SourceInfo>');
  expect(presence).toContain('<jitsi_participant_codecList>vp8</jitsi_participant_codecList>');
});

test('an offer is taken only from the focus that the conference reply named', async () => {
  const meeting = new Meeting();
  meeting.server.showsRealJids = false;
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  expect([ada.call.state, bob.call.state]).toEqual(['waiting', 'waiting']);
  expect(ada.environment.peers).toEqual([]);
});
