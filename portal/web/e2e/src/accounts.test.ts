import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Cookie } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

const password = 'correct horse battery staple';
const started = Date.now();
const address = (name: string): string => `${name}-${started}@example.org`;

interface ConnectionTestReport {
  readonly done: boolean;
  readonly checks: readonly { readonly name: string; readonly result: string; readonly detail: string }[];
}

/** Accounts, sessions and administration, told in order: every step goes on from the one before. */
describe('People, their accounts and who looks after them', () => {
  let stack: Stack;
  let browser: Browser;
  let olga: Person;
  let milan: Person;
  let link: string;

  const cookies = (person: Person): Promise<Cookie[]> =>
    person.page.context().cookies(`${stack.address}/api/v1/session`);
  const text = (person: Person, words: string): Promise<void> =>
    person.page.getByText(words).first().waitFor();

  beforeAll(async () => {
    stack = await Stack.start(6_222);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  test('the first account is administrator, the second is not', async () => {
    olga = await Person.arrive(browser, stack.address, 'Olga');
    await olga.signUp(address('olga'), password);
    link = await olga.createMeeting('Planning');
    await olga.page.getByRole('link', { name: 'Administration' }).waitFor();
    milan = await Person.arrive(browser, stack.address, 'Milan');
    await milan.signUp(address('milan'), password);
    expect(await milan.page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await milan.page.goto(`${stack.address}/admin`);
    await milan.page.getByRole('heading', { name: 'Only for administrators' }).waitFor();
  });

  test('administrators see users, meetings, servers and the log', async () => {
    await olga.page.getByRole('link', { name: 'Administration' }).click();
    await text(olga, address('milan'));
    await olga.page.getByLabel('Name or e-mail address').fill('olga');
    await olga.button('Search').click();
    await text(olga, '1 account');
    await olga.shot('admin-users');
    await olga.page.getByRole('link', { name: 'Meetings', exact: true }).click();
    await text(olga, 'Planning');
    await olga.page.getByRole('link', { name: 'Servers' }).click();
    await text(olga, 'bridge-1');
    await olga.page.getByRole('meter', { name: 'Load of bridge-1' }).waitFor();
    await olga.shot('admin-servers');
    await olga.page.getByRole('link', { name: 'Audit log' }).click();
    await text(olga, 'Made administrator');
  });

  test('a call that goes on is listed', async () => {
    await milan.openMeeting(link, false);
    await milan.join();
    await olga.page.getByRole('link', { name: 'Live conferences' }).click();
    await text(olga, '1 person');
    await text(olga, 'Planning');
    await olga.shot('admin-conferences');
    await milan.button('Leave').click();
    await milan.page.getByRole('heading', { name: 'You left the meeting' }).waitFor();
  });

  test('an access token that is gone is renewed without signing in', async () => {
    await olga.page.context().clearCookies({ name: 'VW_SESSION' });
    await olga.page.getByRole('link', { name: 'Users' }).click();
    await text(olga, address('milan'));
    expect((await cookies(olga)).some(({ name }) => name === 'VW_SESSION')).toBe(true);
    await olga.page.context().clearCookies({ name: 'VW_SESSION' });
    await olga.page.goto(stack.address);
    await olga.page.getByRole('heading', { name: 'Meetings' }).waitFor();
    await text(olga, 'Planning');
  });

  test('the keys are rotated, and people still get in', async () => {
    await olga.page.goto(`${stack.address}/admin/servers`);
    await olga.button('Rotate keys').click();
    await olga.page.getByRole('dialog').getByRole('button', { name: 'Rotate keys' }).click();
    await text(olga, 'New tickets are signed with a new key.');
    await milan.openMeeting(link, false);
    await milan.join();
    await milan.button('Leave').click();
    await milan.page.getByRole('heading', { name: 'You left the meeting' }).waitFor();
  });

  test('somebody with a copy of a refresh cookie ends the session for both', async () => {
    const stolen = (await cookies(olga)).find(({ name }) => name === 'VW_REFRESH');
    expect(stolen).toBeDefined();
    const thief = await Person.arrive(browser, stack.address, 'Thief');
    // Twice on: the newest predecessor alone has ten seconds of grace.
    for (let turn = 0; turn < 2; turn++) {
      await olga.page.context().clearCookies({ name: 'VW_SESSION' });
      await olga.page.goto(stack.address);
      await text(olga, 'Planning');
    }
    await thief.page.context().addCookies(stolen === undefined ? [] : [stolen]);
    await thief.page.goto(stack.address);
    await thief.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const refused = await thief.page.evaluate(async () => {
      const token = /XSRF-TOKEN=([^;]*)/u.exec(document.cookie)?.[1] ?? '';
      const headers = { 'X-XSRF-TOKEN': decodeURIComponent(token) };
      const answer = await fetch('/api/v1/session/refresh', { method: 'POST', headers });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    });
    expect(refused).toEqual([401, 'session-ended']);
    await olga.page.context().clearCookies({ name: 'VW_SESSION' });
    await olga.page.goto(`${stack.address}/account`);
    await olga.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await olga.shot('session-ended');
    await olga.signIn(address('olga'), password);
    await thief.goAway();
  });

  test('the connection test finds everything that is set up, without signing in', async () => {
    const visitor = await Person.arrive(browser, stack.address, 'Visitor');
    await visitor.page.goto(`${stack.address}/sign-in`);
    await visitor.page.getByRole('link', { name: 'Test my connection' }).click();
    let report: ConnectionTestReport = { done: false, checks: [] };
    const took = await until(
      'the connection test has ended',
      45_000,
      async () => {
        report = await visitor.page.evaluate(() => {
          const shown = globalThis as unknown as { videoWindow?: { connectionTest?: ConnectionTestReport } };
          return shown.videoWindow?.connectionTest ?? { done: false, checks: [] };
        });
        return report.done;
      },
      (done) => done,
    );
    console.info(`the connection test took ${Math.round(took)} ms`);
    for (const { name, result, detail } of report.checks) {
      console.info(`${result} ${name}: ${detail}`);
    }
    await visitor.shot('connection-test');
    expect(report.checks.filter(({ result }) => result === 'failed')).toEqual([]);
    for (const name of ['portal', 'round-trip-time', 'clock', 'web-socket']) {
      await visitor.page.locator(`[data-testid="check-${name}"][data-result="ok"]`).waitFor();
    }
    await visitor.goAway();
  });

  test('people delete their own account, and cannot sign in any more', async () => {
    await milan.page.goto(`${stack.address}/account`);
    await milan.button('Delete account …').click();
    await milan.page.getByRole('dialog').getByLabel('Your password', { exact: true }).fill(password);
    await milan.shot('delete-account');
    await milan.page.getByRole('dialog').getByRole('button', { name: 'Delete account' }).click();
    await milan.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await milan.page.getByLabel('E-mail').fill(address('milan'));
    await milan.page.getByLabel('Password', { exact: true }).fill(password);
    await milan.button('Sign in').click();
    await text(milan, 'E-mail address or password is wrong');
  });

  test('no page had an error or asked a stranger', () => {
    for (const person of [olga, milan]) {
      expect(person.problems, person.name).toEqual([]);
    }
  });
});
