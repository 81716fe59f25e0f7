import type { Tone } from '../design/toast.tsx';

/** Something that happened, worth a line on the screen. */
export interface CallNotice {
  readonly text: string;
  readonly tone: Tone;
  /** Only for those who do not see the screen. */
  readonly whispered?: boolean;
}
