import { expect, test } from 'vitest';
import { readBridgeMessage } from '../src/channel/messages.ts';
import { fakeTrack } from './fake/fake-media.ts';
import { heardOf, Meeting, type Person, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

const video = (source: string, ssrc: number): Record<string, unknown> => ({
  source,
  owner: source.split('-')[0],
  ssrc,
  rtx: ssrc + 1,
  videoType: 'CAMERA',
});

/** Somebody in a meeting of several, whose focus tells of nobody's sources. */
async function meetingOf(others: number): Promise<[Meeting, Person]> {
  const meeting = new Meeting();
  for (let index = 0; index < others; index++) {
    await meeting.join(`Other ${index}`, false, {});
  }
  const eva = meeting.person('Eva', false, { sourceMapping: true });
  await meeting.enter(eva);
  return [meeting, eva];
}

async function map(meeting: Meeting, eva: Person, ...mappedSources: unknown[]): Promise<void> {
  const message = { colibriClass: 'VideoSourcesMap', mappedSources };
  meeting.server.bridge.send(eva.ticket.endpointId, message);
  await settle();
}

const trackOf = (person: Person, name: string): unknown =>
  [...person.call.participants.values()].flatMap(({ sources }) => sources).find((s) => s.name === name)
    ?.track;

test('sources are where the bridge says, and an SSRC that changes hands keeps its track', async () => {
  const [meeting, eva] = await meetingOf(3);
  await map(meeting, eva, video('aaaaaaa1-v0', 100), video('aaaaaaa2-v0', 200));
  expect(seen(eva)).toEqual(['aaaaaaa1-v0', 'aaaaaaa2-v0']);
  const track = trackOf(eva, 'aaaaaaa1-v0');
  await map(meeting, eva, video('aaaaaaa3-v0', 100));
  expect(seen(eva)).toEqual(['aaaaaaa2-v0', 'aaaaaaa3-v0']);
  expect(trackOf(eva, 'aaaaaaa3-v0')).toBe(track);
  expect(track).toBeDefined();
});

test('two sources that change places, and one that moves to another SSRC', async () => {
  const [meeting, eva] = await meetingOf(3);
  await map(meeting, eva, video('aaaaaaa1-v0', 100), video('aaaaaaa2-v0', 200));
  const [first, second] = [trackOf(eva, 'aaaaaaa1-v0'), trackOf(eva, 'aaaaaaa2-v0')];
  await map(meeting, eva, video('aaaaaaa2-v0', 100), video('aaaaaaa1-v0', 200));
  expect([trackOf(eva, 'aaaaaaa2-v0'), trackOf(eva, 'aaaaaaa1-v0')]).toEqual([first, second]);
  await map(meeting, eva, video('aaaaaaa1-v0', 300));
  expect(seen(eva)).toEqual(['aaaaaaa1-v0', 'aaaaaaa2-v0']);
});

test('voices are mapped apart from pictures', async () => {
  const [meeting, eva] = await meetingOf(1);
  await map(meeting, eva, video('aaaaaaa1-v0', 100));
  meeting.server.bridge.send(eva.ticket.endpointId, {
    colibriClass: 'AudioSourcesMap',
    mappedSources: [{ source: 'aaaaaaa1-a0', owner: 'aaaaaaa1', ssrc: 500 }],
  });
  await settle();
  expect(seen(eva)).toEqual(['aaaaaaa1-a0', 'aaaaaaa1-v0']);
});

test('however many speak in turn, the lines are as many as the SSRCs', async () => {
  const [meeting, eva] = await meetingOf(4);
  for (let turn = 0; turn < 40; turn++) {
    await map(meeting, eva, video(`aaaaaaa${(turn % 4) + 1}-v0`, 100 + 10 * (turn % 3)));
  }
  expect(eva.environment.peer.getTransceivers().length).toBeLessThanOrEqual(2 + 3);
});

test('whoever leaves takes their picture along', async () => {
  const meeting = new Meeting();
  const [ada, bob] = [await meeting.join('Ada', false, {}), await meeting.join('Bob', false, {})];
  const eva = meeting.person('Eva', false, { sourceMapping: true });
  await meeting.enter(eva);
  await map(meeting, eva, video('aaaaaaa1-v0', 100), video('aaaaaaa2-v0', 200));
  await ada.call.leave();
  await settle();
  expect(seen(eva)).toEqual(['aaaaaaa2-v0']);
  expect(bob.call.state).toBe('connected');
});

test.each([
  ['no list', { mappedSources: 7 }, undefined],
  ['an owner whose source it is not', { mappedSources: [{ ...video('a-v0', 1), owner: 'b' }] }, 0],
  ['a voice among pictures', { mappedSources: [{ ...video('a-a0', 1) }] }, 0],
  ['no SSRC', { mappedSources: [{ ...video('a-v0', 1), ssrc: 0 }, null, 'x'] }, 0],
  ['one SSRC for two', { mappedSources: [video('a-v0', 5), video('b-v0', 5)] }, 1],
  ['one source twice', { mappedSources: [video('a-v0', 5), video('a-v0', 9)] }, 1],
  ['no retransmission', { mappedSources: [{ ...video('a-v0', 5), rtx: -1 }] }, 1],
] as const)('a map with %s', (_, message, sources) => {
  const read = readBridgeMessage(JSON.stringify({ colibriClass: 'VideoSourcesMap', ...message }));
  expect(read?.kind === 'mapped-sources' ? read.sources.length : undefined).toBe(sources);
});

test('a screen that is no longer shared goes, although the bridge does not say so', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', false, {});
  const eva = meeting.person('Eva', false, { sourceMapping: true });
  await meeting.enter(eva);
  const screen = { ...video('aaaaaaa1-v1', 200), videoType: 'DESKTOP' };
  await ada.call.startScreenShare(fakeTrack('video'));
  await map(meeting, eva, video('aaaaaaa1-v0', 100), screen);
  expect(seen(eva)).toEqual(['aaaaaaa1-v0', 'aaaaaaa1-v1']);
  await ada.call.stopScreenShare();
  await settle();
  expect(seen(eva)).toEqual(['aaaaaaa1-v0']);
  await ada.call.startScreenShare(fakeTrack('video'));
  await map(meeting, eva, screen);
  expect(seen(eva)).toEqual(['aaaaaaa1-v0', 'aaaaaaa1-v1']);
});

