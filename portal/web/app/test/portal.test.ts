import { describe, expect, test } from 'vitest';
import { ticket } from '../stories/fake-portal.ts';
import { Portal } from '../src/api/portal.ts';
import { Problem } from '../src/api/problem.ts';
import { Renewal } from '../src/api/renewal.ts';

interface Request {
  readonly line: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** A portal whose answers are told beforehand, and which remembers what it was asked. */
function told(
  answers: [number, unknown][],
  cookie = { value: 'XSRF-TOKEN=one' },
): { portal: Portal; asked: Request[] } {
  const asked: Request[] = [];
  const portal = new Portal(
    (address, init) => {
      const headers = (init?.headers ?? {}) as Record<string, string>;
      asked.push({
        line: `${init?.method ?? ''} ${address as string}`,
        token: headers['X-XSRF-TOKEN'],
        body: init?.body === undefined ? undefined : JSON.parse(init.body as string),
      });
      const [status, body] = answers.shift() ?? [500, null];
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return Promise.resolve(new Response(status === 204 ? null : text, { status }));
    },
    () => cookie.value,
    null,
  );
  return { portal, asked };
}

const someone = { id: '1', email: 'a@b.example', name: 'A' };

describe('the portal', () => {
  test('nobody is signed in', async () => {
    const { portal } = told([[200, { account: null }]]);
    expect(await portal.session()).toEqual({
      account: undefined,
      ended: false,
      features: { mail: false, oidc: [], signUp: true },
    });
  });

  test('a change carries the token of the cookie, a question does not', async () => {
    const { portal, asked } = told([
      [200, { meetings: [] }],
      [201, { id: '1' }],
    ]);
    await portal.meetings();
    await portal.createMeeting('Planning');
    expect(asked[0]).toEqual({ line: 'GET /api/v1/meetings', token: undefined, body: undefined });
    expect(asked[1]).toEqual({ line: 'POST /api/v1/meetings', token: 'one', body: { name: 'Planning' } });
  });

  test('without a token yet, it fetches one first', async () => {
    const { portal, asked } = told(
      [
        [200, { account: null }],
        [200, { account: { id: '1' } }],
      ],
      { value: '' },
    );
    await portal.signIn('a@b.example', 'secret');
    expect(asked.map((request) => request.line)).toEqual(['GET /api/v1/session', 'POST /api/v1/session']);
  });

  test('a token that is out of date is renewed once', async () => {
    const { portal, asked } = told([
      [403, { code: 'csrf' }],
      [200, { account: null }],
      [204, null],
    ]);
    await portal.signOut();
    expect(asked.map((request) => request.line)).toEqual([
      'DELETE /api/v1/session',
      'GET /api/v1/session',
      'DELETE /api/v1/session',
    ]);
  });

  test('and only once', async () => {
    const { portal } = told([
      [403, { code: 'csrf' }],
      [200, { account: null }],
      [403, { code: 'csrf' }],
    ]);
    await expect(portal.signOut()).rejects.toMatchObject({ code: 'csrf' });
  });

  test('names in addresses are escaped', async () => {
    const { portal, asked } = told([[404, { code: 'no-such-account' }]]);
    await expect(portal.addModerator('1/2', 'a+b@c.example')).rejects.toBeInstanceOf(Problem);
    expect(asked[0]?.line).toBe('PUT /api/v1/meetings/1%2F2/moderators/a%2Bb%40c.example');
  });

  test('an answer that is no JSON is a problem of its own', async () => {
    const { portal } = told([[200, '<html>a proxy</html>']]);
    await expect(portal.meetings()).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('no network is a problem of its own', async () => {
    const portal = new Portal(
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => '',
    );
    await expect(portal.session()).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('a guest says a name, an account does not have to', async () => {
    const { portal, asked } = told([
      [201, {}],
      [201, {}],
    ]);
    await portal.ticket('abc', 'Gina');
    await portal.ticket('abc');
    expect(asked.map((request) => request.body)).toEqual([{ name: 'Gina' }, {}]);
  });
});

describe('a session whose access token has run out', () => {
  test.each(['access-expired', 'sign-in-required'])(
    '%s is renewed once, and nobody notices',
    async (code) => {
      const { portal, asked } = told([
        [200, { account: someone }],
        [401, { code }],
        [200, { account: someone }],
        [200, { meetings: [] }],
      ]);
      await portal.session();
      expect(await portal.meetings()).toEqual([]);
      expect(asked.slice(1).map((request) => request.line)).toEqual([
        'GET /api/v1/meetings',
        'POST /api/v1/session/refresh',
        'GET /api/v1/meetings',
      ]);
    },
  );

  test('who is not signed in is not renewed', async () => {
    const { portal, asked } = told([
      [200, { account: null }],
      [401, { code: 'sign-in-required' }],
    ]);
    await portal.session();
    await expect(portal.meetings()).rejects.toMatchObject({ code: 'sign-in-required' });
    expect(asked).toHaveLength(2);
  });

  test('several requests at the same time renew it once', async () => {
    const { portal, asked } = told([
      [200, { account: someone }],
      [401, { code: 'access-expired' }],
      [401, { code: 'access-expired' }],
      [200, { account: someone }],
      [200, { meetings: [] }],
      [200, { meetings: [] }],
    ]);
    await portal.session();
    await Promise.all([portal.meetings(), portal.meetings()]);
    expect(asked.filter(({ line }) => line.endsWith('/refresh'))).toHaveLength(1);
  });

  test('at the start it is renewed when there is something to renew it with', async () => {
    const { portal, asked } = told([
      [200, { account: null, refreshable: true }],
      [200, { account: someone }],
      [200, { account: someone, features: { mail: true } }],
    ]);
    const visitor = await portal.session();
    expect(visitor).toMatchObject({ account: someone, ended: false, features: { mail: true, signUp: true } });
    expect(asked[1]?.line).toBe('POST /api/v1/session/refresh');
  });

  test('at the start one that is over is nobody, who is told so', async () => {
    const { portal } = told([
      [200, { account: null, refreshable: true }],
      [401, { code: 'session-ended' }],
    ]);
    expect(await portal.session()).toMatchObject({ account: undefined, ended: true });
  });

  test('when it is over, the page is told, once', async () => {
    const { portal } = told([
      [200, { account: someone }],
      [401, { code: 'access-expired' }],
      [401, { code: 'session-ended' }],
    ]);
    let ended = 0;
    portal.onSessionEnded(() => ended++);
    await portal.session();
    await expect(portal.meetings()).rejects.toMatchObject({ code: 'session-ended' });
    expect(ended).toBe(1);
  });

  test('a portal that is down while renewing ends nothing', async () => {
    const { portal } = told([
      [200, { account: someone }],
      [401, { code: 'access-expired' }],
      [503, '<html>No server is available</html>'],
      [200, { meetings: [] }],
    ]);
    let ended = 0;
    portal.onSessionEnded(() => ended++);
    await portal.session();
    await expect(portal.meetings()).rejects.toMatchObject({ code: 'portal-down' });
    expect(ended).toBe(0);
    expect(await portal.meetings()).toEqual([]);
  });

  test('a ticket is not asked for as a nameless guest', async () => {
    const { portal, asked } = told([
      [200, { account: someone }],
      [422, { code: 'invalid', errors: [{ field: 'name', message: 'A name is needed.' }] }],
      [200, { account: someone }],
      [201, { room: 'abc' }],
    ]);
    await portal.session();
    expect(await portal.ticket('abc')).toEqual({ room: 'abc' });
    expect(asked[2]?.line).toBe('POST /api/v1/session/refresh');
  });

  test('who is in a call when it ends stays there as a guest', async () => {
    const { portal, asked } = told([
      [200, { account: someone }],
      [401, { code: 'access-expired' }],
      [401, { code: 'session-ended' }],
      [201, { room: 'abc' }],
    ]);
    await portal.session();
    expect(await portal.ticketToStay('abc', { ...ticket, displayName: 'Olga' })).toEqual({ room: 'abc' });
    expect(asked.at(-1)?.body).toEqual({ name: 'Olga' });
  });
});

describe('pages that share a session', () => {
  /** As much of the browser's locks as is used: one holder at a time, first come first served. */
  class Locks {
    #last: Promise<unknown> = Promise.resolve();
    #held = 0;

    request(...given: unknown[]): Promise<unknown> {
      const run = given.at(-1) as (lock: object | null) => Promise<unknown>;
      const ifAvailable = (given[1] as LockOptions).ifAvailable === true;
      if (ifAvailable && this.#held > 0) {
        return run(null);
      }
      this.#held++;
      const mine = this.#last.then(() => run({})).finally(() => this.#held--);
      this.#last = mine.catch(() => undefined);
      return mine;
    }
  }

  test('the second one uses what the first one got', async () => {
    const locks = new Locks() as unknown as LockManager;
    let renewals = 0;
    const page = (): Renewal =>
      new Renewal({
        renew: () => Promise.resolve(renewals++),
        renewedElsewhere: () => Promise.resolve(renewals > 0),
        locks,
      });
    await Promise.all([page().renew(), page().renew(), page().renew()]);
    expect(renewals).toBe(1);
  });

  test('where the first one failed, the second one tries itself', async () => {
    const locks = new Locks() as unknown as LockManager;
    let second = 0;
    const failing = new Renewal({
      renew: () => Promise.reject(new Problem('unreachable', 0, '')),
      renewedElsewhere: () => Promise.resolve(false),
      locks,
    });
    const trying = new Renewal({
      renew: () => Promise.resolve(second++),
      renewedElsewhere: () => Promise.resolve(false),
      locks,
    });
    const outcomes = await Promise.allSettled([failing.renew(), trying.renew()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(second).toBe(1);
  });
});
