import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FakeCall } from '../stories/fake-call.ts';
import { ticket } from '../stories/fake-portal.ts';
import { CallPage } from '../src/call/call-page.tsx';
import { CallSession } from '../src/call/call-session.ts';
import { Toasts } from '../src/design/toast.tsx';
import { OwnMedia } from '../src/media/own-media.ts';
import { fakeCall, FakeDevices, pretendBrowser } from './fakes.ts';

let call: FakeCall;
let media: OwnMedia;
let session: CallSession;

async function enter(
  cast: Parameters<typeof fakeCall>[0] = {},
  role: 'owner' | 'guest' = 'owner',
): Promise<void> {
  media = new OwnMedia(new FakeDevices().as);
  await media.open();
  call = fakeCall(cast, role);
  session = new CallSession(call, { ...ticket, role }, media);
  render(
    <Toasts>
      <CallPage session={session} />
    </Toasts>,
  );
  await act(() => session.join());
}

const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const tiles = (): HTMLElement[] => screen.getAllByTestId('tile');

beforeEach(() => {
  localStorage.clear();
  pretendBrowser({ width: 1200, height: 700 });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the call page', () => {
  test('shows a tile for everybody, with what tests and tools read', async () => {
    await enter();
    const facts = tiles().map(({ dataset }) => [dataset['local'], dataset['muted'], dataset['video']]);
    expect(facts).toEqual([
      ['true', 'false', 'on'],
      ['false', 'false', 'on'],
      ['false', 'false', 'on'],
    ]);
    expect(tiles()[0]?.dataset).toMatchObject({
      endpoint: ticket.endpointId,
      source: `${ticket.endpointId}-v0`,
    });
    expect(globalThis.videoWindow?.session).toBe(session);
  });

  test('the buttons say what they will do', async () => {
    await enter();
    const user = userEvent.setup();
    await user.click(button('Mute microphone'));
    expect(button('Unmute microphone')).toBeDefined();
    await user.click(button('Turn camera off'));
    expect(button('Turn camera on')).toBeDefined();
    expect(tiles()[0]?.dataset).toMatchObject({ muted: 'true', video: 'off' });
    expect(call.asked).toContain('audio muted');
    expect(call.asked).toContain('video track none');
  });

  test('keys do the same, but not while somebody types, nor when switched off', async () => {
    await enter();
    const user = userEvent.setup();
    await user.keyboard('m');
    expect(button('Unmute microphone')).toBeDefined();
    await user.keyboard('c');
    await user.type(screen.getByLabelText('Message'), 'my message');
    expect(button('Unmute microphone')).toBeDefined();
    await user.keyboard('{Escape}');
    expect(screen.queryByLabelText('Message')).toBeNull();
    localStorage.setItem('vw.shortcuts', 'off');
    await user.keyboard('m');
    expect(button('Unmute microphone')).toBeDefined();
  });

  test('the chat opens with the focus in its field and gives it back', async () => {
    await enter();
    const user = userEvent.setup();
    await user.click(button('Chat'));
    expect(document.activeElement).toBe(screen.getByLabelText('Message'));
    await user.keyboard('Good morning{Enter}');
    expect(within(screen.getByRole('log')).getByText('Good morning')).toBeDefined();
    expect(button('Chat').getAttribute('aria-pressed')).toBe('true');
    await user.click(button('Close chat'));
    expect(document.activeElement).toBe(button('Chat'));
  });

  test('counts what was not read, without changing the name of the button', async () => {
    await enter();
    const [id] = call.participants.keys();
    act(() => call.hear(id ?? '', 'one'));
    act(() => call.hear(id ?? '', 'two'));
    expect(screen.getByText('2 unread')).toBeDefined();
    await userEvent.click(button('Chat'));
    await userEvent.click(button('Chat'));
    expect(screen.queryByText(/unread/u)).toBeNull();
  });

  test('a message is text, whatever is in it', async () => {
    await enter();
    const [id] = call.participants.keys();
    act(() => call.hear(id ?? '', '<img src=x onerror=alert(1)> https://a.example'));
    await userEvent.click(button('Chat'));
    const log = screen.getByRole('log');
    expect(log.querySelector('img')).toBeNull();
    expect(within(log).getByRole('link').getAttribute('rel')).toContain('noopener');
  });

  test('a moderator chooses between leaving and ending', async () => {
    await enter();
    await userEvent.click(button('Leave'));
    expect(document.activeElement?.textContent).toBe('Leave meeting');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(call.asked).toContain('end');
  });

  test('anybody else leaves at once', async () => {
    await enter({}, 'guest');
    await userEvent.click(button('Leave'));
    expect(call.asked).toContain('leave');
  });

  test('a moderator mutes and removes, after a question', async () => {
    await enter();
    const [first] = call.participants.values();
    await userEvent.click(button('Participants'));
    await userEvent.click(button(`Actions for ${first?.name ?? ''}`));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Mute' }));
    expect(call.asked).toContain(`mute ${first?.id ?? ''}`);
    await userEvent.click(button(`Actions for ${first?.name ?? ''}`));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Remove' }));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(call.asked).toContain(`kick ${first?.id ?? ''}`));
  });

  test('a guest sees who is here, and no orders', async () => {
    await enter({}, 'guest');
    await userEvent.click(button('Participants'));
    expect(screen.queryByRole('button', { name: /^Actions for/u })).toBeNull();
  });

  test('a screen takes the stage; videos stay the same elements when the view changes', async () => {
    await enter({ screen: true });
    expect(tiles()).toHaveLength(4);
    const before = tiles().map((tile) => tile.querySelector('video'));
    await userEvent.click(button('Grid view'));
    expect(button('Speaker view')).toBeDefined();
    expect(tiles().map((tile) => tile.querySelector('video'))).toEqual(before);
  });

  test('everybody is heard, whoever is seen', async () => {
    pretendBrowser({ width: 340, height: 300 });
    await enter({ people: 12 });
    expect(tiles().length).toBeLessThan(13);
    expect(document.querySelectorAll('audio')).toHaveLength(12);
  });

  test('where playing is refused, a tap brings the sound', async () => {
    let refuse = true;
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(() =>
      refuse ? Promise.reject(new DOMException('no', 'NotAllowedError')) : Promise.resolve(),
    );
    await enter();
    const tap = await screen.findByRole('button', { name: 'Tap to hear' });
    refuse = false;
    await userEvent.click(tap);
    expect(screen.queryByRole('button', { name: 'Tap to hear' })).toBeNull();
  });

  test('a lost connection is told', async () => {
    await enter();
    act(() => call.emit('state', { state: 'reconnecting', previous: 'connected' }));
    expect(screen.getByText(/Trying to get back/u)).toBeDefined();
  });

  test('nothing on the page is named like the field of the chat', async () => {
    // Whoever looks for "Message" finds one thing.
    await enter({ chat: true });
    await userEvent.click(button('Chat'));
    expect(screen.getAllByLabelText(/message/iu)).toHaveLength(1);
  });

  test('a screen that begins while another page is looked at is asked for at once, and large', async () => {
    await enter({ people: 60 });
    await userEvent.setup().click(button('Next page'));
    expect(call.receiving).toMatchObject({ onStage: [], otherHeight: 0 });
    const [sharer] = call.participants.values();
    expect(sharer && call.receiving.heights?.has(`${sharer.id}-v0`)).toBe(false);
    act(() => call.listScreen(0));
    expect(call.receiving).toMatchObject({ onStage: [`${sharer?.id}-v1`], otherHeight: 0 });
    expect(call.receiving.heights?.get(`${sharer?.id}-v1`)).toBeGreaterThanOrEqual(360);
    const [tile] = tiles().filter(({ dataset }) => dataset['source'] === `${sharer?.id}-v1`);
    expect(tile?.dataset['video']).toBe('off');
  });
});
