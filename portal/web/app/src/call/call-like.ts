import type { Call } from '@video-window/client';

/** What the user interface uses of a call; the library's own class is one, a made-up call for stories another. */
export type CallLike = Pick<
  Call,
  | 'participants'
  | 'local'
  | 'dominantSpeaker'
  | 'peerConnection'
  | 'on'
  | 'join'
  | 'setAudioTrack'
  | 'setVideoTrack'
  | 'setAudioMuted'
  | 'setVideoMuted'
  | 'startScreenShare'
  | 'stopScreenShare'
  | 'setReceiving'
  | 'sendChat'
  | 'leave'
  | 'endForEveryone'
  | 'muteParticipant'
  | 'kick'
>;
