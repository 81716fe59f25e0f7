import { describe, expect, test } from 'vitest';
import type { ConnectionTestData } from '../src/api/types.ts';
import { Problem } from '../src/api/problem.ts';
import { ConnectionTest } from '../src/connection-test/connection-test.ts';
import type { CheckName } from '../src/connection-test/outcome.ts';
import { clockOutcome, measureDistance, roundTripOutcome } from '../src/connection-test/portal-checks.ts';
import { reportOf, summaryOf } from '../src/connection-test/report.ts';
import { isTurn, portOf, serversOf } from '../src/connection-test/servers.ts';
import type { Surroundings } from '../src/connection-test/surroundings.ts';

const data: ConnectionTestData = {
  webSocketUrl: 'wss://meet.example/xmpp-websocket',
  domain: 'meet.example',
  iceServers: [
    { urls: ['stun:meet.example:3478'] },
    {
      urls: [
        'turn:meet.example:3478?transport=udp',
        'turn:meet.example:3478?transport=tcp',
        'turns:turn.meet.example:443?transport=tcp',
      ],
      username: 'u',
      credential: 'c',
    },
  ],
};

/** How the pretended network behaves. */
interface Network {
  /** What the WebSocket does. */
  readonly socket?: 'greets' | 'refuses' | 'hangs' | 'talks-html' | 'no-protocol' | 'closes';
  /** What a peer connection gathers, by the addresses it was given. */
  readonly ice?: (urls: readonly string[], relayOnly: boolean) => Gathering;
  readonly date?: (now: number) => string | null;
  readonly took?: number;
  readonly noWebRtc?: boolean;
}

interface Gathering {
  readonly candidates?: readonly { type: string; protocol: string }[];
  readonly error?: number;
  /** It never says that it has finished. */
  readonly silent?: boolean;
  /** The relay carries messages to itself. */
  readonly carries?: boolean;
}

/** A browser in which time passes only when nothing else is to be done. */
class Pretended implements Surroundings {
  readonly sent: string[] = [];
  readonly opened: string[] = [];
  readonly closed: unknown[] = [];
  readonly #network: Network;
  #now = 1_000;
  readonly #timers: { at: number; run: () => void }[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  readonly time = (): number => Date.parse('2026-11-21T12:00:00Z') + this.#now;
  readonly now = (): number => this.#now;
  readonly devices = {
    getUserMedia: ({ video }: MediaStreamConstraints = {}): Promise<MediaStream> =>
      video === true
        ? Promise.reject(new DOMException('no', 'NotFoundError'))
        : Promise.resolve({ getTracks: () => [{ label: 'Headset', stop: () => undefined }] } as never),
  };

  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.push(timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) {
        this.#timers.splice(index, 1);
      }
    };
  };

  readonly fetch = (): Promise<Response> => {
    this.#now += this.#network.took ?? 20;
    const date = (this.#network.date ?? ((now) => new Date(now).toUTCString()))(this.time());
    return Promise.resolve(new Response('', { headers: date === null ? {} : { Date: date } }));
  };

  readonly webSocket = (url: string, protocol: string): WebSocket => {
    this.opened.push(`${url} ${protocol}`);
    const how = this.#network.socket ?? 'greets';
    const socket = {
      protocol: how === 'no-protocol' ? '' : protocol,
      send: (text: string) => {
        this.sent.push(text);
        if (how === 'closes') {
          socket.onclose?.({} as CloseEvent);
        } else if (text.startsWith('<open')) {
          const answer =
            how === 'talks-html' ? '<html>' : "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>";
          socket.onmessage?.({ data: answer } as MessageEvent);
        }
      },
      close: () => this.closed.push(socket),
    } as unknown as WebSocket;
    void Promise.resolve().then(() => {
      if (how === 'refuses') {
        socket.onclose?.({} as CloseEvent);
      } else if (how !== 'hangs') {
        socket.onopen?.({} as Event);
      }
    });
    return socket;
  };

  get peerConnection(): Surroundings['peerConnection'] {
    return this.#network.noWebRtc === true ? undefined : (configuration) => this.#connect(configuration);
  }

  /** Lets everything happen, timers too. */
  async pass(work: Promise<unknown>): Promise<void> {
    const state = { over: false };
    void work.finally(() => {
      state.over = true;
    });
    while (!state.over) {
      for (let turn = 0; turn < 100; turn++) {
        await Promise.resolve();
      }
      this.#timers.sort((a, b) => a.at - b.at);
      const next = this.#timers.shift();
      if (next !== undefined) {
        this.#now = Math.max(this.#now, next.at);
        next.run();
      }
    }
  }

  #connect(configuration: RTCConfiguration): RTCPeerConnection {
    const urls = (configuration.iceServers ?? []).flatMap((server) => server.urls);
    const gathering = this.#network.ice?.(urls, configuration.iceTransportPolicy === 'relay') ?? {
      candidates: [
        { type: configuration.iceTransportPolicy === 'relay' ? 'relay' : 'srflx', protocol: 'udp' },
      ],
    };
    let remote: object | null = null;
    const channel = {
      onopen: (): void => undefined,
      onmessage: undefined as ((event: { data: string }) => void) | undefined,
      send: (text: string): void => channel.onmessage?.({ data: text }),
    };
    const connection = {
      localDescription: {} as object | null,
      get remoteDescription() {
        return remote;
      },
      createDataChannel: () => {
        if (gathering.carries === true) {
          void Promise.resolve().then(() => channel.onopen());
        }
        return channel;
      },
      setRemoteDescription: () => {
        remote = {};
        return Promise.resolve();
      },
      addIceCandidate: () => Promise.resolve(),
      setLocalDescription: async () => {
        await Promise.resolve();
        const pc = connection as unknown as RTCPeerConnection;
        if (gathering.error !== undefined) {
          pc.onicecandidateerror?.({
            errorCode: gathering.error,
            url: urls[0],
          } as RTCPeerConnectionIceErrorEvent);
        }
        for (const candidate of gathering.candidates ?? []) {
          pc.onicecandidate?.({
            candidate: { ...candidate, address: '192.0.2.7', port: 12_001 },
          } as unknown as RTCPeerConnectionIceEvent);
        }
        if (gathering.silent !== true) {
          pc.onicecandidate?.({ candidate: null } as RTCPeerConnectionIceEvent);
        }
      },
      close: () => this.closed.push(connection),
    };
    return connection as unknown as RTCPeerConnection;
  }
}

