import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CallError, type CallErrorCode } from '@video-window/client';
import { describe, expect, test } from 'vitest';
import { auditWords } from '../src/admin/audit-words.ts';
import { reasonFor } from '../src/after/reasons.ts';
import { Problem, problemFrom } from '../src/api/problem.ts';
import { knownCodes, sentenceFor } from '../src/api/sentences.ts';
import { hueOf, hues, initialsOf } from '../src/design/initials.ts';
import { levelOf } from '../src/media/level.ts';
import { mediaProblem, mediaSentence } from '../src/media/media-problem.ts';
import { nextOf, pathWithNext, routeOf } from '../src/routes.ts';
import { oidcSentence, oidcStart } from '../src/session/oidc.ts';

describe('problems of the portal', () => {
  test('every code that the portal can answer has a sentence', () => {
    const source = resolve(
      import.meta.dirname,
      '../../../src/main/java/org/videowindow/portal/problem/ProblemCode.java',
    );
    const codes = [
      ...readFileSync(source, 'utf8').matchAll(
        /^\s*"([a-z]+(?:-[a-z]+)*)",|HttpStatus\.\w+,\s*"([a-z-]+)"/gmu,
      ),
    ].map((match) => match[1] ?? match[2] ?? '');
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !knownCodes.includes(code))).toEqual([]);
  });

  test('every sentence says what to do in plain words', () => {
    for (const code of knownCodes) {
      const sentence = sentenceFor(new Problem(code, 400, ''));
      expect(sentence).toMatch(/^[A-Z].*\.$/u);
      expect(sentence).not.toContain(code.includes('-') ? code : ' 4');
    }
  });

  test('an unknown code shows what the portal says, and nothing at all is still a sentence', () => {
    expect(sentenceFor(new Problem('brand-new', 400, 'Do this.'))).toBe('Do this.');
    expect(sentenceFor(new Problem('brand-new', 400, ''))).toMatch(/\.$/u);
    expect(sentenceFor(new TypeError('x is undefined'))).not.toContain('undefined');
  });

  test.each<[number, unknown, string]>([
    [409, { code: 'email-taken' }, 'email-taken'],
    [502, '<html>', 'portal-down'],
    [503, undefined, 'portal-down'],
    [503, { code: 'database-unavailable' }, 'database-unavailable'],
    [504, undefined, 'portal-down'],
    [429, undefined, 'too-many-requests'],
    [500, null, 'internal'],
    [400, { code: 7 }, 'unreadable'],
    [404, undefined, 'unreadable'],
  ])('status %i with body %j is %s', (status, body, code) => {
    expect(problemFrom(status, body).code).toBe(code);
  });

  test('only well-formed field errors are taken', () => {
    const errors = [{ field: 'name', message: 'Too long.' }, { field: 3 }, null, 'x'];
    const problem = problemFrom(422, { code: 'invalid', errors });
    expect(problem.fields).toHaveLength(1);
    expect(problem.field('name')).toBe('Too long.');
    expect(problem.field('email')).toBeUndefined();
  });
});

describe('other words', () => {
  test('every kind of the audit log has words, and one that is new reads well', () => {
    expect(auditWords('sign-in')).toBe('Signed in');
    expect(auditWords('brand-new-thing')).toBe('Brand new thing');
  });

  test('what stands in an address is never shown', () => {
    expect(oidcSentence('<b>Call 0900</b>')).not.toContain('0900');
    expect(oidcSentence('oidc-refused')).toMatch(/\.$/u);
  });

  test('signing in elsewhere comes back here', () => {
    expect(oidcStart('campus', '/j/abc?x=1')).toBe('/api/v1/oidc/campus/start?return=%2Fj%2Fabc%3Fx%3D1');
  });
});

