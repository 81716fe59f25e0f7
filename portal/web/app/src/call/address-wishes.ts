import { VIDEO_CODECS, type VideoCodec } from '@video-window/client';

/** `?codec=vp8`, `vp9`, `av1` or `h264` at the address of a meeting chooses what our camera and screen are sent with. */
export function codecFor(search: string): VideoCodec {
  const wish = new URLSearchParams(search).get('codec')?.toLowerCase();
  return VIDEO_CODECS.find((codec) => codec === wish) ?? 'vp8';
}

/** `?mapping=on` at the address of a meeting lets the bridge put everybody's sources on few streams. */
export function mappingFor(search: string): boolean {
  return new URLSearchParams(search).get('mapping') === 'on';
}

/** `?simulcast=rid` at the address of a meeting tells the server the sizes of our camera by ids in the packets. */
export function simulcastFor(search: string): 'ssrc' | 'rid' {
  return new URLSearchParams(search).get('simulcast') === 'rid' ? 'rid' : 'ssrc';
}
