import { expect, test } from 'vitest';
import { Meeting, type Person, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

async function two(iceRestarts: 'done' | 'lost' | 'refused' | undefined): Promise<[Meeting, Person]> {
  const meeting = new Meeting();
  meeting.server.focus.iceRestarts = iceRestarts;
  await meeting.join('Ada');
  return [meeting, await meeting.join('Bob')];
}

test.each(['disconnected', 'failed'] as const)(
  'a transport that is %s: ICE starts anew in the same session',
  async (state) => {
    const [meeting, bob] = await two('done');
    const { focus } = meeting.server;
    const ssrcs = JSON.stringify(focus.sources.get('aaaaaaa2'));
    bob.environment.peer.become(state);
    expect(bob.call.state).toBe('reconnecting');
    await meeting.clock.advance(1_500);
    expect(bob.call.state).toBe('connected');
    expect(focus.newTransports).toEqual([['aaaaaaa2', '1', 'abcd1']]);
    await meeting.clock.advance(30_000);
    expect(focus.restarts).toEqual([]);
    expect(bob.environment.peers).toHaveLength(1);
    expect(JSON.stringify(focus.sources.get('aaaaaaa2'))).toBe(ssrcs);
    expect(bob.environment.peer.remoteSdp).toContain('a=ice-ufrag:new1');
    expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
  },
);

test('after another restart the changes of others go on with the newest credentials', async () => {
  const [meeting, bob] = await two('done');
  bob.environment.peer.become('failed');
  await meeting.clock.advance(15_000);
  bob.environment.peer.become('failed');
  await meeting.clock.advance(15_000);
  expect(meeting.server.focus.newTransports.map(([, generation]) => generation)).toEqual(['1', '2']);
  await meeting.join('Cem');
  expect(bob.environment.peer.remoteSdp).toContain('a=ice-ufrag:new2');
  expect(bob.call.state).toBe('connected');
  expect(bob.environment.peers).toHaveLength(1);
});

test('another network: ICE starts anew before anything is seen to break, and nothing is interrupted', async () => {
  const [meeting, bob] = await two('done');
  bob.environment.changeNetwork();
  await meeting.clock.advance(12_000);
  expect(meeting.server.focus.newTransports).toHaveLength(1);
  expect(bob.heard('state').map(({ state }) => state)).not.toContain('reconnecting');
  expect(bob.environment.peers).toHaveLength(1);
});

test('a network that changes all the time does not make us ask all the time', async () => {
  const [meeting, bob] = await two('done');
  for (let second = 0; second < 60; second++) {
    bob.environment.changeNetwork();
    await meeting.clock.advance(1_000);
  }
  expect(meeting.server.focus.newTransports.length).toBeLessThanOrEqual(6);
  expect(bob.call.state).toBe('connected');
});

test.each([
  ['is refused', 'refused', 4_000],
  ['is taken and never done', 'lost', 9_000],
] as const)('an ICE restart that %s: another session takes its place', async (_, how, within) => {
  const [meeting, bob] = await two(how);
  bob.environment.peer.become('disconnected');
  await meeting.clock.advance(within);
  expect(meeting.server.focus.restarts).toHaveLength(1);
  expect(bob.call.state).toBe('connected');
  expect(bob.environment.peers).toHaveLength(2);
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
});

test('an ICE restart that finds no path: another session takes its place', async () => {
  const [meeting, bob] = await two('done');
  bob.environment.peer.restartable = false;
  bob.environment.peer.become('failed');
  await meeting.clock.advance(6_000);
  expect(meeting.server.focus.newTransports).toHaveLength(1);
  expect(meeting.server.focus.restarts).toHaveLength(1);
  expect(bob.call.state).toBe('connected');
});

test('a focus that cannot restart ICE is not asked to', async () => {
  const [meeting, bob] = await two(undefined);
  bob.environment.peer.become('failed');
  await meeting.clock.advance(2_000);
  expect(meeting.server.focus.restarts).toHaveLength(1);
  expect(bob.call.state).toBe('connected');
});

test('new credentials that nobody asked for, or old ones, change nothing', async () => {
  const [meeting, bob] = await two('done');
  const before = bob.environment.peer.remoteSdp;
  meeting.server.focus.sendTransport('aaaaaaa2', 7);
  await settle();
  expect(bob.environment.peer.remoteSdp).toBe(before);
  expect(meeting.server.focus.newTransports).toEqual([]);
});

test.each([
  ['tcp', false],
  ['ssltcp', true],
] as const)(
  'a connection that begins like TLS is %s to a browser, before and after',
  async (protocol, knows) => {
    const meeting = new Meeting();
    meeting.server.focus.iceRestarts = 'done';
    await meeting.join('Ada');
    const bob = meeting.person('Bob');
    bob.environment.knowsSslTcp = knows;
    await meeting.enter(bob, { audio: bob.audio, video: bob.video });
    const written = `a=candidate:2 1 ${protocol} 1518280447 127.0.0.1 4443 typ host tcptype passive generation 0`;
    expect(bob.environment.peer.remoteSdp).toContain(written);
    bob.environment.peer.become('failed');
    await meeting.clock.advance(15_000);
    expect(bob.environment.peer.remoteSdp).toContain('a=ice-ufrag:new1');
    expect(bob.environment.peer.remoteSdp).toContain(written);
  },
);
