import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumPath } from './browser.ts';

const run = promisify(execFile);

const BRIDGE = 'vw-e2e-bridge';
const HOST_END = 'vw-e2e-host';
const CLIENT_END = 'vw-e2e-eth';
const NAMESPACE = 'vw-e2e-client';
const NETWORK = '10.213.77';

/**
 * A network of the test's own: this machine has one address in it, and one browser stands elsewhere, behind a cable that
 * can be pulled. Needs root and Linux.
 */
export class Network {
  /** Where the installation listens. */
  readonly address = `${NETWORK}.1`;
  #host = 2;

  private constructor(
    /** A program that is Chromium, over there. */
    readonly browser: string,
    private readonly folder: string,
  ) {}

  static async make(): Promise<Network> {
    if (process.getuid?.() !== 0) {
      throw new Error('This test makes a network namespace for one browser: run it as root.');
    }
    await Network.remove();
    const folder = await mkdtemp(join(tmpdir(), 'video-window-network-'));
    const program = join(folder, 'chromium');
    await writeFile(program, `#!/bin/sh\nexec ip netns exec ${NAMESPACE} ${chromiumPath()} "$@"\n`);
    await chmod(program, 0o755);
    const network = new Network(program, folder);
    await ip(`link add ${BRIDGE} type bridge`);
    // An IPv6 address that comes by itself a second later is a change of the network for every browser of this machine.
    await ip(`link set ${BRIDGE} addrgenmode none`);
    await ip(`addr add ${network.address}/24 dev ${BRIDGE}`);
    await ip(`link set ${BRIDGE} up`);
    await ip(`netns add ${NAMESPACE}`);
    await ip(`link add ${HOST_END} type veth peer name ${CLIENT_END} netns ${NAMESPACE}`);
    await ip(`link set ${HOST_END} addrgenmode none`);
    await ip(`link set ${HOST_END} master ${BRIDGE} up`);
    await ip(`-n ${NAMESPACE} link set lo up`);
    await ip(`-n ${NAMESPACE} link set ${CLIENT_END} up`);
    await network.addAddress();
    return network;
  }

  private static async remove(): Promise<void> {
    await ip(`link del ${HOST_END}`).catch(() => undefined);
    await ip(`netns del ${NAMESPACE}`).catch(() => undefined);
    await ip(`link del ${BRIDGE}`).catch(() => undefined);
  }

  /** Nothing gets through any more. */
  async cut(): Promise<void> {
    await ip(`link set ${HOST_END} down`);
  }

  /** The browser's machine has another address from now on; the one before is gone. */
  async moveBrowser(): Promise<void> {
    await ip(`-n ${NAMESPACE} addr flush dev ${CLIENT_END}`);
    this.#host += 1;
    await this.addAddress();
  }

  /** The cable is there again; answers when. */
  async mend(): Promise<number> {
    await ip(`link set ${HOST_END} up`);
    return Date.now();
  }

  /** So much gets to the browser in a second, and what comes faster waits its turn for a while; undefined: all of it. */
  async limit(bitsPerSecond: number | undefined): Promise<void> {
    await run('tc', ['qdisc', 'del', 'dev', HOST_END, 'root']).catch(() => undefined);
    if (bitsPerSecond !== undefined) {
      const bucket = `root tbf rate ${bitsPerSecond}bit burst 8kb latency 300ms`;
      await run('tc', ['qdisc', 'add', 'dev', HOST_END, ...bucket.split(' ')]);
    }
  }

  async close(): Promise<void> {
    await Network.remove();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async addAddress(): Promise<void> {
    await ip(`-n ${NAMESPACE} addr add ${NETWORK}.${this.#host}/24 dev ${CLIENT_END}`);
    await ip(`-n ${NAMESPACE} route replace default via ${this.address}`);
  }
}

async function ip(words: string): Promise<void> {
  await run('ip', words.split(' '));
}
