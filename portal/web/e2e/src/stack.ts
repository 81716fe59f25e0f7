import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { until } from './waiting.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../../..');

/** Where screenshots and the logs of the parts go. */
export const outputFolder = resolve(import.meta.dirname, '../test-output');

/** The real parts, started by the same command that a person uses, on ports and in a folder of their own. */
export class Stack {
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(
    readonly address: string,
    private readonly home: string,
    private readonly offset: number,
    private readonly own: boolean,
  ) {
    this.environment = {
      ...process.env,
      VIDEO_WINDOW_HOME: home,
      VIDEO_WINDOW_PORT_OFFSET: String(offset),
    };
  }

  /**
   * Starts everything with fresh databases and waits until all of it is healthy; `setUp` are the options of
   * `./video-window up`. With VIDEO_WINDOW_E2E_RUNNING set to "1" the installation that VIDEO_WINDOW_HOME and
   * VIDEO_WINDOW_PORT_OFFSET name is used as it runs.
   */
  static async start(offset: number, ...setUp: string[]): Promise<Stack> {
    const running = process.env['VIDEO_WINDOW_E2E_RUNNING'] === '1';
    const ports = running ? Number(process.env['VIDEO_WINDOW_PORT_OFFSET'] ?? 0) : offset;
    const host = setUp[setUp.indexOf('--listen') + 1] ?? '';
    const address = setUp.some((word) => word.includes('haproxy'))
      ? `https://${setUp.includes('--listen') ? host : 'localhost'}:${8443 + ports}`
      : `http://localhost:${8080 + ports}`;
    if (running) {
      return new Stack(address, process.env['VIDEO_WINDOW_HOME'] ?? join(root, 'var'), ports, false);
    }
    const home = await mkdtemp(join(tmpdir(), 'video-window-e2e-'));
    const stack = new Stack(address, home, offset, true);
    try {
      await stack.command('up', ...setUp);
    } catch (failure) {
      await stack.keepLogs();
      throw failure;
    }
    return stack;
  }

  /** Runs `./video-window` with these words and answers what it printed. */
  async command(...words: string[]): Promise<string> {
    const { stdout } = await run(resolve(root, 'video-window'), words, {
      env: this.environment,
      maxBuffer: 16 << 20,
    });
    return stdout;
  }

  /** The bridge, the only one, runs anew with these settings besides its own; answers when the focus has it again. */
  async setBridge(settings: string): Promise<void> {
    await appendFile(join(this.home, 'conf', 'videobridge.conf'), `${settings}\n`);
    await this.command('stop', 'bridge-1');
    await this.command('start', 'bridge-1');
    await until(
      `the focus has a bridge that runs with ${settings}`,
      60_000,
      () =>
        fetch(`http://127.0.0.1:${this.port(8888)}/about/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      (status) => status === 200,
    );
  }

  /** Process id of an instance, by its full name, such as `bridge-1`. */
  async pid(instance: string): Promise<number> {
    const [first] = (await readFile(join(this.home, 'run', `${instance}.pid`), 'utf8')).split('\n');
    return Number(first);
  }

  /** Ends an instance without giving it a chance to say anything; answers when. */
  async kill(instance: string): Promise<number> {
    const pid = await this.pid(instance);
    process.kill(pid, 'SIGKILL');
    const at = Date.now();
    while (existsSync(`/proc/${pid}`)) {
      await new Promise((done) => setTimeout(done, 10));
    }
    return at;
  }

  /** Where a port of the development default is in this installation. */
  port(usual: number): number {
    return usual + this.offset;
  }

  async keepLogs(): Promise<void> {
    await cp(join(this.home, 'logs'), join(outputFolder, 'logs'), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    if (!this.own) {
      return;
    }
    await this.keepLogs();
    await this.command('down');
    await rm(this.home, { recursive: true, force: true });
  }
}
