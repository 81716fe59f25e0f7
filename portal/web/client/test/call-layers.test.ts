import { expect, test } from 'vitest';
import { fakeTrack } from './fake/fake-media.ts';
import { Meeting, type Person } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

const told = (meeting: Meeting, id: string, what: string): Record<string, unknown>[] =>
  (meeting.server.bridge.received.get(id) ?? []).filter((message) => message['colibriClass'] === what);

const wanted = async (meeting: Meeting, sourceName: string, maxHeight: unknown): Promise<void> => {
  meeting.server.bridge.send(sourceName.split('-')[0], {
    colibriClass: 'SenderSourceConstraints',
    sourceName,
    maxHeight,
  });
  await settle();
};

/** Which encodings of a line are sent. */
const active = (person: Person, line: number): unknown[] =>
  person.environment.peer.encodings(line).map((encoding) => encoding['active']);

const announced = (meeting: Meeting, name: string): number[] => {
  const [owner = ''] = name.split('-');
  return meeting.server.focus.sources.get(owner)?.find((source) => source.name === name)?.ssrcs ?? [];
};

async function two(options: Parameters<Meeting['person']>[2] = {}): Promise<[Meeting, Person]> {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = meeting.person('Bob', false, options);
  await meeting.enter(bob, { audio: bob.audio, video: bob.video });
  return [meeting, bob];
}

test('a camera is announced with three encodings and their retransmissions', async () => {
  const [meeting, bob] = await two();
  expect(announced(meeting, 'aaaaaaa2-v0')).toHaveLength(6);
  expect(announced(meeting, 'aaaaaaa2-a0')).toHaveLength(1);
  expect(bob.environment.peer.encodings(1)).toMatchObject([
    { active: true, scaleResolutionDownBy: 4, scalabilityMode: 'L1T3' },
    { active: true, scaleResolutionDownBy: 2, scalabilityMode: 'L1T3' },
    { active: true, scaleResolutionDownBy: 1, scalabilityMode: 'L1T3' },
  ]);
});

test('by stream id a camera is announced with the ids of its encodings and no SSRC', async () => {
  const [meeting, bob] = await two({ simulcastBy: 'rid' });
  const rids = () =>
    meeting.server.focus.sources.get('aaaaaaa2')?.find(({ name }) => name === 'aaaaaaa2-v0')?.rids;
  expect(rids()).toEqual(['1', '2', '3']);
  expect(announced(meeting, 'aaaaaaa2-v0')).toEqual([]);
  expect(announced(meeting, 'aaaaaaa2-a0')).toHaveLength(1);
  await bob.call.startScreenShare(fakeTrack('video'));
  await settle();
  expect(announced(meeting, 'aaaaaaa2-v1')).toHaveLength(2);
  expect(rids()).toEqual(['1', '2', '3']);
});

test('of somebody who joins with the camera off the encodings are announced when it is turned on', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob', false, {});
  expect(announced(meeting, 'aaaaaaa2-v0')).toEqual([]);
  await bob.call.setVideoTrack(bob.video);
  await settle();
  expect(announced(meeting, 'aaaaaaa2-v0')).toHaveLength(6);
});

test('more people do not change the SSRCs of what is sent', async () => {
  const [meeting, bob] = await two();
  const before = announced(meeting, 'aaaaaaa2-v0');
  await meeting.join('Cem');
  await bob.call.startScreenShare(fakeTrack('video'));
  await settle();
  expect(announced(meeting, 'aaaaaaa2-v0')).toEqual(before);
  expect(announced(meeting, 'aaaaaaa2-v1')).toHaveLength(2);
});

test('with VP9 the sizes are layers of one stream', async () => {
  const [meeting, bob] = await two({ videoCodec: 'vp9' });
  expect(announced(meeting, 'aaaaaaa2-v0')).toHaveLength(2);
  expect(bob.environment.peer.encodings(1)).toMatchObject([
    { active: true, scaleResolutionDownBy: 1, scalabilityMode: 'L3T3_KEY' },
  ]);
});

test('a codec that the meeting does not have: VP8 takes its place', async () => {
  const [meeting] = await two({ videoCodec: 'av1' });
  expect(announced(meeting, 'aaaaaaa2-v0')).toHaveLength(6);
});

