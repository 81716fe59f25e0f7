/** Audio or video. */
export type MediaKind = 'audio' | 'video';

/** What a video source shows: a camera, or a screen, window or tab. */
export type VideoType = 'camera' | 'desktop';

/**
 * One audio or video stream of one participant. A value: it never changes, a change makes a new one with the
 * same {@link name}.
 */
export interface Source {
  /** Unique in the call, for example `a1b2c3d4-v0`. */
  readonly name: string;
  /** {@link Participant.id} of whom it belongs to. */
  readonly participantId: string;
  readonly kind: MediaKind;
  /** Only for video. */
  readonly videoType?: VideoType;
  /** True when its owner sends nothing on purpose: a muted microphone, a camera that is off. */
  readonly muted: boolean;
  /**
   * False when the bridge does not forward this video to us at present (it then stands still, or has no track).
   * Always true for audio and for our own sources.
   */
  readonly forwarded: boolean;
  /**
   * To be shown or played by the application. Undefined when its owner lists the source and the bridge has it on no stream
   * for us: with source mapping it may come when it is asked for. Our own: the track that was handed in, if there is one
   * now.
   */
  readonly track: MediaStreamTrack | undefined;
  /** A stream that holds {@link track}, handy for `srcObject`. Undefined for our own sources. */
  readonly stream: MediaStream | undefined;
}

/** What somebody may do in the room; a moderator may mute and remove others and end the meeting. */
export type RoomRole = 'moderator' | 'participant' | 'visitor';

/** Somebody in the meeting. A value: it never changes, a change makes a new one with the same {@link id}. */
export interface Participant {
  /** Endpoint id: eight lower-case hexadecimal digits. */
  readonly id: string;
  /** Display name, vouched for by the server. Empty when there is none. */
  readonly name: string;
  readonly role: RoomRole;
  readonly isModerator: boolean;
  /** Address of a picture. */
  readonly avatarUrl: string | undefined;
  /** True for the participant at this end. */
  readonly isLocal: boolean;
  /** In the order of their names: microphone, camera, screen. */
  readonly sources: readonly Source[];
}
