/** The pages of the application. */
export type Route =
  | { readonly page: 'meetings' }
  | { readonly page: 'sign-in' }
  | { readonly page: 'sign-up' }
  | { readonly page: 'room'; readonly room: string }
  | { readonly page: 'not-found' };

export function routeOf(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, second] = parts;
  if (parts.length === 0) {
    return { page: 'meetings' };
  }
  if (parts.length === 1 && (first === 'sign-in' || first === 'sign-up')) {
    return { page: first };
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

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part).toLowerCase();
  } catch {
    return undefined;
  }
}