async function tested(
  network: Network,
  given: () => Promise<ConnectionTestData> = () => Promise.resolve(data),
): Promise<{ test: ConnectionTest; browser: Pretended; of: (name: CheckName) => string }> {
  const browser = new Pretended(network);
  const run = new ConnectionTest(given, browser);
  await browser.pass(run.run());
  const of = (name: CheckName): string => {
    const check = run.state.checks.find((each) => each.name === name);
    return `${check?.result ?? ''}: ${check?.detail ?? ''}`;
  };
  return { test: run, browser, of };
}

describe('the connection test', () => {
  test('where all is well, all is ok and the devices are not touched', async () => {
    const { test: run, of } = await tested({});
    expect(run.state.done).toBe(true);
    for (const name of ['portal', 'round-trip-time', 'clock', 'web-socket', 'udp'] as const) {
      expect(of(name)).toMatch(/^ok: .*\.$/u);
    }
    for (const name of ['turn-udp', 'turn-tcp', 'turn-tls'] as const) {
      expect(of(name)).toContain('192.0.2.7:12001');
    }
    expect(of('camera')).toMatch(/^skipped/u);
    expect(summaryOf(run.state)).toContain('Everything');
  });

  test('the WebSocket is asked as a call asks it', async () => {
    const { browser } = await tested({});
    expect(browser.opened).toEqual(['wss://meet.example/xmpp-websocket?room=connection-test xmpp']);
    expect(browser.sent).toEqual([
      "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='meet.example' version='1.0'/>",
      "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>",
    ]);
  });

  test.each<[NonNullable<Network['socket']>, RegExp]>([
    ['refuses', /must let WebSockets to wss:\/\/meet\.example through/u],
    ['hangs', /does not answer within 10 s/u],
    ['talks-html', /no greeting/u],
    ['no-protocol', /not as XMPP/u],
    ['closes', /closed the connection/u],
  ])('a WebSocket that %s has failed', async (socket, detail) => {
    const { of } = await tested({ socket });
    expect(of('web-socket')).toMatch(/^failed/u);
    expect(of('web-socket')).toMatch(detail);
  });

  test('a portal that is down leaves the rest untried', async () => {
    const { test: run, of } = await tested({}, () => Promise.reject(new Problem('portal-down', 503, '')));
    expect(of('portal')).toMatch(/^failed: .*does not answer/u);
    expect(of('web-socket')).toMatch(/^skipped/u);
    expect(of('turn-tls')).toMatch(/^skipped/u);
    expect(run.state.done).toBe(true);
  });

  test('what the server does not have is skipped', async () => {
    const { of } = await tested({}, () => Promise.resolve({ ...data, iceServers: [] }));
    for (const name of ['udp', 'turn-udp', 'turn-tcp', 'turn-tls'] as const) {
      expect(of(name)).toMatch(/^skipped/u);
    }
  });

  test('closed UDP is told, and TCP still works', async () => {
    const { of } = await tested({
      ice: (urls, relayOnly) =>
        urls.some((url) => /^stun:|transport=udp/u.test(url))
          ? { error: 701 }
          : { candidates: [{ type: relayOnly ? 'relay' : 'srflx', protocol: 'udp' }] },
    });
    expect(of('udp')).toMatch(/^failed: .*allow UDP to meet\.example:3478/u);
    expect(of('turn-udp')).toMatch(/^failed: .*allow UDP to meet\.example:3478/u);
    expect(of('turn-tcp')).toMatch(/^ok/u);
    expect(of('turn-tls')).toMatch(/^ok/u);
  });

  test('packets that vanish without a word end in time', async () => {
    const { of } = await tested({ ice: () => ({ silent: true }) });
    for (const name of ['udp', 'turn-udp', 'turn-tcp', 'turn-tls'] as const) {
      expect(of(name)).toMatch(/^failed/u);
    }
  });

  test('a wrong secret is named', async () => {
    const { of } = await tested({ ice: (_, relayOnly) => (relayOnly ? { error: 401 } : {}) });
    expect(of('turn-udp')).toMatch(/^failed: .*same secret/u);
  });

  test('a relay that gives no address though it answers has failed', async () => {
    const { of } = await tested({ ice: (_, relayOnly) => (relayOnly ? {} : {}) });
    expect(of('turn-tls')).toMatch(/^failed: .*Its certificate/u);
  });

  test('a message through the relay is the best proof', async () => {
    const { of } = await tested({
      ice: () => ({ candidates: [{ type: 'relay', protocol: 'udp' }], carries: true }),
    });
    expect(of('turn-tcp')).toMatch(/^ok: A message went through the relay/u);
  });

  test('without address translation there is nothing new to learn, and that is fine', async () => {
    const { of } = await tested({ ice: (_, relayOnly) => (relayOnly ? { error: 701 } : {}) });
    expect(of('udp')).toMatch(/^ok/u);
  });

  test('a browser without WebRTC is told so', async () => {
    const { of } = await tested({ noWebRtc: true });
    expect(of('udp')).toMatch(/^failed: .*no WebRTC/u);
    expect(of('turn-udp')).toMatch(/^failed: .*no WebRTC/u);
  });

  test('all that was opened is closed', async () => {
    const { browser } = await tested({});
    // One WebSocket, one connection for UDP, two for each way to the relay.
    expect(browser.closed).toHaveLength(8);
  });

  test('devices are tried when asked, each with its own outcome, and survive a second run', async () => {
    const { test: run, browser, of } = await tested({});
    await run.tryDevices();
    expect(of('camera')).toMatch(/^failed: No camera/u);
    expect(of('microphone')).toBe('ok: Headset works.');
    await browser.pass(run.run());
    expect(of('microphone')).toBe('ok: Headset works.');
  });

  test('the report has a line for everything', async () => {
    const { test: run } = await tested({ socket: 'refuses' });
    const report = reportOf(run.state, ['Video Window']);
    expect(report.split('\n')).toHaveLength(2 + run.state.checks.length);
    expect(report).toContain('FAILED  Conference server (WebSocket): No WebSocket');
    expect(summaryOf(run.state)).toContain('One thing');
  });
});

