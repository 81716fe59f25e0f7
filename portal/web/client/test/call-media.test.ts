import { expect, test } from 'vitest';
import type { Participant } from '../src/index.ts';
import { fakeTrack } from './fake/fake-media.ts';
import { Meeting, type Person, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

function shown(person: Person, id: string): Participant['sources'] {
  return person.call.participants.get(id)?.sources ?? [];
}

test('mute and camera off stop sending and show at the others without any time passing', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');

  await bob.call.setAudioMuted(true);
  await bob.call.setVideoMuted(true);
  await settle();
  expect([bob.environment.peer.sent(0), bob.environment.peer.sent(1)]).toEqual([null, null]);
  expect(shown(ada, 'aaaaaaa2').map(({ muted }) => muted)).toEqual([true, true]);
  expect(ada.heard('source-changed').map(({ source }) => source.name)).toEqual([
    'aaaaaaa2-a0',
    'aaaaaaa2-v0',
  ]);
  expect(bob.call.local.sources.map(({ muted }) => muted)).toEqual([true, true]);

  await bob.call.setAudioMuted(false);
  await bob.call.setVideoMuted(false);
  await settle();
  expect([bob.environment.peer.sent(0), bob.environment.peer.sent(1)]).toEqual([bob.audio, bob.video]);
  expect(shown(ada, 'aaaaaaa2').map(({ muted }) => muted)).toEqual([false, false]);
});

test('another device takes the place of the first without the others being told', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const before = ada.events.length;
  const other = fakeTrack('video');
  await bob.call.setVideoTrack(other);
  await settle();
  expect(bob.environment.peer.sent(1)).toBe(other);
  expect(ada.events).toHaveLength(before);
});

test('a camera that is given away is shown as off, its source stays', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  await bob.call.setVideoTrack(null);
  await settle();
  expect(shown(ada, 'aaaaaaa2').map(({ muted }) => muted)).toEqual([false, true]);
  expect(bob.call.local.sources.map(({ muted }) => muted)).toEqual([false, true]);
});

test('a camera that is found after joining is announced then', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = meeting.person('Bob');
  await meeting.enter(bob, { audio: bob.audio });
  expect(seen(ada)).toEqual(['aaaaaaa2-a0']);

  await bob.call.setVideoTrack(bob.video);
  await settle();
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0']);
  expect(bob.environment.peer.sent(1)).toBe(bob.video);
});

test('a shared screen is a further source, and ends when it is stopped', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const screen = fakeTrack('video');
  await bob.call.startScreenShare(screen);
  await settle();
  expect(shown(ada, 'aaaaaaa2')).toMatchObject([
    { kind: 'audio' },
    { name: 'aaaaaaa2-v0', videoType: 'camera' },
    { name: 'aaaaaaa2-v1', videoType: 'desktop', muted: false },
  ]);
  expect(bob.call.local.sources.at(-1)).toMatchObject({ name: 'aaaaaaa2-v1', track: screen });

  await bob.call.stopScreenShare();
  await settle();
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0']);
  expect(bob.call.local.sources).toHaveLength(2);

  // Once more, on the same m-line.
  const lines = bob.environment.peer.getTransceivers().length;
  await bob.call.startScreenShare(fakeTrack('video'));
  await settle();
  expect(seen(ada)).toContain('aaaaaaa2-v1');
  expect(bob.environment.peer.getTransceivers()).toHaveLength(lines);
});

test('a screen share ends when the browser ends its track', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const screen = fakeTrack('video');
  await bob.call.startScreenShare(screen);
  await settle();
  screen.end();
  await settle();
  expect(seen(ada)).toEqual(['aaaaaaa2-a0', 'aaaaaaa2-v0']);
});

test('a screen that is shared while waiting alone is there for who comes', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  await ada.call.startScreenShare(fakeTrack('video'));
  const bob = await meeting.join('Bob');
  expect(seen(bob)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0', 'aaaaaaa1-v1']);
});

test('media that the focus refuses are an error, and the call goes on', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  meeting.server.focus.refuseSources = true;
  const refused = bob.call.startScreenShare(fakeTrack('video')).catch((error: unknown) => error);
  await settle();
  expect(await refused).toMatchObject({ code: 'media-refused' });
  expect(bob.call.local.sources).toHaveLength(2);
  expect([ada.call.state, bob.call.state]).toEqual(['connected', 'connected']);
});

test('m-lines of who has left serve who comes next', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  for (let i = 0; i < 10; i++) {
    const guest = await meeting.join(`Guest ${i}`);
    await guest.call.leave();
    await settle();
    expect(seen(ada)).toEqual([]);
  }
  expect(ada.environment.peers.every((peer) => peer.getTransceivers().length === 4)).toBe(true);
});

test('the bridge is told what we want to see and what we show, again after its channel broke', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const told = () => meeting.server.bridge.received.get('aaaaaaa2') ?? [];
  expect(told()[0]).toMatchObject({ colibriClass: 'ReceiverVideoConstraints', lastN: -1 });
  expect(told()[1]).toEqual({
    colibriClass: 'SourceVideoTypeMessage',
    sourceName: 'aaaaaaa2-v0',
    videoType: 'camera',
  });

  const before = told().length;
  meeting.server.bridge.drop('aaaaaaa2');
  await meeting.clock.advance(400);
  expect(meeting.server.bridge.has('aaaaaaa2')).toBe(false);
  await meeting.clock.advance(200);
  expect(meeting.server.bridge.has('aaaaaaa2')).toBe(true);
  expect(told()[before]).toMatchObject({ colibriClass: 'ReceiverVideoConstraints' });
  expect(bob.call.state).toBe('connected');
});

test('a bridge channel that stays away is tried less and less often', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  meeting.server.bridge.accepting = false;
  meeting.server.bridge.drop('aaaaaaa2');
  await meeting.clock.advance(120_000);
  meeting.server.bridge.accepting = true;
  await meeting.clock.advance(60_000);
  expect(meeting.server.bridge.has('aaaaaaa2')).toBe(true);
  expect(bob.call.state).toBe('connected');
});

test('who speaks, what is forwarded and what applications tell each other', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const { bridge } = meeting.server;
  bridge.send(undefined, {
    colibriClass: 'DominantSpeakerEndpointChangeEvent',
    dominantSpeakerEndpoint: 'aaaaaaa2',
    previousSpeakers: ['aaaaaaa1'],
  });
  bridge.send('aaaaaaa1', { colibriClass: 'ForwardedSources', forwardedSources: [] });
  await settle();
  expect(ada.call.dominantSpeaker).toBe('aaaaaaa2');
  expect(ada.heard('dominant-speaker')).toEqual([{ participantId: 'aaaaaaa2', previous: ['aaaaaaa1'] }]);
  expect(shown(ada, 'aaaaaaa2').map(({ forwarded }) => forwarded)).toEqual([true, false]);
  bridge.send('aaaaaaa1', { colibriClass: 'ForwardedSources', forwardedSources: ['aaaaaaa2-v0'] });
  await settle();
  expect(shown(ada, 'aaaaaaa2').map(({ forwarded }) => forwarded)).toEqual([true, true]);

  expect(bob.call.sendMessage('aaaaaaa1', { wave: true })).toBe(true);
  await settle();
  expect(ada.heard('message')).toEqual([{ from: 'aaaaaaa2', payload: { wave: true } }]);

  await bob.call.leave();
  await settle();
  expect(ada.call.dominantSpeaker).toBeUndefined();
});
