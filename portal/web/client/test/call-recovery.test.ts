import { expect, test } from 'vitest';
import { Meeting, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

const BOB = 'aaaaaaa2-0000-4000-8000-000000000000';

test('when the bridge moves, the next offer brings everything back', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const { focus } = meeting.server;
  focus.terminate('aaaaaaa2');
  await settle();
  expect(bob.call.state).toBe('reconnecting');
  expect(seen(bob)).toEqual([]);
  expect([...bob.call.participants.keys()]).toEqual(['aaaaaaa1']);

  focus.invite('aaaaaaa2');
  await settle();
  expect(bob.call.state).toBe('connected');
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0']);
  expect(bob.environment.peers.map((peer) => peer.connectionState)).toEqual(['closed', 'connected']);
});

test('an offer without an end of the old session takes its place', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  meeting.server.focus.invite('aaaaaaa2');
  await meeting.clock.advance(5_000);
  expect(bob.call.state).toBe('connected');
  expect(bob.environment.peers.map((peer) => peer.connectionState)).toEqual(['closed', 'connected']);
  // Nobody has noticed.
  expect(bob.heard('state').at(-1)).toMatchObject({ state: 'connected', previous: 'waiting' });
});

test('when the others have gone and the focus ends the session, we wait as at the beginning', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  await bob.call.leave();
  await settle();
  meeting.server.focus.terminate('aaaaaaa1');
  await settle();
  expect(ada.call.state).toBe('waiting');
  const cyd = await meeting.join('Cyd');
  expect([ada.call.state, cyd.call.state]).toEqual(['connected', 'connected']);
});

test('a transport that fails is asked for anew, naming the session at the bridge', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  bob.environment.peer.become('disconnected');
  expect(bob.call.state).toBe('reconnecting');
  bob.environment.peer.become('connected');
  expect(bob.call.state).toBe('connected');

  bob.environment.peer.become('failed');
  await settle();
  expect(bob.call.state).toBe('reconnecting');
  expect(meeting.server.focus.restarts).toEqual([]);
  await meeting.clock.advance(1_000);
  expect(meeting.server.focus.restarts).toEqual([['aaaaaaa2', 'bridge-session-2']]);
  expect(bob.call.state).toBe('connected');
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
});

test('a session that does not connect within twelve seconds is replaced', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  bob.environment.mediaReachable = false;
  meeting.server.focus.terminate('aaaaaaa2');
  await settle();
  meeting.server.focus.invite('aaaaaaa2');
  await meeting.clock.advance(11_900);
  expect(meeting.server.focus.restarts).toEqual([]);
  bob.environment.mediaReachable = true;
  await meeting.clock.advance(6_000);
  expect(meeting.server.focus.restarts).toHaveLength(1);
  expect(bob.call.state).toBe('connected');
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
});

test('after several failures in a row the call fails, and says what to look at', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = meeting.person('Bob');
  bob.environment.mediaReachable = false;
  await meeting.enter(bob);
  await meeting.clock.advance(180_000);
  expect(meeting.server.focus.restarts).toHaveLength(3);
  expect(bob.call.state).toBe('failed');
  expect(bob.heard('ended')).toMatchObject([
    { by: 'failed', error: { code: 'media-failed', action: 'check-network' } },
  ]);
});

test('failures long apart are no reason to give up', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  for (let i = 0; i < 6; i++) {
    bob.environment.peer.become('failed');
    await meeting.clock.advance(30_000);
    expect(bob.call.state).toBe('connected');
  }
});

test('when the focus does not invite again, we enter again', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  meeting.server.focus.inviting = false;
  bob.environment.peer.become('failed');
  await meeting.clock.advance(15_000);
  expect(bob.call.state).toBe('reconnecting');
  meeting.server.focus.inviting = true;
  await meeting.clock.advance(3_000);
  expect(bob.call.state).toBe('connected');
});

test('a lost connection is made again with the same ticket, under the same id', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  await bob.call.setAudioMuted(true);
  meeting.server.cut('aaaaaaa2');
  await settle();
  expect(bob.call.state).toBe('reconnecting');
  // Until the room can tell who is there, the picture stays.
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);

  await meeting.clock.advance(1_000);
  expect(bob.call.state).toBe('connected');
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0']);
  expect(ada.call.participants.get('aaaaaaa2')?.sources.map(({ muted }) => muted)).toEqual([true, false]);
});

test('a server that is away for a while is tried until it is back', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  meeting.server.reachable = false;
  meeting.server.cut('aaaaaaa2');
  await meeting.clock.advance(60_000);
  expect(bob.call.state).toBe('reconnecting');
  meeting.server.reachable = true;
  await meeting.clock.advance(20_000);
  expect(bob.call.state).toBe('connected');
});

test('a server that stays away ends the call after two minutes', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  await ada.call.leave();
  meeting.server.reachable = false;
  meeting.server.cut('aaaaaaa2');
  await meeting.clock.advance(150_000);
  expect(bob.heard('ended')).toMatchObject([{ by: 'failed', error: { code: 'connection-lost' } }]);
  expect(meeting.clock.pending).toBe(0);
});

