import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeFetch, type PortalStory } from '../stories/fake-portal.ts';
import { Portal } from '../src/api/portal.ts';
import { App } from '../src/app.tsx';
import { FakeDevices, pretendBrowser } from './fakes.ts';

let devices: FakeDevices;

function open(path: string, story: Partial<PortalStory> = {}): void {
  history.replaceState(null, '', path);
  const portal = new Portal(
    fakeFetch({ signedIn: true, empty: false, guestsAllowed: true, problem: undefined, ...story }),
    () => 'XSRF-TOKEN=test',
  );
  render(<App portal={portal} />);
}

const button = (name: string): HTMLElement => screen.getByRole('button', { name });

beforeEach(() => {
  localStorage.clear();
  pretendBrowser({ width: 1200, height: 700 });
  devices = new FakeDevices();
  vi.stubGlobal('navigator', Object.create(navigator, { mediaDevices: { value: devices } }) as Navigator);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('signing in and up', () => {
  test('the start page asks who is not signed in to sign in', async () => {
    open('/', { signedIn: false });
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeDefined();
  });

  test('a wrong password is said in a sentence, and read out', async () => {
    open('/sign-in', { signedIn: false });
    await userEvent.type(await screen.findByLabelText('E-mail'), 'olga@example.org');
    await userEvent.type(screen.getByLabelText('Password'), 'wrong');
    await userEvent.click(button('Sign in'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('E-mail address or password is wrong');
  });

  test('what is wrong with a field stands at the field', async () => {
    open('/sign-up', { signedIn: false });
    await userEvent.type(await screen.findByLabelText('Name'), 'Olga');
    await userEvent.type(screen.getByLabelText('E-mail'), 'olga@example.org');
    await userEvent.type(screen.getByLabelText('Password'), 'short');
    await userEvent.click(button('Create account'));
    await waitFor(() => expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText(/at least 10 characters/u)).toBeDefined();
  });

  test('a password can be shown', async () => {
    open('/sign-in', { signedIn: false });
    await userEvent.click(await screen.findByRole('button', { name: 'Show password' }));
    expect(screen.getByLabelText('Password').getAttribute('type')).toBe('text');
  });

  test('signing out leads back to signing in', async () => {
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeDefined();
  });

  test('a server that cannot be reached can be tried again', async () => {
    history.replaceState(null, '', '/');
    const fetcher = vi.fn<typeof fetch>().mockRejectedValueOnce(new TypeError('no network'));
    fetcher.mockImplementation(
      fakeFetch({ signedIn: true, empty: true, guestsAllowed: true, problem: undefined }),
    );
    render(<App portal={new Portal(fetcher, () => '')} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Meetings' })).toBeDefined();
  });
});

describe('meetings', () => {
  test('there is exactly one heading that is named so, even when the list is empty', async () => {
    open('/', { empty: true });
    await screen.findByText('Nothing here yet');
    expect(screen.getAllByRole('heading', { name: /meetings/iu })).toHaveLength(1);
  });

  test('a new one stands at the top', async () => {
    open('/');
    await screen.findByText('Choir practice');
    await userEvent.type(screen.getByLabelText('Meeting name'), 'Retrospective');
    await userEvent.click(button('Create meeting'));
    await screen.findByText('Retrospective');
    expect(screen.getAllByRole('heading', { level: 2 })[0]?.textContent).toBe('Retrospective');
  });

  test('deleting asks first', async () => {
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'More for Interviews' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Interviews' })).toBeNull());
  });

  test('a moderator cannot rename or delete, only stop', async () => {
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'More for Choir practice' }));
    const names = screen.getAllByRole('menuitem').map((item) => item.textContent);
    expect(names).toEqual(['Stop moderating']);
  });

  test('Escape closes a menu and gives the focus back', async () => {
    open('/');
    const more = await screen.findByRole('button', { name: 'More for Interviews' });
    await userEvent.click(more);
    await userEvent.keyboard('{ArrowDown}{Escape}');
    expect(screen.queryByRole('menuitem')).toBeNull();
    expect(document.activeElement).toBe(more);
  });
});

describe('before the call', () => {
  test('a guest is asked for a name, an account is not', async () => {
    open('/j/abc', { signedIn: false });
    expect(await screen.findByLabelText('Your name')).toBeDefined();
    cleanup();
    open('/j/abc');
    expect(await screen.findByRole('button', { name: 'Join' })).toBeDefined();
    expect(screen.queryByLabelText('Your name')).toBeNull();
  });

  test('where guests are not admitted, they are led to signing in and back', async () => {
    open('/j/abc', { signedIn: false, guestsAllowed: false });
    const link = await screen.findByRole('link', { name: 'Sign in' });
    expect(link.getAttribute('href')).toMatch(/^\/sign-in\?next=%2Fj%2F/u);
    expect(screen.queryByRole('button', { name: 'Join' })).toBeNull();
  });

  test('a refused camera and microphone are one message with a way out, and joining stays possible', async () => {
    devices.answer = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    open('/j/abc');
    expect(await screen.findByText(/blocks camera and microphone/u)).toBeDefined();
    expect(button('Join')).toBeDefined();
    devices.answer = () => undefined;
    await userEvent.click(button('Try again'));
    await waitFor(() => expect(screen.queryByText(/blocks camera/u)).toBeNull());
  });

  test('a refusal of the ticket is said on the page', async () => {
    open('/j/abc');
    await screen.findByRole('button', { name: 'Join' });
    vi.spyOn(Portal.prototype, 'ticket').mockRejectedValue(
      new (await import('../src/api/problem.ts')).Problem('no-shard', 503, ''),
    );
    await userEvent.click(button('Join'));
    expect((await screen.findByRole('alert')).textContent).toContain('No conference server is ready');
  });

  test('a link that leads nowhere says so', async () => {
    open('/j/abc', { problem: 'no-such-meeting' });
    expect(await screen.findByRole('heading', { name: 'There is no such meeting' })).toBeDefined();
  });

  test('the devices are let go when the page is left', async () => {
    open('/j/abc');
    await screen.findByRole('button', { name: 'Join' });
    await waitFor(() => expect(devices.tracks.length).toBeGreaterThan(0));
    cleanup();
    expect(devices.tracks.every((track) => track.readyState === 'ended')).toBe(true);
  });
});

test('an address without a page says so', async () => {
  open('/nowhere');
  expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeDefined();
});
