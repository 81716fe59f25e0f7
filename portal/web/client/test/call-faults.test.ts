import { expect, test } from 'vitest';
import type { FakePeerConnection } from './fake/fake-peer-connection.ts';
import type { FakeTrack } from './fake/fake-media.ts';
import { Meeting, type Person, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

const ADA = 'aaaaaaa1';
const BOB = 'aaaaaaa2';

/** What became of the peer connections, oldest first. */
const peers = (person: Person) => person.environment.peers.map((peer) => peer.connectionState);

/** States that somebody went through since they were connected first. */
const statesOf = (person: Person) => person.heard('state').map(({ state }) => state);

function shownTrack(person: Person, id: string, name: string): unknown {
  return person.call.participants.get(id)?.sources.find((source) => source.name === name)?.track;
}

function trackOf(peer: FakePeerConnection | undefined, mid: number): FakeTrack | undefined {
  return peer?.getTransceivers()[mid]?.receiver.track;
}

async function callOfTwo(resumes = false) {
  const meeting = new Meeting();
  meeting.server.resumes = resumes;
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  return { meeting, ada, bob, both: [ada, bob] };
}

test('a focus that goes and comes back with its sessions is not noticed', async () => {
  const { meeting, both, bob } = await callOfTwo();
  meeting.server.loseFocus();
  await meeting.clock.advance(3_000);
  both.forEach((person) => {
    expect(person.call.state).toBe('connected');
    expect(seen(person)).toHaveLength(2);
  });
  meeting.server.startFocus();
  await meeting.clock.advance(10_000);
  both.forEach((person) => {
    expect(statesOf(person).slice(-1)).toEqual(['connected']);
    expect(statesOf(person)).not.toContain('reconnecting');
    expect(peers(person)).toEqual(['connected']);
  });
  // The same sessions go on: who comes now is announced in them.
  const cyd = await meeting.join('Cyd');
  expect(seen(bob)).toHaveLength(4);
  expect(seen(cyd)).toHaveLength(4);
});

test('a focus that has forgotten everything invites again, and no picture is lost', async () => {
  const { meeting, both } = await callOfTwo();
  meeting.server.loseFocus();
  meeting.server.focus.forget();
  await meeting.clock.advance(2_000);
  meeting.server.startFocus();
  await meeting.clock.advance(12_000);
  both.forEach((person) => {
    expect(person.call.state).toBe('connected');
    expect(statesOf(person)).not.toContain('reconnecting');
    expect(person.heard('participant-left')).toEqual([]);
    expect(peers(person)).toEqual(['closed', 'connected']);
    expect(seen(person)).toHaveLength(2);
  });
});

test('a focus that is away for minutes does not end the call', async () => {
  const { meeting, bob } = await callOfTwo();
  meeting.server.loseFocus();
  await meeting.clock.advance(300_000);
  expect(bob.call.state).toBe('connected');
  meeting.server.startFocus();
  await meeting.clock.advance(30_000);
  await meeting.join('Cyd');
  expect(seen(bob)).toHaveLength(4);
});

test('who joins while the focus is being started again gets in when it is there', async () => {
  const { meeting } = await callOfTwo();
  meeting.server.loseFocus();
  const cyd = meeting.person('Cyd');
  const joined = cyd.call.join();
  await meeting.clock.advance(6_000);
  expect(cyd.call.state).toBe('connecting');
  meeting.server.startFocus();
  await meeting.clock.advance(5_000);
  await joined;
  expect(cyd.call.state).toBe('connected');
});

test('who joins when there is no focus at all is told so', async () => {
  const meeting = new Meeting();
  meeting.server.focusIsThere = false;
  const ada = meeting.person('Ada');
  const joined = expect(ada.call.join()).rejects.toMatchObject({ code: 'focus-unavailable' });
  await meeting.clock.advance(40_000);
  await joined;
  expect(meeting.clock.pending).toBe(0);
  expect(ada.environment.listeners).toBe(0);
});

test('the next session takes over when it carries what the running one does, not before', async () => {
  const { meeting, ada, bob } = await callOfTwo();
  const before = shownTrack(bob, ADA, `${ADA}-v0`);
  meeting.server.focus.invite(BOB);
  await settle();
  const [first, second] = bob.environment.peers;
  // The picture of the next session has not begun.
  const video = trackOf(second, 2);
  expect(video?.kind).toBe('video');
  if (video) {
    video.muted = true;
  }
  await meeting.clock.advance(1_000);
  expect(shownTrack(bob, ADA, `${ADA}-v0`)).toBe(before);
  expect(bob.call.peerConnection).toBe(first);
  if (video) {
    video.muted = false;
  }
  await meeting.clock.advance(500);
  expect(shownTrack(bob, ADA, `${ADA}-v0`)).toBe(video);
  expect(bob.call.peerConnection).toBe(second);
  // The first one goes on sending for those who have not moved yet; muted is muted in both.
  expect(peers(bob)).toEqual(['connected', 'connected']);
  expect([first?.sent(0), second?.sent(0)]).toEqual([bob.audio, bob.audio]);
  await bob.call.setAudioMuted(true);
  expect([first?.sent(0), second?.sent(0)]).toEqual([null, null]);
  await meeting.clock.advance(4_000);
  expect(peers(bob)).toEqual(['closed', 'connected']);
  expect(statesOf(bob)).not.toContain('reconnecting');
  expect(seen(ada)).toHaveLength(2);
});

test('a next session that does not work leaves the running one alone and is asked for again', async () => {
  const { meeting, bob } = await callOfTwo();
  bob.environment.mediaReachable = false;
  meeting.server.focus.invite(BOB);
  await settle();
  bob.environment.peers[1]?.become('failed');
  expect(bob.call.state).toBe('connected');
  expect(seen(bob)).toHaveLength(2);
  bob.environment.mediaReachable = true;
  await meeting.clock.advance(5_000);
  expect(bob.call.state).toBe('connected');
  expect(peers(bob)).toEqual(['closed', 'closed', 'connected']);
});

test('when the running session dies the next one is shown at once', async () => {
  const { meeting, bob } = await callOfTwo();
  meeting.server.focus.invite(BOB);
  await settle();
  bob.environment.peers[0]?.become('disconnected');
  expect(bob.call.peerConnection).toBe(bob.environment.peers[1]);
  expect(bob.call.state).toBe('connected');
});

test('a bridge that is dead is left within five seconds, whoever notices first', async () => {
  const { meeting, both } = await callOfTwo();
  both.forEach((person) => person.environment.peer.become('disconnected'));
  await meeting.clock.advance(2_900);
  expect(meeting.server.focus.restarts).toEqual([]);
  await meeting.clock.advance(1_100);
  both.forEach((person) => {
    expect(person.call.state).toBe('connected');
    expect(peers(person)).toEqual(['closed', 'connected']);
  });
});

test('a transport that is back soon is left alone', async () => {
  const { meeting, bob } = await callOfTwo();
  bob.environment.peer.become('disconnected');
  await meeting.clock.advance(2_500);
  bob.environment.peer.become('connected');
  await meeting.clock.advance(30_000);
  expect(meeting.server.focus.restarts).toEqual([]);
  expect(peers(bob)).toEqual(['connected']);
});

test('after a network that was cut came back at another address media are asked for without waiting', async () => {
  const { meeting, bob } = await callOfTwo(true);
  meeting.server.reachable = false;
  meeting.server.cut(BOB, true);
  bob.environment.changeNetwork();
  await meeting.clock.advance(3_000);
  bob.environment.peer.become('disconnected');
  await meeting.clock.advance(7_000);
  expect(bob.call.state).toBe('reconnecting');
  expect(meeting.server.focus.restarts).toEqual([]);

  meeting.server.reachable = true;
  bob.environment.changeNetwork();
  await settle();
  await meeting.clock.advance(100);
  expect(meeting.server.focus.restarts).toHaveLength(1);
  expect(bob.call.state).toBe('connected');
  expect(seen(bob)).toHaveLength(2);
});

test('a cut that the runtime says nothing of is noticed by the media, and ends within two seconds', async () => {
  const { meeting, bob } = await callOfTwo(true);
  meeting.server.silent = true;
  bob.environment.peer.become('disconnected');
  // Two pings of two seconds.
  await meeting.clock.advance(4_500);
  expect(bob.call.state).toBe('reconnecting');
  await meeting.clock.advance(5_500);
  meeting.server.silent = false;
  bob.environment.peer.become('connected');
  await meeting.clock.advance(6_000);
  expect(bob.call.state).toBe('connected');
  // The address held: the session did as well.
  expect(peers(bob)).toEqual(['connected']);
});

test('nothing that was begun on the old network is waited for', async () => {
  const { meeting, bob } = await callOfTwo(true);
  meeting.server.silent = true;
  meeting.server.cut(BOB, true);
  await meeting.clock.advance(1_000);
  expect(bob.call.state).toBe('reconnecting');
  meeting.server.silent = false;
  bob.environment.changeNetwork();
  await meeting.clock.advance(100);
  expect(bob.call.state).toBe('connected');
});

test('a server that was killed and started again has everybody back within twenty seconds', async () => {
  const { meeting, both } = await callOfTwo(true);
  const { server } = meeting;
  server.reachable = false;
  server.cut(ADA);
  server.cut(BOB);
  await meeting.clock.advance(12_000);
  both.forEach((person) => {
    expect(person.call.state).toBe('reconnecting');
    // Media go on: the bridge is there.
    expect(seen(person)).toHaveLength(2);
  });
  server.reachable = true;
  await meeting.clock.advance(8_000);
  both.forEach((person) => {
    expect(person.call.state).toBe('connected');
    expect(seen(person)).toHaveLength(2);
    expect(person.heard('participant-left').length).toBeLessThanOrEqual(1);
  });
});

test('a server that shuts down in order is not a moderator who removes people', async () => {
  const { meeting, both } = await callOfTwo();
  meeting.server.shutDown();
  await meeting.clock.advance(8_000);
  both.forEach((person) => {
    expect(person.heard('ended')).toEqual([]);
    expect(person.call.state).toBe('connected');
    expect(seen(person)).toHaveLength(2);
  });
});

test('who did not come back with us has gone after five seconds', async () => {
  const { meeting, bob } = await callOfTwo();
  meeting.server.reachable = false;
  meeting.server.cut(ADA);
  meeting.server.cut(BOB);
  await meeting.clock.advance(2_000);
  meeting.server.accounts.delete(`${ADA}-0000-4000-8000-000000000000`);
  meeting.server.reachable = true;
  await meeting.clock.advance(3_000);
  expect([...bob.call.participants.keys()]).toEqual([ADA]);
  await meeting.clock.advance(5_000);
  expect([...bob.call.participants.keys()]).toEqual([]);
  expect(bob.call.state).toBe('waiting');
});

test('a portal that is down is not noticed by who is in a call, and hinders nobody from coming back later', async () => {
  const meeting = new Meeting();
  let portal = false;
  await meeting.join('Ada');
  const bob = meeting.person('Bob', false, {
    renewTicket: () =>
      portal ? Promise.resolve(meeting.ticket('Bob')) : Promise.reject(new Error('the portal is down')),
  });
  await meeting.enter(bob);
  await meeting.clock.advance(700_000);
  expect(bob.call.state).toBe('connected');
  meeting.server.cut(BOB);
  await meeting.clock.advance(20_000);
  expect(bob.call.state).toBe('reconnecting');
  portal = true;
  await meeting.clock.advance(3_000);
  expect(bob.call.state).toBe('connected');
});

test('a roomful of clients does not come back in step, nor ever faster than twice a second', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const attempts: number[] = [];
  let random = 0;
  bob.environment.random = () => (random = (random + 0.37) % 1);
  bob.environment.openWebSocket = () => {
    attempts.push(meeting.clock.now());
    throw new Error('no network');
  };
  meeting.server.cut(BOB);
  await meeting.clock.advance(119_000);
  const gaps = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
  expect(Math.min(...gaps.slice(1))).toBeGreaterThanOrEqual(500);
  expect(new Set(gaps).size).toBeGreaterThan(10);
  // In a hurry for half a minute, then with patience.
  expect(attempts.length).toBeLessThan(50);
});

test('when a call is over nothing of it goes on', async () => {
  const { meeting, bob, ada } = await callOfTwo();
  meeting.server.focus.invite(BOB);
  await meeting.clock.advance(1_000);
  meeting.server.loseFocus();
  await meeting.clock.advance(100);
  await Promise.all([bob.call.leave(), ada.call.leave()]);
  await meeting.clock.advance(15_000);
  expect(meeting.clock.pending).toBe(0);
  expect(bob.environment.listeners + ada.environment.listeners).toBe(0);
  expect([...peers(bob), ...peers(ada)].every((state) => state === 'closed')).toBe(true);
});
