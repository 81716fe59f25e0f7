import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Headless Chromium with a fake camera, microphone and display, which asks nobody and calls no other host. With
 * `executable` a program that ends up in Chromium, for example one that enters a network namespace first.
 */
export async function launchBrowser(executable?: string): Promise<Browser> {
  const usual = options();
  return chromium.launch(executable === undefined ? usual : { ...usual, executablePath: executable });
}

/** Chromium that sends no datagram for media, as where a firewall lets none pass. */
export async function launchBrowserWithoutDatagrams(): Promise<Browser> {
  const usual = options();
  const policy = 'disable_non_proxied_udp';
  return chromium.launch({
    ...usual,
    // The names of the option in different builds of Chromium.
    args: [
      ...(usual.args ?? []),
      `--force-webrtc-ip-handling-policy=${policy}`,
      `--webrtc-ip-handling-policy=${policy}`,
    ],
  });
}

/** Where Chromium is on this machine. */
export function chromiumPath(): string {
  const path = places.find((place) => existsSync(place));
  if (path === undefined) {
    throw new Error(`The browser test needs Chromium at one of ${places.join(', ')}.`);
  }
  return path;
}

/** A browser of its own that can be cut off: it stops in the middle of everything and says no word to anybody. */
export interface MortalBrowser {
  readonly browser: Browser;
  freeze(): void;
  kill(): void;
}

export async function launchMortalBrowser(): Promise<MortalBrowser> {
  const server = await chromium.launchServer(options());
  // Chromium leads a process group: the signal reaches its network and media processes too.
  const group = -(server.process().pid ?? 0);
  return {
    browser: await chromium.connect(server.wsEndpoint()),
    freeze: () => process.kill(group, 'SIGSTOP'),
    kill: () => process.kill(group, 'SIGKILL'),
  };
}

function options(): LaunchOptions {
  return {
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      // The development certificate is nobody's but its own.
      '--ignore-certificate-errors',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Ten pictures a second: software encodes and decodes all of them, for everybody, on one machine.
      '--use-fake-device-for-media-stream=fps=10',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      // Several pages share one machine: none of them may be slowed down because it is not the one in front.
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ],
  };
}
