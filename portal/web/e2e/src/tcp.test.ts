import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, launchBrowserWithoutDatagrams } from './browser.ts';
import { Gathering } from './continuity.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

/** How media get to the bridge, from the statistics of the pair of candidates that carries them. */
interface Path {
  /** `udp` or `tcp`. */
  readonly local: string;
  /** The bridge's candidate: `udp`, `tcp` or, with the look of TLS, `ssltcp`. */
  readonly remote: string;
  /** What of our description changes with each ICE restart. */
  readonly ufrag: string;
}

/** Olga's network is open, Tara's lets no datagrams pass. The bridge takes connections too. */
describe('Ways to the bridge', () => {
  let stack: Stack;
  let open: Browser;
  let closed: Browser;
  let olga: Person;
  let tara: Person;
  let link: string;

  beforeAll(async () => {
    stack = await Stack.start(21_000);
    await stack.setBridge(`videobridge.media.tcp-port = ${stack.port(4443)}`);
    open = await launchBrowser();
    closed = await launchBrowserWithoutDatagrams();
    olga = await Person.arrive(open, stack.address, 'Olga');
    await olga.signUp(`olga-${randomUUID()}@example.org`, 'correct horse battery staple');
    link = await olga.createMeeting('Behind a firewall');
    await olga.openMeeting(link, false);
    await olga.join();
    tara = await Person.arrive(closed, stack.address, 'Tara');
  });

  afterAll(async () => {
    await open.close();
    await closed.close();
    await stack.stop();
  });

  test('over a connection where no datagram passes, over datagrams where they do', async () => {
    await tara.openMeeting(link, true);
    await tara.join();
    await Gathering.of(olga, tara);
    await untilOn(tara, ({ local }) => local === 'tcp');
    // The first check that comes back decides what the first packets take: that may be a connection's. The better way follows.
    await untilOn(olga, ({ local, remote }) => local === 'udp' && remote === 'udp');
    expect(await conflictsAt(stack)).toBe(0);
  });

  test.each(['Olga', 'Tara'])('ICE restarts at %s, and media go on in the same session', async (name) => {
    const person = name === 'Olga' ? olga : tara;
    const call = await Gathering.of(olga, tara);
    const restarting = await pathOf(person.page);
    await keepSession(person.page);
    // What a browser tells when the network may be another one; this one is the same.
    const at = await person.page.evaluate(() => {
      window.dispatchEvent(new Event('online'));
      return Date.now();
    });
    await until(
      `${name} has restarted ICE and is on a path again`,
      20_000,
      () => pathOf(person.page),
      ({ ufrag, local }) => ufrag !== restarting.ufrag && local === restarting.local,
    );
    await call.untilFlowing(at, 15_000);
    const stall = await call.longestStall();
    console.info(`ICE restart at ${name}: nothing stood still for longer than ${stall} ms`);
    expect(await isSameSession(person.page)).toBe(true);
  });

  test('over a connection that looks like TLS, where nothing else is offered', async () => {
    await tara.page.addInitScript(() => {
      window.RTCPeerConnection = class extends RTCPeerConnection {
        override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
          const sdp = description.sdp?.replace(/a=candidate:(?!\S+ \d+ ssltcp ).*\r\n/g, '') ?? '';
          return super.setRemoteDescription({ ...description, sdp });
        }
      };
    });
    await tara.openMeeting(link, true);
    await tara.join();
    await Gathering.of(olga, tara);
    await untilOn(tara, ({ local, remote }) => local === 'tcp' && remote === 'ssltcp');
  });

  test('no page had an error', () => {
    expect([...olga.problems, ...tara.problems]).toEqual([]);
  });
});

interface Held {
  readonly videoWindow?: { readonly peerConnection?: RTCPeerConnection };
  keptSession?: RTCPeerConnection | undefined;
}

/** Waits until this is the path that somebody's media take. */
async function untilOn(person: Person, right: (path: Path) => boolean): Promise<void> {
  const took = await until(
    `${person.name}'s media take the right path`,
    20_000,
    () => pathOf(person.page),
    right,
  );
  console.info(`${person.name} seen on the right path after ${Math.round(took)} ms`);
}

/** How often the bridge has told somebody that both cannot be controlled (487): each time costs checks. */
async function conflictsAt(stack: Stack): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${stack.port(8889)}/metrics`)).text();
  return Number(/^videobridge_ice_role_conflicts_total (\S+)$/m.exec(metrics)?.[1]);
}

async function pathOf(page: Page): Promise<Path> {
  return page.evaluate(async () => {
    const { peerConnection } = (window as unknown as Held).videoWindow ?? {};
    const report = await peerConnection?.getStats();
    const entries = new Map<string, Record<string, unknown>>();
    report?.forEach((entry: { id: string }) => entries.set(entry.id, { ...entry }));
    const all = [...entries.values()];
    const transport = all.find(({ type }) => type === 'transport');
    const pair = entries.get(String(transport?.['selectedCandidatePairId']));
    const protocolOf = (end: string): string => String(entries.get(String(pair?.[end]))?.['protocol']);
    return {
      local: protocolOf('localCandidateId'),
      remote: protocolOf('remoteCandidateId'),
      ufrag: /^a=ice-ufrag:(.*)$/m.exec(peerConnection?.localDescription?.sdp ?? '')?.[1] ?? '',
    };
  });
}

async function keepSession(page: Page): Promise<void> {
  await page.evaluate(() => {
    const held = window as unknown as Held;
    held.keptSession = held.videoWindow?.peerConnection;
  });
}

async function isSameSession(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const held = window as unknown as Held;
    return held.keptSession !== undefined && held.keptSession === held.videoWindow?.peerConnection;
  });
}
