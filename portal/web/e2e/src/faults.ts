import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { Gathering } from './continuity.ts';
import { readMedia } from './media.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';
import { until } from './waiting.ts';

/** Instances of a part have their ports as far apart, and bridges their media ports. */
const PORTS_APART = 10;
const MEDIA_PORTS_APART = 100;
const FIRST_MEDIA_PORT = 10_000;

/** A story that takes longer has failed; how long it may take is for who tells it. */
const PATIENCE_MS = 100_000;

/** What one story has measured, in milliseconds. */
export interface Measured {
  readonly took: number;
  /** The other thing that it was about, if any: a second sentence for the reader. */
  readonly also?: string;
}

/**
 * A call of two on an installation of which parts are broken: each story breaks one, mends it, and leaves a call that is
 * as good as before.
 */
export class FaultyCall {
  private readonly guests: Person[] = [];

  private constructor(
    private readonly stack: Stack,
    private readonly browser: Browser,
    private readonly owner: Person,
    private readonly link: string,
    private readonly call: Gathering,
  ) {}

  static async start(offset: number): Promise<FaultyCall> {
    const stack = await Stack.start(offset, '--with', 'haproxy,coturn,postgresql', '--bridges', '2');
    try {
      const browser = await launchBrowser();
      const owner = await Person.arrive(browser, stack.address, 'Olga');
      await owner.signUp(`olga-${randomUUID()}@example.org`, 'correct horse battery staple');
      const link = await owner.createMeeting('Faults');
      await owner.openMeeting(link, false);
      await owner.join();
      const guest = await Person.arrive(browser, stack.address, 'Gina');
      await guest.openMeeting(link, true);
      await guest.join();
      const call = await Gathering.of(owner, guest);
      return new FaultyCall(stack, browser, owner, link, call);
    } catch (failure) {
      await stack.stop();
      throw failure;
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.stack.stop();
  }

  /** The bridge is killed; the other one takes the call. Until media are back. */
  async bridgeKilled(): Promise<Measured> {
    const bridge = await this.bridgeOf(this.owner);
    await this.call.watch();
    const at = await this.stack.kill(`bridge-${bridge}`);
    const took = await this.call.untilFlowing(at, PATIENCE_MS);
    const other = await this.bridgeOf(this.owner);
    if (other === bridge) {
      throw new Error(`The call is said to be on the bridge that was killed (${bridge}).`);
    }
    await this.stack.command('start', `bridge-${bridge}`);
    await this.untilHealthy(this.bridgeAddress(bridge));
    await this.untilFocusHas(2);
    return { took };
  }

  /** The bridge is drained: how long media of the call stand still. New calls are on the other one. */
  async bridgeDrained(): Promise<Measured> {
    const bridge = await this.bridgeOf(this.owner);
    await this.call.watch();
    const at = Date.now();
    await fetch(`${this.bridgeAddress(bridge)}/colibri/drain`, { method: 'POST' });
    try {
      await until(
        'the focus knows that the bridge is drained',
        60_000,
        () => readBody(`http://127.0.0.1:${this.stack.port(8888)}/bridges`),
        (body) => body.includes('"draining":true'),
      );
      await this.newCallIsOn(3 - bridge);
      await this.call.untilFlowing(at, PATIENCE_MS);
      const took = await this.call.longestStall();
      const stays = (await this.bridgeOf(this.owner)) === bridge;
      return { took, also: stays ? 'the call stays until it ends' : 'the call has moved' };
    } finally {
      await fetch(`${this.bridgeAddress(bridge)}/colibri/drain`, { method: 'DELETE' });
    }
  }

  /** The focus is killed and started again: how long media stand still, and when the next one is in. */
  async focusKilled(): Promise<Measured & { readonly joined: number }> {
    const next = await this.atTheDoor('Nora');
    await this.call.watch();
    const at = await this.stack.kill('focus-1');
    await this.stack.command('start', 'focus-1');
    await this.enters(next);
    const joined = Date.now() - at;
    const took = await this.call.longestStall();
    await next.goAway();
    await this.untilAlone();
    return { took, joined, also: `the next one was in ${joined} ms after the focus was killed` };
  }

  /** The shard server is killed and started again: until everybody is in the room again, with media. */
  async shardKilled(): Promise<Measured> {
    await this.call.watch();
    const at = await this.stack.kill('shard-1');
    // Both at once: pages that find the server back say nothing any more.
    await Promise.all([
      this.untilSaid((banners) => banners.every((banner) => banner !== ''), 30_000),
      this.stack.command('start', 'shard-1'),
    ]);
    await this.untilSaid((banners) => banners.every((banner) => banner === ''), PATIENCE_MS);
    const back = Date.now() - at;
    // Whoever's ticket had expired is somebody else now.
    await this.call.follow();
    const media = await this.call.untilFlowing(at, PATIENCE_MS);
    const stall = await this.call.longestStall();
    await this.untilHealthy(`http://127.0.0.1:${this.stack.port(8888)}`);
    return { took: Math.max(back, media), also: `media stood still for ${stall} ms` };
  }

  /** What the pages say about their connection. */
  private async untilSaid(right: (banners: string[]) => boolean, within: number): Promise<void> {
    const said = (): Promise<string[]> =>
      Promise.all(
        this.call.people.map((person) =>
          person.page.evaluate(() => document.querySelector('.banner p')?.textContent ?? ''),
        ),
      );
    await until('the pages say how the connection is', within, said, right);
  }

  /** The portal is stopped and started again: how long media of the call stand still. */
  async portalDown(): Promise<Measured> {
    return this.withoutThePart('portal-1');
  }

  /** The database is stopped and started again: how long media of the call stand still. */
  async databaseDown(): Promise<Measured> {
    return this.withoutThePart('postgresql-1');
  }

  /** The call does not need that part; joining does, and says so while it is away. */
  private async withoutThePart(instance: string): Promise<Measured> {
    const next = await this.atTheDoor('Nina');
    await this.call.watch();
    await this.stack.command('stop', instance);
    let said: string;
    try {
      said = await this.refusedAtTheDoor(next);
    } finally {
      await this.stack.command('start', instance);
      await this.untilHealthy(`http://127.0.0.1:${this.stack.port(8081)}/actuator`, 'health');
    }
    await this.getsInAndGoes(next);
    return { took: await this.call.longestStall(), also: `joining said "${said}"` };
  }

  /** HAProxy takes its configuration anew: how long media stand still. No connection may be made anew. */
  async proxyReloaded(): Promise<Measured> {
    let sockets = 0;
    this.call.people.forEach((person) => person.page.on('websocket', () => (sockets += 1)));
    await this.call.watch();
    process.kill(await this.stack.pid('haproxy-1'), 'SIGUSR2');
    await this.call.untilFlowing(Date.now(), PATIENCE_MS);
    if (sockets > 0) {
      throw new Error(`${sockets} WebSockets were opened anew after HAProxy was reloaded.`);
    }
    await this.getsInAndGoes(await this.atTheDoor('Rita'));
    return { took: await this.call.longestStall() };
  }

  /** coturn is killed and started again in a call of which one person is relayed: until media are back. */
  async turnKilled(): Promise<Measured> {
    const relayed = await this.arrive('Rhea');
    await relayed.openMeeting(`${this.link}?relay=udp`, true);
    await relayed.join();
    const all = await Gathering.of(relayed, ...this.call.people);
    const at = await this.stack.kill('coturn-1');
    await this.stack.command('start', 'coturn-1');
    const took = await all.untilFlowing(at, PATIENCE_MS);
    await relayed.goAway();
    await this.untilAlone();
    return { took };
  }

  // --- What stories are made of

  private async arrive(name: string): Promise<Person> {
    const person = await Person.arrive(this.browser, this.stack.address, name);
    this.guests.push(person);
    return person;
  }

  private async atTheDoor(name: string): Promise<Person> {
    const person = await this.arrive(name);
    await person.openMeeting(this.link, true);
    return person;
  }

  /** Clicks on Join in vain; answers what the page says. */
  private async refusedAtTheDoor(person: Person): Promise<string> {
    await person.button('Join').click();
    const alert = person.page.getByRole('alert').first();
    await alert.waitFor({ timeout: 60_000 });
    const said = (await alert.innerText()).replaceAll(/\s+/g, ' ').trim();
    await person.shot('refused');
    if (
      !/portal|server|service|database/i.test(said) ||
      /makes no sense|something (unexpected|went wrong)/i.test(said)
    ) {
      throw new Error(`This does not say plainly what is wrong: "${said}"`);
    }
    return said;
  }

  /** Clicks on Join until it works and sees everybody. */
  private async enters(person: Person): Promise<void> {
    await until(
      `${person.name} gets in`,
      PATIENCE_MS,
      async () => {
        const join = person.button('Join');
        if (await join.isEnabled({ timeout: 100 }).catch(() => false)) {
          await join.click({ timeout: 1_000 }).catch(() => undefined);
        }
        return person.remoteTiles();
      },
      (tiles) => tiles.length === this.call.people.length,
    );
    await this.untilSeesEverybody(person);
  }

  private async getsInAndGoes(person: Person): Promise<void> {
    await this.enters(person);
    await person.goAway();
    await this.untilAlone();
  }

  private async untilSeesEverybody(person: Person): Promise<void> {
    await until(
      `${person.name} sees everybody`,
      PATIENCE_MS,
      () => readMedia(person.page),
      ({ shownFrames }) => {
        const shown = Object.values(shownFrames);
        return shown.length === this.call.people.length && shown.every((frames) => frames > 0);
      },
    );
  }

  /** Until the two are among themselves again. */
  private async untilAlone(): Promise<void> {
    await until(
      'the guest is gone',
      60_000,
      () => this.owner.remoteTiles(),
      (tiles) => tiles.length === 1,
    );
  }

  private async newCallIsOn(bridge: number): Promise<void> {
    const olga = await this.arrive('Vera');
    await olga.signUp(`vera-${randomUUID()}@example.org`, 'correct horse battery staple');
    const link = await olga.createMeeting('Another');
    await olga.openMeeting(link, false);
    await olga.join();
    const guest = await this.arrive('Wim');
    await guest.openMeeting(link, true);
    await guest.join();
    await Gathering.of(olga, guest);
    const on = await this.bridgeOf(olga);
    await Promise.all([olga.goAway(), guest.goAway()]);
    if (on !== bridge) {
      throw new Error(`A new call is on bridge ${on}, which is drained.`);
    }
  }

  private bridgeAddress(bridge: number): string {
    return `http://127.0.0.1:${this.stack.port(8889 + PORTS_APART * (bridge - 1))}`;
  }

  /** Number of the bridge that somebody's media go to, by its port. */
  private async bridgeOf(person: Person): Promise<number> {
    let port = 0;
    // Between two media sessions there is none for a moment.
    await until(
      `${person.name}'s media go to a bridge`,
      60_000,
      async () => (port = await this.mediaPortOf(person)),
      (found) => found > 0,
    );
    return Math.floor((port - this.stack.port(FIRST_MEDIA_PORT)) / MEDIA_PORTS_APART) + 1;
  }

  /** The port that somebody's media go to; 0 while they go nowhere. */
  private mediaPortOf(person: Person): Promise<number> {
    return person.page.evaluate(async () => {
      const { videoWindow } = window as unknown as { videoWindow?: { peerConnection?: RTCPeerConnection } };
      const report = await videoWindow?.peerConnection?.getStats();
      let remote = '';
      report?.forEach(
        (entry: { type: string; state?: string; nominated?: boolean; remoteCandidateId?: string }) => {
          if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
            remote = entry.remoteCandidateId ?? '';
          }
        },
      );
      return (report?.get(remote) as { port?: number } | undefined)?.port ?? 0;
    });
  }

  private async untilHealthy(address: string, path = 'about/health'): Promise<void> {
    await until(
      `${address} is healthy`,
      PATIENCE_MS,
      () =>
        fetch(`${address}/${path}`).then(
          (answer) => answer.status,
          () => 0,
        ),
      (status) => status === 200,
    );
  }

  /** A bridge that was started again is of use when the focus knows it. */
  private async untilFocusHas(bridges: number): Promise<void> {
    await until(
      `the focus knows ${bridges} bridges`,
      60_000,
      () => readBody(`http://127.0.0.1:${this.stack.port(8888)}/bridges`),
      (body) => (body.match(/"healthy":true/g) ?? []).length === bridges,
    );
  }
}

async function readBody(address: string): Promise<string> {
  try {
    return await (await fetch(address)).text();
  } catch {
    return '';
  }
}
