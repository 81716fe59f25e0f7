import { useEffect, useRef, type ReactNode } from 'react';
import { Avatar } from '../design/avatar.tsx';
import { Icon } from '../design/icon.tsx';
import type { Rect } from '../layout/grid.ts';
import type { TileModel } from './tiles.ts';
import './tile.css';

/** One picture with a name. It keeps its place in the document wherever the layout moves it, so video never restarts. */
export function Tile(props: {
  readonly tile: TileModel;
  readonly place: Rect;
  readonly speaking: boolean;
}): ReactNode {
  const { tile, place, speaking } = props;
  const video = useStream(tile.stream);
  const shown = tile.video && tile.forwarded;
  const who = tile.local ? 'You' : tile.name;
  return (
    <div
      className={`tile ${speaking ? 'speaking' : ''} ${tile.screen ? 'screen' : ''} ${place.width < 220 ? 'small' : ''}`}
      style={{ left: place.x, top: place.y, width: place.width, height: place.height }}
      role="group"
      aria-label={describe(tile, who)}
      data-testid="tile"
      data-endpoint={tile.endpoint}
      data-source={tile.source}
      data-muted={tile.muted}
      data-video={shown ? 'on' : 'off'}
      data-local={tile.local}
    >
      <video
        ref={video}
        className={tile.local && !tile.screen ? 'mirrored' : ''}
        hidden={!shown}
        autoPlay
        playsInline
        muted
        disablePictureInPicture={tile.local}
      />
      {!shown && (
        <div className="tile-avatar">
          <Avatar
            name={tile.name}
            seed={tile.endpoint}
            size={Math.max(36, Math.min(112, place.height * 0.42))}
          />
        </div>
      )}
      <div className="tile-label" aria-hidden="true">
        {tile.screen ? (
          <Icon name="screen" size={16} />
        ) : (
          tile.muted && (
            <span className="tile-muted">
              <Icon name="microphone-off" size={16} />
            </span>
          )
        )}
        <span>{tile.screen ? screenName(tile, who) : who}</span>
      </div>
    </div>
  );
}

function screenName(tile: TileModel, who: string): string {
  return tile.local ? 'Your screen' : `${who}’s screen`;
}

function describe(tile: TileModel, who: string): string {
  if (tile.screen) {
    return screenName(tile, who);
  }
  return `${who}, ${tile.muted ? 'microphone muted' : 'microphone on'}, ${cameraOf(tile)}`;
}

function cameraOf({ video, forwarded }: TileModel): string {
  if (!video) {
    return 'camera off';
  }
  return forwarded ? 'camera on' : 'camera on, not shown at the moment';
}

/** Shows a stream in a video element. `srcObject` is no attribute, and playing has to be asked for after a change. */
export function useStream(stream: MediaStream | undefined): React.RefObject<HTMLVideoElement | null> {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null || element.srcObject === (stream ?? null)) {
      return;
    }
    element.srcObject = stream ?? null;
    if (stream !== undefined) {
      // Refused or interrupted by the next change: autoplay tries again by itself.
      void Promise.resolve(element.play()).catch(() => undefined);
    }
  }, [stream]);
  return video;
}
