import type { IceServer } from '@video-window/client';

export type Way = 'udp' | 'tcp' | 'tls';

/** One address of a STUN or TURN server, with what it takes to use it. */
export interface Server {
  /** RFC 7064 or RFC 7065. */
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** One entry for each address. */
export function serversOf(iceServers: readonly IceServer[]): readonly Server[] {
  return iceServers.flatMap(({ urls, ...rest }) =>
    // Some write a single address without the list around it.
    (typeof urls === 'string' ? [urls as string] : urls).map((url) => ({ ...rest, urls: url })),
  );
}

export function isStun({ urls }: Server): boolean {
  return urls.startsWith('stun:');
}

/** Whether it is a TURN server that is reached that way. */
export function isTurn({ urls }: Server, way: Way): boolean {
  if (urls.startsWith('turns:')) {
    return way === 'tls' && !urls.includes('transport=udp');
  }
  return urls.startsWith('turn:') && way === (urls.includes('transport=tcp') ? 'tcp' : 'udp');
}

/** Host and port, for people. */
export function portOf({ urls }: Server): string {
  const address = urls.replace(/^[a-z]+:/u, '').replace(/\?.*$/u, '');
  return /:\d+$/u.test(address) ? address : `${address}:${urls.startsWith('turns:') ? 5349 : 3478}`;
}