describe('the page after a call', () => {
  const codes: CallErrorCode[] = [
    'connection-lost',
    'media-failed',
    'ticket-expired',
    'focus-unavailable',
    'protocol',
  ];

  test.each(codes)('%s says what to do and offers to join again', (code) => {
    const error = new CallError(code, 'inner words', 'retry');
    const reason = reasonFor({ by: 'failed', reason: undefined, message: '', error }, false);
    expect(reason.text).toMatch(/\.$/u);
    expect(reason.again).toBeDefined();
  });

  test('who ended the meeting is told so, the others that the host did', () => {
    const end = { by: 'ended', reason: undefined, message: '', error: undefined } as const;
    expect(reasonFor(end, false)).toMatchObject({
      title: 'The meeting was ended by the host',
      again: undefined,
    });
    expect(reasonFor(end, true).title).toBe('You ended the meeting');
  });

  test('a reason for a removal is passed on', () => {
    const end = { by: 'kicked', reason: 'Wrong room', message: '', error: undefined } as const;
    expect(reasonFor(end, false).text).toContain('Wrong room');
  });
});

describe('devices', () => {
  test.each<[string, string]>([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['OverconstrainedError', 'none'],
    ['TypeError', 'unknown'],
  ])('%s is %s', (name, problem) => {
    expect(mediaProblem(new DOMException('x', name))).toBe(problem);
  });

  test('every reason has a sentence for both devices', () => {
    for (const device of ['camera', 'microphone'] as const) {
      for (const problem of ['insecure', 'denied', 'none', 'busy', 'lost', 'unknown'] as const) {
        expect(mediaSentence(device, problem)).toContain(device);
      }
    }
  });

  test.each<[string, number[], number]>([
    ['silence', [0, 0, 0, 0], 0],
    ['nothing', [], 0],
    ['full scale', [1, -1, 1, -1], 1],
    ['-30 dB', [0.0316, -0.0316], 0.5],
  ])('level of %s', (_, samples, level) => {
    expect(levelOf(samples)).toBeCloseTo(level, 2);
  });
});

describe('initials', () => {
  test.each([
    ['Olga Petrova', 'OP'],
    ['Olga', 'O'],
    ['Ludwig van Beethoven', 'LB'],
    ['  ', '?'],
    ['', '?'],
    ['élodie (guest)', 'ÉG'],
    ['👩‍🚀 Sam', '👩‍🚀S'],
    ['山田 太郎', '山太'],
    ['--', '?'],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  test('the colour of somebody is always the same, and people share them evenly', () => {
    const counts = new Map<number, number>();
    for (let person = 0; person < 1_000; person++) {
      const hue = hueOf(`person-${person}`);
      expect(hueOf(`person-${person}`)).toBe(hue);
      counts.set(hue, (counts.get(hue) ?? 0) + 1);
    }
    expect(counts.size).toBe(hues);
    expect(Math.min(...counts.values())).toBeGreaterThan(60);
  });
});

describe('addresses', () => {
  test.each([
    ['/', 'meetings'],
    ['/sign-in', 'sign-in'],
    ['/sign-up/', 'sign-up'],
    ['/j/abc-defg', 'room'],
    ['/j/', 'not-found'],
    ['/j/a/b', 'not-found'],
    ['/j/%E0%A4%A', 'not-found'],
    ['/admin', 'admin'],
    ['/admin/audit', 'admin'],
    ['/admin/keys', 'not-found'],
    ['/account', 'account'],
    ['/account/x', 'not-found'],
    ['/verify-email', 'verify-email'],
    ['/test-connection', 'test-connection'],
  ])('%s is the page %s', (path, page) => {
    expect(routeOf(path).page).toBe(page);
  });

  test('a room is the same in capitals', () => {
    expect(routeOf('/j/ABC-Defg')).toEqual({ page: 'room', room: 'abc-defg' });
  });

  test.each([
    ['?next=/j/abc', '/j/abc'],
    ['?next=/admin/servers', '/admin/servers'],
    ['', '/'],
    ['?next=https://evil.example/', '/'],
    ['?next=//evil.example/', '/'],
    ['?next=/%5Cevil.example', '/'],
    ['?next=/nowhere', '/'],
  ])('after signing in %j leads to %s', (search, path) => {
    expect(nextOf(search)).toBe(path);
  });

  test('the way back survives the way to the other page', () => {
    expect(pathWithNext('sign-up', '/')).toBe('/sign-up');
    expect(nextOf(new URL(pathWithNext('sign-in', '/j/abc'), 'http://x').search)).toBe('/j/abc');
  });
});
