import { iceSentence } from './ice-errors.ts';
import { failed, ok, skipped, type Outcome } from './outcome.ts';
import { RelayLoop } from './relay-loop.ts';
import { isTurn, portOf, type Server, type Way } from './servers.ts';
import type { Surroundings } from './surroundings.ts';

const names: Readonly<Record<Way, string>> = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' };

/** Whether the TURN server relays when it is reached that way, and nothing else would work. */
export async function checkTurn(
  way: Way,
  servers: readonly Server[],
  surroundings: Surroundings,
): Promise<Outcome> {
  const over = servers.filter((server) => isTurn(server, way));
  if (over.length === 0) {
    return skipped(`This server has no TURN over ${names[way]}.`);
  }
  const { peerConnection } = surroundings;
  if (peerConnection === undefined) {
    return failed('This browser has no WebRTC. Use a newer one, or allow it in the settings.');
  }
  const loop = new RelayLoop(
    () => peerConnection({ iceServers: [...over], iceTransportPolicy: 'relay' }),
    surroundings,
  );
  const found = await loop.run();
  const where = over.map(portOf).join(', ');
  if (found.carried !== undefined) {
    return ok(`A message went through the relay and back in ${Math.round(found.carried)} ms.`);
  }
  if (found.relay !== undefined) {
    return ok(`The TURN server at ${where} gave the address ${found.relay}; it relays to the bridges only.`);
  }
  const ports = way === 'udp' ? `UDP to ${where}` : `TCP to ${where}`;
  const certificate = way === 'tls' ? ' Its certificate must be one that this browser trusts.' : '';
  return failed(iceSentence(found.errors, `The TURN server at ${where}`, ports) + certificate);
}
