import type { ConnectionTestState } from './connection-test.ts';
import type { CheckName } from './outcome.ts';

/** What each check is called on the page. */
export const titles: Readonly<Record<CheckName, string>> = {
  portal: 'Portal',
  'round-trip-time': 'Time on the way',
  clock: 'Clock',
  'web-socket': 'Conference server (WebSocket)',
  udp: 'Sound and pictures over UDP',
  'turn-udp': 'Relay over UDP',
  'turn-tcp': 'Relay over TCP',
  'turn-tls': 'Relay over TLS',
  camera: 'Camera',
  microphone: 'Microphone',
};

/** All of it as plain text, for whoever helps. */
export function reportOf(state: ConnectionTestState, about: readonly string[]): string {
  const lines = state.checks.map(
    ({ name, result, detail }) => `${result.toUpperCase().padEnd(8)}${titles[name]}: ${detail}`,
  );
  return [...about, '', ...lines].join('\n');
}

/** The whole in one sentence. */
export function summaryOf({ checks, done }: ConnectionTestState): string {
  if (!done) {
    return 'Testing …';
  }
  const bad = checks.filter(({ result }) => result === 'failed').length;
  switch (bad) {
    case 0:
      return 'Everything that this server offers can be reached from here.';
    case 1:
      return 'One thing does not work; the line says what to do.';
    default:
      return `${bad} things do not work; their lines say what to do.`;
  }
}
