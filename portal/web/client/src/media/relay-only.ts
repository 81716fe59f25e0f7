import type { Environment } from '../environment.ts';

/** How media reach a TURN server: over UDP, over TCP, or over TCP with TLS as a web page does. */
export type RelayTransport = 'udp' | 'tcp' | 'tls';

/**
 * The same environment, but media go through a TURN server and reach it in one way only: to find out whether a network
 * lets them through. Without such a server there are no media.
 */
export function relayOnly(environment: Environment, transport: RelayTransport): Environment {
  return {
    ...environment,
    createPeerConnection: (configuration) =>
      environment.createPeerConnection({
        ...configuration,
        iceTransportPolicy: 'relay',
        iceServers: serversFor(transport, configuration.iceServers ?? []),
      }),
  };
}

/** The servers that are reached in this way; of each only the addresses for it. */
export function serversFor(transport: RelayTransport, servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers
    .map((server) => ({
      ...server,
      urls: [server.urls].flat().filter((url) => transportOf(url) === transport),
    }))
    .filter((server) => server.urls.length > 0);
}

/** RFC 7065, 3.1: `turn:` is UDP unless the address says otherwise, `turns:` is TLS; undefined for STUN. */
function transportOf(url: string): RelayTransport | undefined {
  if (/^turns:/i.test(url)) {
    return /\?transport=udp$/i.test(url) ? undefined : 'tls';
  }
  if (/^turn:/i.test(url)) {
    return /\?transport=tcp$/i.test(url) ? 'tcp' : 'udp';
  }
  return undefined;
}
