/** The parts of the administration, each with an address of its own. */
export const adminSections = ['users', 'meetings', 'conferences', 'servers', 'audit'] as const;
export type AdminSection = (typeof adminSections)[number];

const simplePages = [
  'sign-in',
  'sign-up',
  'verify-email',
  'forgot-password',
  'reset-password',
  'account',
  'test-connection',
] as const;
type SimplePage = (typeof simplePages)[number];

/** The pages of the application. */
export type Route =
  | { readonly page: 'meetings' }
  | { readonly page: SimplePage }
  | { readonly page: 'admin'; readonly section: AdminSection }
  | { readonly page: 'room'; readonly room: string }
  | { readonly page: 'not-found' };

export function routeOf(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, second] = parts;
  if (parts.length === 0) {
    return { page: 'meetings' };
  }
  const simple = simplePages.find((page) => page === first);
  if (parts.length === 1 && simple !== undefined) {
    return { page: simple };
  }
  if (parts.length <= 2 && first === 'admin') {
    const section = adminSections.find((name) => name === (second ?? 'users'));
    return section === undefined ? { page: 'not-found' } : { page: 'admin', section };
  }
  if (parts.length === 2 && first === 'j' && second !== undefined) {
    const room = decoded(second);
    return room === undefined ? { page: 'not-found' } : { page: 'room', room };
  }
  return { page: 'not-found' };
}

/** Where to go after signing in: only to a page of our own, never to another site. */
export function nextOf(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/u.test(next) && routeOf(next.split(/[?#]/u)[0] ?? '').page !== 'not-found'
    ? next
    : '/';
}

/** The sign-in or sign-up page that comes back here. */
export function pathWithNext(page: 'sign-in' | 'sign-up', next: string): string {
  return next === '/' ? `/${page}` : `/${page}?next=${encodeURIComponent(next)}`;
}

export const connectionTestPath = '/test-connection';

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part).toLowerCase();
  } catch {
    return undefined;
  }
}
