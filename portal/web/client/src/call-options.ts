import type { Environment } from './environment.ts';
import type { Log } from './log.ts';
import type { JoinTicket } from './ticket.ts';

/** What a `Call` is made of. */
export interface CallOptions {
  /** The portal's ticket for this participation. */
  readonly ticket: JoinTicket;
  /** Default: the browser's own. */
  readonly environment?: Environment;
  /** Default: nowhere. */
  readonly log?: Log;
  /**
   * Asked for a new ticket when the server was lost and the old one does not open the door any more. Without it
   * such a call fails with `ticket-expired`. We then come back under a new id: `Call.local` changes it.
   */
  readonly renewTicket?: () => Promise<JoinTicket>;
}

/** Our own tracks at the time of joining. */
export interface LocalMedia {
  /** The microphone. Without one nothing is published until there is. */
  readonly audio?: MediaStreamTrack | null | undefined;
  /** The camera; likewise. */
  readonly video?: MediaStreamTrack | null | undefined;
  /** Join with the microphone muted. */
  readonly audioMuted?: boolean | undefined;
  /** Join with the camera off. */
  readonly videoMuted?: boolean | undefined;
}
