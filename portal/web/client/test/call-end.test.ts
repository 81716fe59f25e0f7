import { expect, test } from 'vitest';
import { Meeting, seen } from './fake/meeting.ts';
import { settle } from './fake/virtual-clock.ts';

const node = (id: string) => `${id}-0000-4000-8000-000000000000`;

test('who leaves disappears at the others, sources first', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const before = ada.events.length;
  await bob.call.leave();
  await settle();

  expect(bob.call.state).toBe('left');
  expect(bob.heard('ended')).toMatchObject([{ by: 'left', error: undefined }]);
  expect(bob.call.participants.size).toBe(0);
  expect(ada.events.slice(before).map(({ name }) => name)).toEqual([
    'source-removed',
    'source-removed',
    'participant-left',
  ]);
  expect(seen(ada)).toEqual([]);
});

test('leaving says everything before it returns, so that it serves while the page is closed', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  const before = meeting.server.received.length;
  void bob.call.leave();
  // No timer, no answer, no further turn of the event loop is needed.
  await Promise.resolve();
  const said = meeting.server.received.slice(before).map(({ text }) => text);
  expect(said).toHaveLength(3);
  expect(said[0]).toContain('action="session-terminate"');
  expect(said[1]).toContain('type="unavailable"');
  expect(said[2]).toBe('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>');
});

test('nothing is left behind when a call is over', async () => {
  const meeting = new Meeting();
  const people = [await meeting.join('Ada'), await meeting.join('Bob')];
  for (const { call } of people) {
    const left = call.leave();
    await meeting.clock.advance(2_000);
    await left;
  }
  expect(meeting.clock.pending).toBe(0);
  expect(people.every(({ environment }) => environment.peer.connectionState === 'closed')).toBe(true);
  expect(meeting.server.bridge.has('aaaaaaa1')).toBe(false);
});

test('leaving twice, before joining, or while joining does no harm', async () => {
  const meeting = new Meeting();
  const ada = meeting.person('Ada');
  await ada.call.leave();
  await ada.call.leave();
  expect(ada.heard('ended')).toHaveLength(1);

  const bob = meeting.person('Bob');
  const joined = bob.call.join().catch((error: unknown) => error);
  const left = bob.call.leave();
  await meeting.clock.advance(20_000);
  await left;
  expect(await joined).toMatchObject({ code: 'wrong-state' });
  expect(bob.call.state).toBe('left');
  expect(meeting.clock.pending).toBe(0);
});

test('a moderator ends the meeting for everybody', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', true);
  const bob = await meeting.join('Bob');
  await ada.call.endForEveryone();
  await settle();
  for (const person of [ada, bob]) {
    expect(person.call.state).toBe('left');
    expect(person.heard('ended')).toMatchObject([
      { by: 'ended', reason: 'The meeting was ended by a moderator' },
    ]);
  }
});

test('who is no moderator ends nothing', async () => {
  const meeting = new Meeting();
  await meeting.join('Ada', true);
  const bob = await meeting.join('Bob');
  const refused = bob.call.endForEveryone().catch((error: unknown) => error);
  await meeting.clock.advance(6_000);
  expect(await refused).toMatchObject({ code: 'not-allowed' });
  await expect(bob.call.kick('aaaaaaa1')).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(bob.call.muteParticipant('aaaaaaa1', 'audio')).rejects.toMatchObject({ code: 'not-allowed' });
  expect(bob.call.state).toBe('connected');
});

test('a moderator removes somebody', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', true);
  const bob = await meeting.join('Bob');
  await ada.call.kick('aaaaaaa2', 'Too loud');
  await settle();
  expect(bob.call.state).toBe('left');
  expect(bob.heard('ended')).toMatchObject([{ by: 'kicked', reason: 'Too loud' }]);
  expect(ada.heard('participant-left')).toHaveLength(1);
});

test('a moderator mutes somebody; an order that does not come from the focus is refused', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada', true);
  const bob = await meeting.join('Bob');
  await ada.call.muteParticipant('aaaaaaa2', 'audio');
  await settle();
  expect(bob.heard('muted-by')).toEqual([{ kind: 'audio', participantId: 'aaaaaaa1' }]);
  expect(bob.environment.peer.sent(0)).toBeNull();
  expect(ada.call.participants.get('aaaaaaa2')?.sources[0]?.muted).toBe(true);

  meeting.server.raw(
    'aaaaaaa1',
    `<iq xmlns="jabber:client" type="set" id="evil" from="room@conference.example.test/aaaaaaa2"><mute xmlns="http://jitsi.org/jitmeet/audio">true</mute></iq>`,
  );
  await settle();
  expect(ada.call.local.sources[0]?.muted).toBe(false);
  expect(meeting.server.sent(node('aaaaaaa1'), 'id="evil"')[0]).toContain('type="error"');
});

test('chat reaches everybody, with the name of who wrote it', async () => {
  const meeting = new Meeting();
  const ada = await meeting.join('Ada');
  const bob = await meeting.join('Bob');
  bob.call.sendChat('<b>hello</b> & "good" \u{1f600}\u0000');
  bob.call.sendChat('   ');
  await settle();
  const text = '<b>hello</b> & "good" \u{1f600}';
  expect(ada.heard('chat')).toMatchObject([{ participantId: 'aaaaaaa2', name: 'Bob', text, own: false }]);
  expect(bob.heard('chat')).toMatchObject([{ participantId: 'aaaaaaa2', name: 'Bob', text, own: true }]);
  expect(() => bob.call.sendChat('x'.repeat(10_001))).toThrow(
    expect.objectContaining({ code: 'wrong-state' }),
  );
});
