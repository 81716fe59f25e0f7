import { browserEnvironment, type Environment, relayOnly } from '@video-window/client';

/**
 * `?relay=udp`, `?relay=tcp` or `?relay=tls` at the address of a meeting sends all media through the TURN server in
 * that way: to see whether a network lets them through, and how they do there.
 */
export function environmentFor(search: string): Environment {
  const wish = new URLSearchParams(search).get('relay');
  return wish === 'udp' || wish === 'tcp' || wish === 'tls'
    ? relayOnly(browserEnvironment(), wish)
    : browserEnvironment();
}
