import { execFile } from 'node:child_process';
import { mkdtemp, cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../../..');

/** Where screenshots and the logs of the parts go. */
export const outputFolder = resolve(import.meta.dirname, '../test-output');

/** The four real parts, started by the same command that a person uses, on ports and in a folder of their own. */
export class Stack {
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(
    readonly address: string,
    private readonly home: string,
    offset: number,
    private readonly own: boolean,
  ) {
    this.environment = {
      ...process.env,
      VIDEO_WINDOW_HOME: home,
      VIDEO_WINDOW_PORT_OFFSET: String(offset),
    };
  }

  /**
   * Starts everything with fresh databases and waits until all of it is healthy. With VIDEO_WINDOW_E2E_RUNNING set to
   * "1" the installation that VIDEO_WINDOW_HOME and VIDEO_WINDOW_PORT_OFFSET name is used as it runs.
   */
  static async start(offset: number): Promise<Stack> {
    if (process.env['VIDEO_WINDOW_E2E_RUNNING'] === '1') {
      const running = Number(process.env['VIDEO_WINDOW_PORT_OFFSET'] ?? 0);
      const home = process.env['VIDEO_WINDOW_HOME'] ?? join(root, 'var');
      return new Stack(`http://localhost:${8080 + running}`, home, running, false);
    }
    const home = await mkdtemp(join(tmpdir(), 'video-window-e2e-'));
    const stack = new Stack(`http://localhost:${8080 + offset}`, home, offset, true);
    try {
      await stack.command('up');
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