test('a ticket that has expired meanwhile is renewed, and we come back under the new id', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = meeting.person('Bob', false, { renewTicket: () => Promise.resolve(meeting.ticket('Bob')) });
  await meeting.enter(bob);
  await meeting.clock.advance(700_000);
  meeting.server.cut('aaaaaaa2');
  await meeting.clock.advance(1_000);
  expect(bob.call.state).toBe('connected');
  expect(bob.call.local.id).toBe('aaaaaaa3');
});

test('without a way to renew it, an expired ticket ends the call', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  await meeting.clock.advance(700_000);
  meeting.server.cut('aaaaaaa2');
  await meeting.clock.advance(1_000);
  expect(bob.heard('ended')).toMatchObject([{ error: { code: 'ticket-expired', action: 'new-ticket' } }]);
});

test('a server that has fallen silent is noticed within half a minute', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  await meeting.clock.advance(60_000);
  expect(bob.call.state).toBe('connected');
  expect(meeting.server.sent(BOB, 'urn:xmpp:ping').length).toBeGreaterThanOrEqual(4);

  await ada.call.leave();
  await settle();
  meeting.server.silent = true;
  await meeting.clock.advance(30_000);
  expect(bob.call.state).toBe('reconnecting');
  meeting.server.silent = false;
  await meeting.clock.advance(40_000);
  expect(bob.call.state).toBe('waiting');
});

test('who leaves while the connection is away has left', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  meeting.server.reachable = false;
  meeting.server.cut('aaaaaaa2');
  await meeting.clock.advance(3_000);
  await bob.call.leave();
  await meeting.clock.advance(30_000);
  expect(bob.call.state).toBe('left');
  expect(bob.heard('ended')).toHaveLength(1);
  // Nobody has signed in but Ada and, the first time, Bob.
  expect(meeting.server.received.filter(({ text }) => text.startsWith('<auth'))).toHaveLength(2);
});

/** A call of two on a server that keeps sessions whose sockets break. */
async function resumable() {
  const meeting = new Meeting();
  meeting.server.resumes = true;
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const drop = async () => {
    meeting.server.cut('aaaaaaa2', true);
    await settle();
  };
  return { meeting, ada, bob, drop };
}

test('a socket that breaks is replaced, and nothing that was said meanwhile is lost', async () => {
  const { meeting, ada, bob, drop } = await resumable();
  const before = ada.events.length;
  await drop();
  expect(bob.call.state).toBe('reconnecting');
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
  ada.call.sendChat('are you there?');
  bob.call.sendChat('hold on');
  void bob.call.setAudioMuted(true);
  const cyd = await meeting.join('Cyd');

  await meeting.clock.advance(1_000);
  expect(bob.call.state).toBe('connected');
  expect(bob.heard('chat').map(({ text }) => text)).toEqual(['are you there?', 'hold on']);
  expect(ada.heard('chat').map(({ text }) => text)).toEqual(['are you there?', 'hold on']);
  expect(seen(bob)).toHaveLength(4);
  expect(cyd.call.participants.get('aaaaaaa2')?.sources[0]?.muted).toBe(true);
  // To the others nothing has happened but that.
  expect(ada.events.slice(before).some(({ name }) => name === 'participant-left')).toBe(false);
  // The same media session, the same connection to the bridge.
  expect(bob.environment.peers).toHaveLength(1);
});

test('a session can be resumed again and again', async () => {
  const { meeting, ada, bob, drop } = await resumable();
  for (let i = 0; i < 20; i++) {
    await drop();
    bob.call.sendChat(`line ${i}`);
    await meeting.clock.advance(1_000 + i * 500);
    expect(bob.call.state).toBe('connected');
  }
  expect(ada.heard('chat').map(({ text }) => text)).toEqual(
    Array.from({ length: 20 }, (_, i) => `line ${i}`),
  );
});

test('a session that the server has forgotten is entered anew', async () => {
  const { meeting, ada, bob, drop } = await resumable();
  await drop();
  meeting.server.cut('aaaaaaa2');
  await meeting.clock.advance(5_000);
  expect(bob.call.state).toBe('connected');
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0']);
});

test('a server that is away too long to resume is entered anew', async () => {
  const { meeting, bob, drop } = await resumable();
  meeting.server.reachable = false;
  await drop();
  await meeting.clock.advance(60_000);
  meeting.server.cut('aaaaaaa2');
  expect(bob.call.state).toBe('reconnecting');
  meeting.server.reachable = true;
  await meeting.clock.advance(15_000);
  expect(bob.call.state).toBe('connected');
});

test('who leaves while the session is being resumed has left', async () => {
  const { meeting, bob, drop } = await resumable();
  meeting.server.reachable = false;
  await drop();
  await bob.call.leave();
  await meeting.clock.advance(60_000);
  expect(bob.call.state).toBe('left');
  expect(bob.heard('ended')).toHaveLength(1);
});
