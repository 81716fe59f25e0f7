import type { RtpDescription } from '../jingle/description.ts';

/** The codecs that a camera or screen can be sent with. */
export const VIDEO_CODECS = ['vp8', 'vp9', 'av1', 'h264'] as const;
export type VideoCodec = (typeof VIDEO_CODECS)[number];

/** What the first payload type of a description is; undefined when it is none of ours. */
export function firstCodec({ payloadTypes }: RtpDescription): VideoCodec | undefined {
  const name = payloadTypes[0]?.name.toLowerCase();
  return VIDEO_CODECS.find((codec) => codec === name);
}

/** VP9 and AV1 have layers inside one stream; of the others several streams are sent. */
export function isScalable(codec: VideoCodec | undefined): boolean {
  return codec === 'vp9' || codec === 'av1';
}

const STREAM_ID = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

/**
 * Whether to send the camera in several streams: the codec that we are going to send needs that, and the offer has
 * the header extension that browsers want for it.
 */
export function wantsSimulcast(description: RtpDescription, wished: VideoCodec): boolean {
  const offered = new Set(description.payloadTypes.map(({ name }) => name.toLowerCase()));
  const codec = offered.has(wished) ? wished : 'vp8';
  return !isScalable(codec) && description.headerExtensions.some(({ uri }) => uri === STREAM_ID);
}
