import type { Environment } from './environment.ts';
import type { Log } from './log.ts';
import type { VideoCodec } from './media/video-codec.ts';
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
  /**
   * What camera and screen are sent with, if the meeting and the browser have it too; else VP8. Default: `vp8`. Of VP8 and
   * H.264 the camera is sent in up to three sizes at once, VP9 and AV1 have the sizes inside one stream.
   */
  readonly videoCodec?: VideoCodec;
  /**
   * Lets the bridge put the sources of others on few streams and tell which is where, so that a meeting of many does not
   * mean a stream for each of them here. Default: false.
   */
  readonly sourceMapping?: boolean;
  /**
   * How the server is told which stream is which size of our camera: by SSRC, as is usual, or by the id in the packets
   * (RFC 8853). By id in any case where the browser does not say its SSRCs.
   */
  readonly simulcastBy?: 'ssrc' | 'rid';
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
