import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeFetch, type PortalStory } from '../stories/fake-portal.ts';
import { Portal } from '../src/api/portal.ts';
import { App } from '../src/app.tsx';
import { FakeDevices, pretendBrowser } from './fakes.ts';

const story: PortalStory = { signedIn: true, empty: false, guestsAllowed: true, problem: undefined };

/** Opens a page; answers what the portal was asked, newest last. */
function open(path: string, change: Partial<PortalStory> = {}, fetcher?: typeof fetch): string[] {
  history.replaceState(null, '', path);
  const asked: string[] = [];
  const answer = fetcher ?? fakeFetch({ ...story, ...change });
  const portal = new Portal(
    (address, init) => {
      asked.push(
        `${init?.method ?? ''} ${address as string} ${(init?.body as string | undefined) ?? ''}`.trim(),
      );
      return answer(address, init);
    },
    () => 'XSRF-TOKEN=test',
    null,
  );
  render(<App portal={portal} />);
  return asked;
}

const button = (name: string): Promise<HTMLElement> => screen.findByRole('button', { name });
const press = async (name: string): Promise<void> => userEvent.click(await button(name));

beforeEach(() => {
  localStorage.clear();
  pretendBrowser({ width: 1200, height: 700 });
  const devices = new FakeDevices();
  vi.stubGlobal('navigator', Object.create(navigator, { mediaDevices: { value: devices } }) as Navigator);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('signing in', () => {
  test('what the installation does not offer is not shown', async () => {
    open('/sign-in', { signedIn: false, bare: true });
    await screen.findByRole('heading', { name: 'Sign in' });
    expect(screen.queryByRole('link', { name: 'Create an account' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Forgot your password?' })).toBeNull();
    expect(screen.queryByText(/Continue with/u)).toBeNull();
    expect(screen.getByRole('link', { name: 'Test my connection' })).toBeDefined();
  });

  test('another service brings one back to where one wanted to go', async () => {
    open('/sign-in?next=/j/abc', { signedIn: false });
    const link = await screen.findByRole('link', { name: 'Continue with Campus login' });
    expect(link.getAttribute('href')).toBe('/api/v1/oidc/campus/start?return=%2Fj%2Fabc');
  });

  test('why another service did not work is said', async () => {
    open('/sign-in?error=oidc-email-taken', { signedIn: false });
    expect((await screen.findByRole('alert')).textContent).toContain('Sign in with your password');
  });

  test('sign-up that is closed says so', async () => {
    open('/sign-up', { signedIn: false, bare: true });
    expect(await screen.findByRole('heading', { name: 'No new accounts here' })).toBeDefined();
  });

  test('a session that has ended leads to signing in, and back afterwards', async () => {
    open('/account', { ended: true });
    expect(await screen.findByText('Your session has ended')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Create an account' }).getAttribute('href')).toBe(
      '/sign-up?next=%2Faccount',
    );
  });

  test('a session that ends while a page is open leads to signing in too', async () => {
    const before = fakeFetch(story);
    open('/', {}, (address, init) => {
      const path = address as string;
      return path.endsWith('/session') && init?.method === 'GET'
        ? before(address, init)
        : Promise.resolve(
            new Response(
              JSON.stringify({ code: path.endsWith('/refresh') ? 'session-ended' : 'access-expired' }),
              { status: 401 },
            ),
          );
    });
    expect(await screen.findByText('Your session has ended')).toBeDefined();
    expect(screen.getByRole('heading', { name: 'Sign in' })).toBeDefined();
  });
});

describe('links from mails', () => {
  test('an address is confirmed by a click only', async () => {
    const asked = open('/verify-email?token=new');
    await button('Confirm');
    expect(asked.some((line) => line.startsWith('POST'))).toBe(false);
    await press('Confirm');
    expect(await screen.findByRole('heading', { name: 'Your e-mail address is confirmed' })).toBeDefined();
    expect(asked).toContain('POST /api/v1/email-verifications/new');
  });

  test('a link that was used says so', async () => {
    open('/verify-email?token=old', { signedIn: false });
    await press('Confirm');
    expect((await screen.findByRole('alert')).textContent).toContain('used already');
  });

  test('a forgotten password never tells who has an account', async () => {
    open('/forgot-password', { signedIn: false });
    await userEvent.type(await screen.findByLabelText('E-mail'), 'somebody@example.org');
    await press('Send the link');
    expect(await screen.findByText(/If somebody has an account/u)).toBeDefined();
  });

  test('a new password, then signing in with it', async () => {
    const asked = open('/reset-password?token=new', { signedIn: false });
    await userEvent.type(await screen.findByLabelText('New password'), 'correct horse battery');
    await press('Change password');
    expect(await screen.findByRole('heading', { name: 'Your password is changed' })).toBeDefined();
    expect(asked.at(-1)).toBe('PUT /api/v1/password-resets/new {"password":"correct horse battery"}');
  });
});

describe('the settings of the account', () => {
  test('a new name is shown at once', async () => {
    open('/account');
    const field = await screen.findByLabelText('Name');
    await userEvent.clear(field);
    await userEvent.type(field, 'Olga P.');
    await press('Save name');
    const corner = await screen.findByRole('link', { name: /Olga P\./u });
    expect(corner.getAttribute('href')).toBe('/account');
  });

  test('an address that is not confirmed can have its link again', async () => {
    const asked = open('/account');
    expect(await screen.findByText('Not confirmed')).toBeDefined();
    await press('Send the link again');
    await screen.findByText(/on its way/u);
    expect(asked.at(-1)).toBe('POST /api/v1/email-verifications');
  });

  test('deleting the account warns and asks for the password', async () => {
    const asked = open('/account');
    await press('Delete account …');
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('This cannot be undone')).toBeDefined();
    await userEvent.type(dialog.getByLabelText('Your password'), 'wrong');
    await userEvent.click(dialog.getByRole('button', { name: 'Delete account' }));
    expect((await dialog.findByRole('alert')).textContent).toContain('password is wrong');
    // A wrong password is no reason to renew anything.
    expect(asked.some((line) => line.includes('refresh'))).toBe(false);
  });

  test('signing out everywhere leads to signing in', async () => {
    const asked = open('/account');
    await press('Sign out everywhere');
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Sign out everywhere' }),
    );
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeDefined();
    expect(asked.at(-1)).toBe('DELETE /api/v1/sessions');
  });
});

describe('the administration', () => {
  test('only administrators see the way to it, and it', async () => {
    open('/');
    await button('Sign out');
    expect(screen.queryByRole('link', { name: 'Administration' })).toBeNull();
    cleanup();
    open('/admin');
    expect(await screen.findByRole('heading', { name: 'Only for administrators' })).toBeDefined();
    cleanup();
    open('/', { administrator: true });
    expect(await screen.findByRole('link', { name: 'Administration' })).toBeDefined();
  });

  test('a search begins at the first page', async () => {
    const asked = open('/admin', { administrator: true });
    await press('Next');
    await waitFor(() => expect(asked.at(-1)).toBe('GET /api/v1/admin/users?query=&page=2'));
    await userEvent.type(screen.getByLabelText('Name or e-mail address'), 'mei{Enter}');
    await screen.findByText('1 account');
    expect(asked.at(-1)).toBe('GET /api/v1/admin/users?query=mei&page=1');
  });

  test('somebody is made administrator after a question', async () => {
    const asked = open('/admin', { administrator: true });
    await press('More for Jonas Lindqvist');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Make administrator' }));
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Make administrator' }),
    );
    await screen.findByText('Jonas Lindqvist is administrator now.');
    expect(asked).toContain('PATCH /api/v1/admin/users/m1 {"administrator":true}');
  });

  test('nobody can take their own rights away by mistake', async () => {
    open('/admin', { administrator: true });
    await button('More for Jonas Lindqvist');
    expect(screen.queryByRole('button', { name: 'More for Olga Petrova' })).toBeNull();
  });

  test('why a shard is not healthy is said, and what a bridge carries', async () => {
    open('/admin/servers', { administrator: true });
    expect((await screen.findByRole('alert')).textContent).toContain('no healthy bridge');
    const meter = screen.getByRole('meter', { name: 'Load of bridge-2' });
    expect(meter.getAttribute('aria-valuenow')).toBe('91');
  });

  test('the keys are rotated after a question', async () => {
    const asked = open('/admin/servers', { administrator: true });
    await press('Rotate keys');
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Rotate keys' }));
    await screen.findByText('New tickets are signed with a new key.');
    expect(asked).toContain('POST /api/v1/admin/keys/rotation');
  });

  test('what changes is asked again while it can be seen', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const asked = open('/admin/conferences', { administrator: true });
    await screen.findByText('3 people');
    const before = asked.length;
    vi.advanceTimersByTime(5_000);
    expect(asked.slice(before)).toEqual(['GET /api/v1/admin/conferences']);
    vi.useRealTimers();
  });
});

describe('when the portal is down', () => {
  test('opening a meeting says so and works again without loading the page', async () => {
    let down = true;
    const well = fakeFetch(story);
    open('/j/abc', {}, (address, init) =>
      down && (address as string).includes('/rooms/')
        ? Promise.resolve(new Response('<html>503</html>', { status: 503 }))
        : well(address, init),
    );
    expect(await screen.findByText(/Running calls go on; try again in a minute/u)).toBeDefined();
    down = false;
    await press('Try again');
    expect(await button('Join')).toBeDefined();
  });

  test('joining says so and can be tried again', async () => {
    let down = true;
    const well = fakeFetch(story);
    open('/j/abc', {}, (address, init) =>
      down && init?.method === 'POST' ? Promise.reject(new TypeError('no network')) : well(address, init),
    );
    await press('Join');
    expect((await screen.findByRole('alert')).textContent).toContain('portal does not answer');
    down = false;
    await press('Join');
    await waitFor(() => expect(screen.queryByText(/portal does not answer/u)).toBeNull());
  });

  test('the connection test does not wait for it', async () => {
    const down = (): Promise<Response> => Promise.reject(new TypeError('no network'));
    vi.stubGlobal('fetch', down);
    open('/test-connection', {}, down);
    expect(await screen.findByRole('heading', { name: 'Test my connection' })).toBeDefined();
  });
});