test('a screen is one stream in full size, whatever somebody sees of it', async () => {
  const [meeting, bob] = await two();
  await bob.call.startScreenShare(fakeTrack('video'));
  await settle();
  const line = bob.environment.peer.getTransceivers().findLastIndex(({ sender }) => sender.track !== null);
  await wanted(meeting, 'aaaaaaa2-v1', 180);
  expect(bob.environment.peer.encodings(line)).toMatchObject([{ active: true, scaleResolutionDownBy: 1 }]);
  await wanted(meeting, 'aaaaaaa2-v1', 0);
  expect(active(bob, line)).toEqual([false]);
});

test('what nobody watches is not sent, and is again when somebody does', async () => {
  const [meeting, bob] = await two();
  await wanted(meeting, 'aaaaaaa2-v0', 180);
  expect(active(bob, 1)).toEqual([true, false, false]);
  await wanted(meeting, 'aaaaaaa2-v0', 360);
  expect(active(bob, 1)).toEqual([true, true, false]);
  await wanted(meeting, 'aaaaaaa2-v0', 0);
  expect(active(bob, 1)).toEqual([false, false, false]);
  await wanted(meeting, 'aaaaaaa2-v0', -1);
  expect(active(bob, 1)).toEqual([true, true, true]);
});

test('many changes at once: the last one counts', async () => {
  const [meeting, bob] = await two();
  for (const maxHeight of [0, 720, 180, 0, 360]) {
    meeting.server.bridge.send('aaaaaaa2', {
      colibriClass: 'SenderSourceConstraints',
      sourceName: 'aaaaaaa2-v0',
      maxHeight,
    });
  }
  await settle();
  expect(active(bob, 1)).toEqual([true, true, false]);
});

test('wishes for sources of others, for none and without sense change nothing', async () => {
  const [meeting, bob] = await two();
  await wanted(meeting, 'aaaaaaa2-v9', 0);
  await wanted(meeting, 'aaaaaaa2-a0', 0);
  for (const maxHeight of ['180', 1.5, -2, null, undefined]) {
    await wanted(meeting, 'aaaaaaa2-v0', maxHeight);
  }
  expect(active(bob, 1)).toEqual([true, true, true]);
});

test('the bridge is told what is shown: what has changed only, and all of it after its channel broke', async () => {
  const [meeting, bob] = await two();
  const constraints = () => told(meeting, 'aaaaaaa2', 'ReceiverVideoConstraints');
  expect(constraints()).toMatchObject([{ lastN: -1, defaultConstraints: { maxHeight: 2160 } }]);
  await meeting.clock.advance(1_000);
  bob.call.setReceiving({ onStage: ['aaaaaaa1-v0'], heights: new Map([['aaaaaaa1-v0', 720]]) });
  await settle();
  expect(constraints()[1]).toEqual({
    colibriClass: 'ReceiverVideoConstraints',
    onStageSources: ['aaaaaaa1-v0'],
    constraints: { 'aaaaaaa1-v0': { maxHeight: 720 } },
  });
  await meeting.clock.advance(1_000);
  bob.call.setReceiving({ onStage: ['aaaaaaa1-v0'] });
  await settle();
  expect(constraints()).toHaveLength(2);
  meeting.server.bridge.drop('aaaaaaa2');
  await meeting.clock.advance(2_000);
  expect(constraints()[2]).toEqual({
    colibriClass: 'ReceiverVideoConstraints',
    lastN: -1,
    onStageSources: ['aaaaaaa1-v0'],
    selectedSources: [],
    defaultConstraints: { maxHeight: 2160 },
    constraints: { 'aaaaaaa1-v0': { maxHeight: 720 } },
  });
});

test('a window that is dragged does not flood the bridge, and its last size is told', async () => {
  const [meeting, bob] = await two();
  await meeting.clock.advance(1_000);
  for (let height = 200; height < 300; height++) {
    bob.call.setReceiving({ heights: new Map([['aaaaaaa1-v0', height]]) });
    await meeting.clock.advance(10);
  }
  await meeting.clock.advance(1_000);
  const constraints = told(meeting, 'aaaaaaa2', 'ReceiverVideoConstraints').slice(1);
  expect(constraints.length).toBeLessThanOrEqual(8);
  expect(constraints[0]).toMatchObject({ constraints: { 'aaaaaaa1-v0': { maxHeight: 200 } } });
  expect(constraints.at(-1)).toMatchObject({ constraints: { 'aaaaaaa1-v0': { maxHeight: 299 } } });
});

test('a wish from before the call is told when there is a bridge', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = meeting.person('Bob');
  bob.call.setReceiving({ lastN: 0 });
  await meeting.enter(bob);
  expect(told(meeting, 'aaaaaaa2', 'ReceiverVideoConstraints')).toMatchObject([{ lastN: 0 }]);
});
