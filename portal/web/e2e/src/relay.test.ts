import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { growing, readMedia } from './media.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

/** How a call's media reach the bridge, from the statistics of the pair that carries them. */
interface Route {
  readonly candidate: string;
  readonly relayProtocol: string;
  readonly server: string;
}

/** All media through the TURN server, as in a network that lets nothing else through. */
describe('A call through the TURN server', () => {
  let stack: Stack;
  let browser: Browser;
  let olga: Person;
  let gina: Person | undefined;
  let link: string;

  beforeAll(async () => {
    stack = await Stack.start(20_500, '--with', 'haproxy,coturn');
    browser = await launchBrowser();
    olga = await Person.arrive(browser, stack.address, 'Olga');
    await olga.signUp(`olga-${Date.now()}@example.org`, 'correct horse battery staple');
    link = await olga.createMeeting('Behind a firewall');
  });

  afterEach(async () => {
    await olga.page.goto(stack.address);
    await gina?.goAway();
    gina = undefined;
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  /** One is in the call, the other before it. */
  async function meet(relay: string): Promise<Person> {
    const guest = (gina = await Person.arrive(browser, stack.address, 'Gina'));
    await olga.openMeeting(`${link}?relay=${relay}`, false);
    await olga.join();
    await guest.openMeeting(`${link}?relay=${relay}`, true);
    return guest;
  }

  /** The other joins: milliseconds from the click on Join to the first frame; then pictures and sound go both ways. */
  async function firstFrame(guest: Person): Promise<number> {
    await guest.button('Join').click();
    const took = await until(
      'Gina sees Olga',
      60_000,
      () => readMedia(guest.page),
      ({ shownFrames }) => Object.values(shownFrames).some((frames) => frames > 0),
    );
    for (const person of [olga, guest]) {
      const before = await readMedia(person.page);
      await until(
        `${person.name} sees a moving picture and hears a voice`,
        60_000,
        () => readMedia(person.page),
        (after) =>
          growing(before.decodedFrames, after.decodedFrames) === 1 &&
          growing(before.audioEnergy, after.audioEnergy) === 1 &&
          Object.entries(after.shownFrames).some(
            ([tile, frames]) => frames > (before.shownFrames[tile] ?? 0) + 5,
          ),
      );
    }
    return took;
  }

  test('directly, for comparison', async () => {
    const guest = await meet('no');
    const took = await firstFrame(guest);
    // What answers first carries the first packets, and may be the relay; what is direct follows.
    await untilOn(guest, ({ candidate }) => ['host', 'prflx', 'srflx'].includes(candidate));
    console.info(`no relay: first frame ${Math.round(took)} ms after the click on Join`);
  });

  test.each(['udp', 'tcp', 'tls'])('over %s', async (relay) => {
    const guest = await meet(relay);
    const took = await firstFrame(guest);
    for (const person of [olga, guest]) {
      // By TLS the port of the web pages: what is open everywhere.
      const port = relay === 'tls' ? `:${new URL(stack.address).port}` : '';
      await untilOn(
        person,
        ({ candidate, relayProtocol, server }) =>
          candidate === 'relay' && relayProtocol === relay && server.includes(port),
      );
    }
    console.info(`relay over ${relay}: first frame ${Math.round(took)} ms after the click on Join`);
    await guest.shot(`relay-${relay}`);
  });

  test('with the credentials of the XMPP server alone', async () => {
    const guest = await meet('udp');
    const withheld: string[] = [];
    // A portal that names no servers: then the client asks the XMPP server (XEP-0215).
    await guest.page.route('**/tickets', async (route) => {
      const response = await route.fetch();
      const ticket = (await response.json()) as { iceServers: { username?: string }[] };
      withheld.push(...ticket.iceServers.map(({ username }) => username ?? ''));
      await route.fulfill({ response, json: { ...ticket, iceServers: [] } });
    });
    const took = await firstFrame(guest);
    await untilOn(guest, ({ candidate }) => candidate === 'relay');
    // The page got none of the portal's, so what it used is the XMPP server's. Both make the same ones in the same second.
    expect(withheld).toHaveLength(1);
    expect(await usernames(guest.page)).toHaveLength(1);
    console.info(`relay by XEP-0215: first frame ${Math.round(took)} ms after the click on Join`);
  });

  test('no page had an error or asked a stranger', () => {
    expect(olga.problems).toEqual([]);
  });
});

interface Diagnosis {
  readonly peerConnection?: RTCPeerConnection;
}

/** Waits until this is the way that somebody's media take. */
async function untilOn(person: Person, right: (route: Route) => boolean): Promise<void> {
  await until(`${person.name}'s media take the right way`, 20_000, () => routeOf(person.page), right);
}

async function routeOf(page: Page): Promise<Route> {
  return page.evaluate(async () => {
    const { videoWindow } = window as unknown as { videoWindow?: Diagnosis };
    const report = await videoWindow?.peerConnection?.getStats();
    const entries = new Map<string, Record<string, unknown>>();
    report?.forEach((entry: { id: string }) => entries.set(entry.id, { ...entry }));
    const transport = [...entries.values()].find((entry) => entry['type'] === 'transport');
    const pair = entries.get(String(transport?.['selectedCandidatePairId']));
    const local = entries.get(String(pair?.['localCandidateId']));
    return {
      candidate: String(local?.['candidateType']),
      relayProtocol: String(local?.['relayProtocol']),
      server: String(local?.['url']),
    };
  });
}

async function usernames(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { videoWindow } = window as unknown as { videoWindow?: Diagnosis };
    const servers = videoWindow?.peerConnection?.getConfiguration().iceServers ?? [];
    return servers.map((server) => server.username ?? '');
  });
}
