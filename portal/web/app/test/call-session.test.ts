import { CallError } from '@video-window/client';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeCall } from '../stories/fake-call.ts';
import { ticket } from '../stories/fake-portal.ts';
import { CallSession } from '../src/call/call-session.ts';
import type { CallNotice } from '../src/call/notice.ts';
import { OwnMedia } from '../src/media/own-media.ts';
import { fakeCall, FakeDevices, settled } from './fakes.ts';

let call: FakeCall;
let media: OwnMedia;
let session: CallSession;
let notices: CallNotice[];

const person = (id: string): NonNullable<ReturnType<FakeCall['participants']['get']>> => {
  const found = call.participants.get(id);
  if (found === undefined) {
    throw new Error(`${id} is not there`);
  }
  return found;
};

beforeEach(async () => {
  localStorage.clear();
  media = new OwnMedia(new FakeDevices().as);
  await media.open();
  call = fakeCall();
  session = new CallSession(call, ticket, media);
  notices = [];
  session.onNotice((notice) => notices.push(notice));
});

describe('a call session', () => {
  test('gathers who is here without announcing those who were here before', async () => {
    const [first] = call.participants.values();
    if (first !== undefined) {
      call.emit('participant-joined', { participant: first });
    }
    await session.join();
    expect(session.state.others).toHaveLength(2);
    expect(notices).toEqual([]);
  });

  test('announces who comes and goes', async () => {
    await session.join();
    const [id] = call.participants.keys();
    const participant = person(id ?? '');
    call.participants.delete(participant.id);
    call.emit('participant-left', { participant });
    expect(session.state.others).toHaveLength(1);
    call.participants.set(participant.id, participant);
    call.emit('participant-joined', { participant });
    expect(notices.map((notice) => notice.text)).toEqual([
      `${participant.name} left`,
      `${participant.name} joined`,
    ]);
  });

  test('keeps silent about those who reappear when the connection comes back', async () => {
    await session.join();
    call.emit('state', { state: 'reconnecting', previous: 'connected' });
    for (const participant of call.participants.values()) {
      call.emit('participant-left', { participant });
      call.emit('participant-joined', { participant });
    }
    expect(notices).toEqual([]);
  });

  test('who speaks is never ourselves', async () => {
    await session.join();
    const { speaker } = session.state;
    expect(speaker).toBeDefined();
    call.emit('dominant-speaker', { participantId: ticket.endpointId, previous: [] });
    expect(session.state.speaker).toBe(speaker);
  });

  test('camera off: first the others are told, then the track goes; on: the other way round', async () => {
    await session.join();
    call.asked.length = 0;
    await media.setCamera(false);
    await settled();
    expect(call.asked).toEqual(['video muted', 'video track none']);
    call.asked.length = 0;
    await media.setCamera(true);
    await settled();
    expect(call.asked).toEqual([expect.stringMatching(/^video track video-/u), 'video unmuted']);
  });

  test('of many clicks the last one counts', async () => {
    await session.join();
    for (const on of [false, true, false, true, false]) {
      void media.setMicrophone(on);
    }
    await settled();
    expect(call.asked.at(-1)).toBe('audio muted');
    void media.setMicrophone(true);
    await settled();
    expect(call.asked.at(-1)).toBe('audio unmuted');
  });

  test('a camera that starts after joining is published then', async () => {
    const slow = new OwnMedia(new FakeDevices().as);
    const late = fakeCall();
    const other = new CallSession(late, ticket, slow);
    await other.join();
    await slow.open();
    await settled();
    expect(late.asked.filter((what) => what.includes('unmuted'))).toEqual(['audio unmuted', 'video unmuted']);
  });

  test('muted by a moderator: the button shows it, and the library is not told twice', async () => {
    await session.join();
    call.asked.length = 0;
    const [id] = call.participants.keys();
    call.emit('muted-by', { kind: 'audio', participantId: id ?? '' });
    await settled();
    expect(media.state.microphone.on).toBe(false);
    expect(call.asked).toEqual([]);
    expect(notices.at(-1)).toMatchObject({
      tone: 'warning',
      text: expect.stringMatching(/muted your microphone$/u) as string,
    });
  });

  test('a join that fails ends with the reason', async () => {
    call.join = () => Promise.reject(new CallError('focus-unavailable', 'x', 'retry'));
    await session.join();
    expect(session.state.end).toMatchObject({ by: 'failed', error: { code: 'focus-unavailable' } });
  });

  test('the end comes once, from the library, and stops publishing', async () => {
    await session.join();
    call.emit('ended', { by: 'kicked', reason: undefined, message: '', error: undefined });
    call.asked.length = 0;
    await media.setMicrophone(false);
    await settled();
    expect(session.state.end?.by).toBe('kicked');
    expect(call.asked).toEqual([]);
  });

  test('a moderator who ends the meeting is told that it was them', async () => {
    await session.join();
    await session.endForEveryone();
    expect(session.state).toMatchObject({ endedByUs: true, end: { by: 'ended' } });
  });

  test('an end that was refused is not ours when it comes from another', async () => {
    await session.join();
    call.endForEveryone = () => Promise.reject(new CallError('not-allowed', 'No.', 'ask-moderator'));
    await session.endForEveryone();
    call.emit('ended', { by: 'ended', reason: undefined, message: '', error: undefined });
    expect(session.state.endedByUs).toBe(false);
  });

  test('a refused order is told and does no harm', async () => {
    await session.join();
    call.kick = () => Promise.reject(new CallError('not-allowed', 'You may not do that.', 'ask-moderator'));
    await session.remove(person([...call.participants.keys()][0] ?? ''));
    expect(notices.at(-1)).toEqual({ text: 'You may not do that.', tone: 'warning' });
  });

  test('counts what the others wrote, and keeps a bounded number of lines', async () => {
    await session.join();
    const [id] = call.participants.keys();
    for (let line = 0; line < 1_100; line++) {
      call.hear(id ?? '', `line ${line}`);
    }
    session.sendChat('mine');
    expect(session.state.received).toBe(1_100);
    expect(session.state.chat).toHaveLength(1_000);
    expect(session.state.chat.at(-1)?.own).toBe(true);
  });
});