test('a source that is mapped before its owner lists it stays', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', false, {});
  const eva = meeting.person('Eva', false, { sourceMapping: true });
  await meeting.enter(eva);
  await map(meeting, eva, { ...video('aaaaaaa1-v1', 200), videoType: 'DESKTOP' });
  await ada.call.setAudioMuted(true);
  await settle();
  expect(seen(eva)).toContain('aaaaaaa1-v1');
});

test('a mapped SSRC whose source has gone is not taken back, and shows the next one', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', false, {});
  await meeting.join('Bob', false, {});
  const eva = meeting.person('Eva', false, { sourceMapping: true });
  await meeting.enter(eva);
  await map(meeting, eva, video('aaaaaaa1-v0', 100));
  const described = (): string => eva.environment.peer.remoteSdp;
  await ada.call.leave();
  await settle();
  expect(seen(eva)).toEqual([]);
  expect(described()).toContain('a=ssrc:100 ');
  expect(described()).not.toContain('a=inactive');
  await map(meeting, eva, video('aaaaaaa2-v0', 100));
  expect(seen(eva)).toEqual(['aaaaaaa2-v0']);
  await map(meeting, eva, video('aaaaaaa2-v0', 300));
  expect(seen(eva)).toEqual(['aaaaaaa2-v0']);
  expect(described()).not.toContain('a=inactive');
  expect(described().match(/^m=video/gm)).toHaveLength(3);
});

test('a screen is heard of when it begins, before the bridge has it on a stream: who is not asked sends nothing', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', false, {});
  const eva = meeting.person('Eva', false, { sourceMapping: true });
  meeting.server.focus.mapped.add(eva.ticket.endpointId);
  await meeting.enter(eva);
  eva.call.setReceiving({ otherHeight: 0 });
  await ada.call.startScreenShare(fakeTrack('video'));
  await settle();
  expect(heardOf(eva)).toEqual(['aaaaaaa1-v1']);
  expect(eva.call.participants.get('aaaaaaa1')?.sources).toMatchObject([
    { name: 'aaaaaaa1-v1', kind: 'video', videoType: 'desktop', muted: false, forwarded: false },
  ]);
  expect(eva.heard('participant-changed')).not.toEqual([]);
  expect(eva.heard('source-added')).toEqual([]);
  await map(meeting, eva, { ...video('aaaaaaa1-v1', 200), videoType: 'DESKTOP' });
  expect(heardOf(eva)).toEqual([]);
  expect(eva.heard('source-added').map(({ source }) => source.name)).toEqual(['aaaaaaa1-v1']);
  await ada.call.stopScreenShare();
  await settle();
  expect(heardOf(eva)).toEqual([]);
  expect(eva.heard('source-removed').map(({ source }) => source.name)).toEqual(['aaaaaaa1-v1']);
});

test('a voice and a camera that are on no stream are known to be on, or off', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const eva = meeting.person('Eva', false, { sourceMapping: true });
  meeting.server.focus.mapped.add(eva.ticket.endpointId);
  await meeting.enter(eva);
  await map(meeting, eva);
  await ada.call.setVideoMuted(true);
  await settle();
  const muted = eva.call.participants.get('aaaaaaa1')?.sources.map((source) => [source.name, source.muted]);
  expect(muted).toEqual([
    ['aaaaaaa1-a0', false],
    ['aaaaaaa1-v0', true],
  ]);
});