describe('distance and clocks', () => {
  test.each<[string, number, RegExp]>([
    ['the same', 0, /^ok/u],
    ['a minute and a half behind', 90_000, /^failed: .*2 minutes behind/u],
    ['an hour ahead', -3_600_000, /^failed: .*60 minutes ahead/u],
  ])('a clock that is %s', async (_, portalAhead, outcome) => {
    const browser = new Pretended({ date: (now) => new Date(now + portalAhead).toUTCString() });
    const { result, detail } = clockOutcome(await measureDistance(browser));
    expect(`${result}: ${detail}`).toMatch(outcome);
  });

  test('a proxy that takes the time away is told', async () => {
    const distance = await measureDistance(new Pretended({ date: () => null }));
    expect(clockOutcome(distance).result).toBe('failed');
  });

  test('too long a way is told', async () => {
    expect(roundTripOutcome(await measureDistance(new Pretended({ took: 30 }))).detail).toContain('30 ms');
    expect(roundTripOutcome(await measureDistance(new Pretended({ took: 900 }))).result).toBe('failed');
  });
});

describe('addresses of servers', () => {
  test('each way has its own', () => {
    const servers = serversOf(data.iceServers);
    const ways = (['udp', 'tcp', 'tls'] as const).map((way) =>
      servers.filter((server) => isTurn(server, way)).map(({ urls }) => urls),
    );
    expect(ways.map((urls) => urls.length)).toEqual([1, 1, 1]);
    expect(servers[1]).toMatchObject({ username: 'u', credential: 'c' });
  });

  test.each([
    ['turn:meet.example', 'meet.example:3478'],
    ['turns:meet.example?transport=tcp', 'meet.example:5349'],
    ['turn:[2001:db8::1]:3479?transport=udp', '[2001:db8::1]:3479'],
  ])('%s is %s', (urls, address) => {
    expect(portOf({ urls })).toBe(address);
  });
});
