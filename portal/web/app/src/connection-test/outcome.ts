/** The lines of the test, in the order in which they are shown. Programs go by these names. */
export const checkNames = [
  'portal',
  'round-trip-time',
  'clock',
  'web-socket',
  'udp',
  'turn-udp',
  'turn-tcp',
  'turn-tls',
  'camera',
  'microphone',
] as const;
export type CheckName = (typeof checkNames)[number];

export type Result = 'ok' | 'failed' | 'skipped';

/** How a check ended, in a sentence; a failure says how to mend it. */
export interface Outcome {
  readonly result: Result;
  readonly detail: string;
}

export const ok = (detail: string): Outcome => ({ result: 'ok', detail });
export const failed = (detail: string): Outcome => ({ result: 'failed', detail });
export const skipped = (detail: string): Outcome => ({ result: 'skipped', detail });
