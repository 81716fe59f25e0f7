import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { Gathering } from './continuity.ts';
import { Network } from './network.ts';
import { Person } from './person.ts';
import { Stack } from './stack.ts';

/** A call of two, of whom one is in a network of their own that can be cut. */
export class MovingCall {
  private constructor(
    private readonly network: Network,
    private readonly stack: Stack,
    private readonly browsers: readonly Browser[],
    private readonly call: Gathering,
    private readonly traveller: Person,
  ) {}

  static async start(offset: number): Promise<MovingCall> {
    const network = await Network.make();
    const ends: (() => Promise<void>)[] = [() => network.close()];
    try {
      const stack = await Stack.start(offset, '--with', 'haproxy', '--listen', network.address);
      ends.unshift(() => stack.stop());
      const here = await launchBrowser();
      ends.unshift(() => here.close());
      const there = await launchBrowser(network.browser);
      ends.unshift(() => there.close());
      const owner = await Person.arrive(here, stack.address, 'Olga');
      await owner.signUp(`olga-${randomUUID()}@example.org`, 'correct horse battery staple');
      const link = await owner.createMeeting('On the move');
      await owner.openMeeting(link, false);
      await owner.join();
      const traveller = await Person.arrive(there, stack.address, 'Tara');
      await traveller.openMeeting(link, true);
      await traveller.join();
      return new MovingCall(network, stack, [here, there], await Gathering.of(owner, traveller), traveller);
    } catch (failure) {
      for (const end of ends) {
        await end();
      }
      throw failure;
    }
  }

  /**
   * Cuts the traveller off, gives them another address if `moves`, and mends the network. Answers how long after that
   * media are back at both.
   */
  async cut(seconds: number, moves: boolean, within: number): Promise<number> {
    await this.call.watch();
    await this.network.cut();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    if (moves) {
      await this.network.moveBrowser();
    }
    const at = await this.network.mend();
    return this.call.untilFlowing(at, within);
  }

  /** Whether the traveller's media session is the one that this was asked about last. */
  async sameSession(): Promise<boolean> {
    return this.traveller.page.evaluate(() => {
      const holder = window as unknown as {
        videoWindow?: { peerConnection?: object };
        lastSession?: object | undefined;
      };
      const before = holder.lastSession;
      holder.lastSession = holder.videoWindow?.peerConnection;
      return before !== undefined && before === holder.lastSession;
    });
  }

  async stop(): Promise<void> {
    for (const browser of this.browsers) {
      await browser.close();
    }
    await this.stack.stop();
    await this.network.close();
  }
}
