import type { Participant, Source } from '@video-window/client';
import type { Arrangeable } from '../layout/arrange.ts';

/** A picture of somebody, or of somebody's screen. */
export interface TileModel extends Arrangeable {
  /** Name of the video source, known or to come. */
  readonly source: string;
  readonly name: string;
  /** To be shown; undefined while there is none. */
  readonly stream: MediaStream | undefined;
  /** The video is not muted by its owner. */
  readonly video: boolean;
  /** The bridge sends it to us at present; otherwise it would stand still. */
  readonly forwarded: boolean;
  readonly muted: boolean;
}

/** The tiles of somebody else: one for the camera, one for each screen. */
export function tilesOf(participant: Participant): readonly TileModel[] {
  const { id, name } = participant;
  const videos = participant.sources.filter((source) => source.kind === 'video');
  const camera = videos.find((source) => source.videoType !== 'desktop');
  const muted = participant.sources.every((source) => source.kind !== 'audio' || source.muted);
  const screens = videos.filter((source) => source.videoType === 'desktop' && !source.muted);
  const common = { endpoint: id, local: false, name: name || 'Somebody' };
  return [
    {
      ...common,
      key: `${id}/camera`,
      source: camera?.name ?? `${id}-v0`,
      screen: false,
      muted,
      ...picture(camera),
    },
    ...screens.map((screen) => ({
      ...common,
      key: screen.name,
      source: screen.name,
      screen: true,
      muted: false,
      ...picture(screen),
    })),
  ];
}

/** Our own tiles, made of our devices: they are there before the call is. */
export function ownTiles(own: {
  readonly endpoint: string;
  readonly name: string;
  readonly muted: boolean;
  readonly camera: MediaStream | undefined;
  readonly screen: MediaStream | undefined;
}): readonly TileModel[] {
  const common = { endpoint: own.endpoint, local: true, name: own.name };
  const tiles: TileModel[] = [
    {
      ...common,
      key: `${own.endpoint}/camera`,
      source: `${own.endpoint}-v0`,
      screen: false,
      muted: own.muted,
      stream: own.camera,
      video: own.camera !== undefined,
      forwarded: true,
    },
  ];
  if (own.screen !== undefined) {
    const source = `${own.endpoint}-v1`;
    tiles.push({
      ...common,
      key: source,
      source,
      screen: true,
      muted: false,
      stream: own.screen,
      video: true,
      forwarded: true,
    });
  }
  return tiles;
}

function picture(source: Source | undefined): Pick<TileModel, 'stream' | 'video' | 'forwarded'> {
  const on = source !== undefined && !source.muted;
  return { stream: on ? source.stream : undefined, video: on, forwarded: source?.forwarded ?? true };
}
