import type Axe from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * Pictures of every page at four widths, light and dark: to be looked at. Finds on the way what does not fit, what has
 * errors and what breaks the rules of WCAG 2.2 AA that a program can check.
 */

const output = resolve(import.meta.dirname, '../test-output');
const sizes = [
  { width: 360, height: 740, themes: ['light', 'dark'] },
  { width: 768, height: 1024, themes: ['dark'] },
  { width: 1280, height: 800, themes: ['light', 'dark'] },
  { width: 1920, height: 1080, themes: ['light'] },
] as const;
/** Only the stories whose name this expression matches. */
const only = process.env['SHOT'];
/** Only at this width. */
const onlyWidth = process.env['SHOT_WIDTH'];

type Step = (page: Page) => Promise<unknown>;
const join_: Step = async (page) => {
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
};
const press =
  (...names: string[]): Step =>
  async (page) => {
    for (const name of names) {
      await page.getByRole('button', { name, exact: true }).first().click();
    }
  };
const then =
  (...steps: Step[]): Step =>
  async (page) => {
    for (const step of steps) {
      await step(page);
    }
  };

const shown =
  (text: string): Step =>
  (page) =>
    page.getByText(text).first().waitFor();

const stories: Record<string, [string, Step?]> = {
  'sign-in': ['at=/sign-in&nobody=1'],
  'sign-in-wrong': [
    'at=/sign-in&nobody=1',
    async (page) => {
      await page.getByLabel('E-mail').fill('olga@example.org');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await press('Sign in')(page);
    },
  ],
  'sign-up': ['at=/sign-up&nobody=1'],
  meetings: ['at=/'],
  'meetings-menu': ['at=/', press('More for Weekly planning')],
  'meetings-empty': ['at=/&empty=1'],
  'meetings-moderators': [
    'at=/',
    async (page) => {
      await press('More for Weekly planning')(page);
      await page.getByRole('menuitem', { name: 'Moderators' }).click();
    },
  ],
  'sign-in-ended': ['at=/account&ended=1'],
  'sign-in-error': ['at=/sign-in%3Ferror=oidc-email-taken&nobody=1'],
  'sign-up-closed': ['at=/sign-up&nobody=1&bare=1'],
  'verify-email': ['at=/verify-email%3Ftoken=new'],
  'verify-email-old': ['at=/verify-email%3Ftoken=old', then(press('Confirm'), shown('used already'))],
  'forgot-password': ['at=/forgot-password&nobody=1'],
  'reset-password': ['at=/reset-password%3Ftoken=new&nobody=1'],
  account: ['at=/account'],
  'account-delete': [
    'at=/account',
    async (page) => {
      await press('Delete account …')(page);
      await page.getByLabel('Your password').fill('wrong');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete account' }).click();
      await shown('password is wrong')(page);
    },
  ],
  'admin-users': ['at=/admin&administrator=1', shown('Mei Tanaka')],
  'admin-user-menu': ['at=/admin&administrator=1', press('More for Mei Tanaka')],
  'admin-meetings': ['at=/admin/meetings&administrator=1', shown('Choir practice')],
  'admin-conferences': ['at=/admin/conferences&administrator=1', shown('3 people')],
  'admin-servers': ['at=/admin/servers&administrator=1', shown('bridge-2')],
  'admin-audit': ['at=/admin/audit&administrator=1', shown('Made administrator')],
  'admin-down': ['at=/admin/audit&administrator=1&problem=database-unavailable', shown('database')],
  'admin-refused': ['at=/admin'],
  'connection-test-good': [
    'at=/test-connection&nobody=1',
    then(press('Try camera and microphone'), shown('Everything that this server')),
  ],
  'connection-test-bad': ['at=/test-connection&broken=udp', shown('4 things')],
  'not-found': ['at=/nowhere/at/all'],
  'no-meeting': ['at=/j/x&problem=no-such-meeting'],
  prejoin: ['at=/j/x'],
  'prejoin-guest-denied': ['at=/j/x&nobody=1&devices=NotAllowedError'],
  'prejoin-insecure': ['at=/j/x&nobody=1&devices=insecure'],
  'prejoin-members': ['at=/j/x&nobody=1&members=1'],
  'prejoin-down': ['at=/j/x&problem=portal-down'],
  'call-alone': ['people=0&state=waiting', join_],
  'call-3': ['people=2', join_],
  'call-9': ['people=8', join_],
  'call-25': ['people=24', join_],
  'call-40': ['people=39', join_],
  'call-speaker': ['people=8', then(join_, (page) => page.keyboard.press('Escape'), speaker)],
  'call-screen-chat': ['people=5&screen=1&chat=1', then(join_, press('Chat'))],
  'call-unread': ['people=3&chat=1', join_],
  'call-people': ['people=6', then(join_, press('Participants'))],
  'call-leave-menu': ['people=3', then(join_, press('Leave'))],
  'call-more': ['people=3', then(join_, press('More'))],
  'call-reconnecting': ['people=3&state=reconnecting', join_],
  'call-keys': ['people=3', then(join_, (page) => page.keyboard.press('?'))],
  'after-left': ['at=after&by=left'],
  'after-ended': ['at=after&by=ended&nobody=1'],
  'after-failed': ['at=after&by=media-failed'],
};

async function speaker(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Speaker view', exact: true });
  if (await button.isVisible()) {
    await button.click();
  } else {
    await press('More')(page);
    await page.getByRole('menuitem', { name: 'Speaker view' }).click();
  }
}

let server: ViteDevServer;
let browser: Browser;

beforeAll(async () => {
  await mkdir(output, { recursive: true });
  server = await createServer({ root: resolve(import.meta.dirname, '..'), server: { port: 0 } });
  await server.listen();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

const chosen = Object.entries(stories).filter(([name]) => only === undefined || new RegExp(only).test(name));

test.each(chosen)('%s', async (name, [query, step]) => {
  const address = server.resolvedUrls?.local[0] ?? '';
  for (const { themes, ...viewport } of sizes) {
    if (onlyWidth !== undefined && viewport.width !== Number(onlyWidth)) {
      continue;
    }
    for (const colorScheme of themes) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(`${address}stories/index.html?${query}`);
      await page.locator('h1').first().waitFor();
      await step?.(page);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(output, `${name}-${viewport.width}-${colorScheme}.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${name} scrolls sideways at ${viewport.width}`).toBeLessThanOrEqual(0);
      expect(await inaccessible(page), `${name} at ${viewport.width}, ${colorScheme}`).toEqual([]);
      expect(errors).toEqual([]);
      await page.close();
    }
  }
});

/** What axe finds, each as rule and place. */
async function inaccessible(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof Axe };
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: rules });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target[0])}`));
  });
}
