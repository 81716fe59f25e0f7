import type { ConnectionTestData } from '../api/types.ts';
import { failed, ok, type Outcome } from './outcome.ts';
import type { Surroundings } from './surroundings.ts';

const longest = 10_000;
const framing = 'urn:ietf:params:xml:ns:xmpp-framing';
/** The room that the proxy is asked for: it decides which shard answers. */
const room = 'connection-test';

/** Opens the XMPP WebSocket as a call does (RFC 7395, 3), and waits for the server's greeting. */
export function checkWebSocket(data: ConnectionTestData, surroundings: Surroundings): Promise<Outcome> {
  const { webSocket, after, now } = surroundings;
  return new Promise((resolve) => {
    let url: URL;
    let socket: WebSocket;
    try {
      url = new URL(data.webSocketUrl, location.href);
      url.searchParams.set('room', room);
      socket = webSocket(url.href, 'xmpp');
    } catch {
      resolve(
        failed(`The server names an address that is none: ${data.webSocketUrl}. Tell whoever runs it.`),
      );
      return;
    }
    const begin = now();
    let opened = false;
    const finish = (outcome: Outcome): void => {
      stop();
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
      resolve(outcome);
    };
    const stop = after(longest, () =>
      finish(
        opened
          ? failed(`${url.host} opens a WebSocket but does not greet. Tell whoever runs the server.`)
          : failed(
              `${url.host} does not answer within ${longest / 1000} s. A firewall may block it: allow ${url.origin}.`,
            ),
      ),
    );
    socket.onopen = () => {
      opened = true;
      if (socket.protocol !== 'xmpp') {
        finish(
          failed(
            `${url.host} answers, but not as XMPP. A proxy in between changes WebSockets: go around it.`,
          ),
        );
        return;
      }
      // A stream that is for another domain, or for none, is closed at once.
      socket.send(greeting(data.domain));
    };
    socket.onmessage = ({ data: text }: MessageEvent<unknown>) => {
      if (typeof text === 'string' && /^\s*<open[\s/>]/u.test(text)) {
        socket.send(`<close xmlns='${framing}'/>`);
        finish(ok(`${url.host} greeted after ${Math.round(now() - begin)} ms.`));
      } else {
        finish(failed(`${url.host} answers something that is no greeting. Tell whoever runs the server.`));
      }
    };
    socket.onclose = () =>
      finish(
        opened
          ? failed(`${url.host} closed the connection before its greeting. Tell whoever runs the server.`)
          : failed(
              `No WebSocket to ${url.host}. A firewall or proxy must let WebSockets to ${url.origin} through; if others have the same trouble, the conference server is down.`,
            ),
      );
  });
}

function greeting(domain: string): string {
  const to = domain.replaceAll(/[^\p{L}\p{N}.:-]/gu, '');
  return `<open xmlns='${framing}' to='${to}' version='1.0'/>`;
}
