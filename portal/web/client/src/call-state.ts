import type { CallState } from './events.ts';
import type { MediaState } from './media/keeper-parts.ts';

/**
 * How far a call has got, leaving media aside. `interrupted`: inside, but the server cannot be heard at the moment;
 * `returning`: no longer inside, and on the way back.
 */
export type CallPhase = 'idle' | 'joining' | 'inside' | 'interrupted' | 'returning' | 'left' | 'failed';

/** The state that an application sees, from what its parts say. */
export function callState(phase: CallPhase, media: MediaState, alone: boolean): CallState {
  switch (phase) {
    case 'joining':
      return 'connecting';
    case 'interrupted':
    case 'returning':
      return 'reconnecting';
    case 'idle':
    case 'left':
    case 'failed':
      return phase;
    case 'inside':
      if (media === 'flowing') {
        return 'connected';
      }
      // Broken media are no loss to somebody who is alone.
      return media === 'broken' && !alone ? 'reconnecting' : 'waiting';
  }
}
