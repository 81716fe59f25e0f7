import { describe, expect, test } from 'vitest';
import { Portal } from '../src/api/portal.ts';
import { Problem } from '../src/api/problem.ts';

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
  );
  return { portal, asked };
}

describe('the portal', () => {
  test('nobody is signed in', async () => {
    const { portal } = told([[200, { account: null }]]);
    expect(await portal.session()).toBeUndefined();
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
