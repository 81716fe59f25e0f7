import { iceSentence, type IceError } from './ice-errors.ts';
import { failed, ok, skipped, type Outcome } from './outcome.ts';
import { isStun, isTurn, portOf, type Server } from './servers.ts';
import type { Surroundings } from './surroundings.ts';

const longest = 12_000;

/** Whether packets come back over UDP: sound and pictures are best that way. */
export function checkUdp(servers: readonly Server[], surroundings: Surroundings): Promise<Outcome> {
  const { peerConnection, after } = surroundings;
  const over = servers.filter((server) => isStun(server) || isTurn(server, 'udp'));
  if (over.length === 0) {
    return Promise.resolve(skipped('This server has neither STUN nor TURN over UDP.'));
  }
  if (peerConnection === undefined) {
    return Promise.resolve(
      failed('This browser has no WebRTC. Use a newer one, or allow it in the settings.'),
    );
  }
  const connection = peerConnection({ iceServers: over });
  const errors: IceError[] = [];
  return new Promise<Outcome>((resolve) => {
    const giveUp = (): void =>
      resolve(
        failed(
          `${iceSentence(errors, 'The STUN server', `UDP to ${over.map(portOf).join(', ')}`)} Calls may still work over TCP or TLS.`,
        ),
      );
    const stop = after(longest, giveUp);
    const finish = (outcome: Outcome): void => {
      stop();
      resolve(outcome);
    };
    connection.onicecandidateerror = ({ errorCode, url }) => {
      errors.push({ code: errorCode, url });
    };
    connection.onicecandidate = ({ candidate }) => {
      if (candidate === null) {
        // Who has no address translation in front is told nothing new by the server, and no error means it answered.
        if (errors.length === 0) {
          finish(ok('UDP works; nothing translates addresses on the way.'));
        } else {
          stop();
          giveUp();
        }
      } else if (candidate.protocol === 'udp' && candidate.type === 'srflx') {
        finish(ok(`UDP works; the server sees you as ${candidate.address ?? 'somebody'}.`));
      } else if (candidate.protocol === 'udp' && candidate.type === 'relay') {
        finish(ok('UDP works, up to the TURN server.'));
      }
    };
    connection.createDataChannel('connection-test');
    connection
      .setLocalDescription()
      .catch(() => finish(failed('This browser could not begin. Load the page again, or use another one.')));
  }).finally(() => connection.close());
}
