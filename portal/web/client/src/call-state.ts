import type { CallState } from './events.ts';
import type { MediaState } from './media/session-keeper.ts';

/** How far a call has got, leaving media aside. */
export type CallPhase = 'idle' | 'joining' | 'inside' | 'returning' | 'left' | 'failed';

/** The state that an application sees, from what its parts say. */
export function callState(phase: CallPhase, media: MediaState, alone: boolean): CallState {
  switch (phase) {
    case 'joining':
      return 'connecting';
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
