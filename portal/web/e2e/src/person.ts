import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outputFolder } from './stack.ts';

/** What a page shows of somebody's camera or screen. */
export interface Tile {
  readonly endpoint: string;
  readonly source: string;
  readonly muted: boolean;
  readonly video: boolean;
  readonly local: boolean;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Somebody at a browser of their own: cookies, devices and all. Finds things as a person does, by their names. */
export class Person {
  readonly problems: string[] = [];

  private constructor(
    readonly name: string,
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly address: string,
  ) {
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('request', (request) => this.refuseStrangers(request.url()));
  }

  /** With `camera` theirs has pictures of that size only. */
  static async arrive(
    browser: Browser,
    address: string,
    name: string,
    camera?: PictureSize,
  ): Promise<Person> {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
      viewport: { width: 1280, height: 800 },
    });
    // Twice the usual: a slow machine takes its time with a page.
    context.setDefaultTimeout(60_000);
    if (camera !== undefined) {
      await context.addInitScript(({ width, height }) => {
        const devices = navigator.mediaDevices;
        const open = devices.getUserMedia.bind(devices);
        devices.getUserMedia = (wish) =>
          open(
            wish?.video ? { ...wish, video: { width: { exact: width }, height: { exact: height } } } : wish,
          );
      }, camera);
    }
    return new Person(name, await context.newPage(), context, address);
  }

  async signUp(email: string, password: string): Promise<void> {
    await this.page.goto(`${this.address}/sign-up`);
    await this.shot('sign-up');
    await this.page.getByLabel('Name').fill(this.name);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.button('Create account').click();
    await this.page.getByRole('heading', { name: 'Meetings' }).waitFor();
  }

  async signOut(): Promise<void> {
    await this.button('Sign out').click();
    await this.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.page.goto(`${this.address}/sign-in`);
    await this.shot('sign-in');
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.button('Sign in').click();
    await this.page.getByRole('heading', { name: 'Meetings' }).waitFor();
  }

  /** Creates a meeting and answers the link for guests, as the portal gives it to the page. */
  async createMeeting(name: string): Promise<string> {
    await this.page.getByLabel('Meeting name').fill(name);
    const created = this.page.waitForResponse(
      (response) => response.url().endsWith('/api/v1/meetings') && response.request().method() === 'POST',
    );
    await this.button('Create meeting').click();
    const meeting = (await (await created).json()) as { link: string };
    await this.page.getByText(name).first().waitFor();
    await this.shot('meetings');
    return meeting.link;
  }

  /** Opens the link; a guest also says who they are, and with the camera off nobody sees them. */
  async openMeeting(link: string, guest: boolean, camera = true): Promise<void> {
    await this.page.goto(link);
    await this.button('Join').waitFor();
    if (!camera) {
      await this.button('Turn camera off').click();
    }
    if (guest) {
      await this.page.getByLabel('Your name').fill(this.name);
    }
    await this.shot('pre-join');
  }

  async join(): Promise<void> {
    await this.button('Join').click();
    await this.button('Leave').waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async tiles(): Promise<Tile[]> {
    return this.page.getByTestId('tile').evaluateAll((elements) =>
      elements.map((element) => ({
        endpoint: element.getAttribute('data-endpoint') ?? '',
        source: element.getAttribute('data-source') ?? '',
        muted: element.getAttribute('data-muted') === 'true',
        video: element.getAttribute('data-video') === 'on',
        local: element.getAttribute('data-local') === 'true',
      })),
    );
  }

  async remoteTiles(): Promise<Tile[]> {
    return (await this.tiles()).filter((tile) => !tile.local);
  }

  async endpoint(): Promise<string> {
    const own = (await this.tiles()).find((tile) => tile.local);
    if (own === undefined) {
      throw new Error(`${this.name} has no tile of their own.`);
    }
    return own.endpoint;
  }

  /** Keeps a picture of the page, named after the person and the moment. */
  async shot(moment: string): Promise<void> {
    await mkdir(outputFolder, { recursive: true });
    await this.page.screenshot({ path: join(outputFolder, `${this.name.toLowerCase()}-${moment}.png`) });
  }

  async goAway(): Promise<void> {
    await this.context.close();
  }

  private refuseStrangers(url: string): void {
    const host = new URL(url).hostname;
    if (!['localhost', '127.0.0.1', '', new URL(this.address).hostname].includes(host)) {
      this.problems.push(`The page asked a stranger: ${url}`);
    }
  }
}
