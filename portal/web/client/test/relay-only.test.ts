import { describe, expect, test } from 'vitest';
import { browserEnvironment } from '../src/environment.ts';
import { relayOnly, serversFor } from '../src/media/relay-only.ts';

const servers: RTCIceServer[] = [
  { urls: ['stun:turn.example.org:3478'] },
  {
    urls: [
      'turn:turn.example.org:3478?transport=udp',
      'turn:turn.example.org:3478?transport=tcp',
      'turns:turn.example.org:443?transport=tcp',
    ],
    username: '1700000000:guest',
    credential: 'secret',
  },
  { urls: 'turn:other.example.org', username: 'u', credential: 'c' },
];

describe('Only through a TURN server', () => {
  test.each([
    ['udp', ['turn:turn.example.org:3478?transport=udp', 'turn:other.example.org']],
    ['tcp', ['turn:turn.example.org:3478?transport=tcp']],
    ['tls', ['turns:turn.example.org:443?transport=tcp']],
  ] as const)('%s leaves the addresses that are reached so', (transport, urls) => {
    const left = serversFor(transport, servers);
    expect(left.flatMap((server) => server.urls)).toEqual(urls);
    expect(left.every((server) => server.credential !== undefined)).toBe(true);
  });

  test('the browser is told to use relays only', () => {
    let seen: RTCConfiguration | undefined;
    const environment = {
      ...browserEnvironment(),
      createPeerConnection: (configuration: RTCConfiguration) => {
        seen = configuration;
        return {} as RTCPeerConnection;
      },
    };
    relayOnly(environment, 'tls').createPeerConnection({ iceServers: servers, bundlePolicy: 'max-bundle' });
    expect(seen).toEqual({
      bundlePolicy: 'max-bundle',
      iceTransportPolicy: 'relay',
      iceServers: [{ ...servers[1], urls: ['turns:turn.example.org:443?transport=tcp'] }],
    });
  });
});
