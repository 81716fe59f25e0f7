import { useMemo, type ReactNode } from 'react';
import { useStream } from '../call/tile.tsx';
import { Avatar } from '../design/avatar.tsx';
import { IconButton } from '../design/button.tsx';
import { works, type OwnMedia } from '../media/own-media.ts';
import { useStore } from '../store.ts';

/** How others will see us, with the two switches that matter. */
export function Preview(props: {
  readonly media: OwnMedia;
  readonly name: string;
  readonly seed: string;
}): ReactNode {
  const { media } = props;
  const { camera, microphone } = useStore(media);
  const heard = works(microphone);
  const seen = works(camera);
  const stream = useMemo(
    () => (camera.track === undefined ? undefined : new MediaStream([camera.track])),
    [camera.track],
  );
  const video = useStream(stream);
  return (
    <div className="preview">
      <video ref={video} hidden={stream === undefined} autoPlay playsInline muted aria-label="Your camera" />
      {stream === undefined && (
        <div className="preview-off">
          {camera.starting ? (
            <>
              <span className="spinner" aria-hidden="true" />
              <span>Starting the camera …</span>
            </>
          ) : (
            <>
              <Avatar name={props.name} seed={props.seed} size={96} />
              <span>
                {camera.problem === undefined ? 'Your camera is off' : 'No picture from your camera'}
              </span>
            </>
          )}
        </div>
      )}
      <div className="preview-controls">
        <IconButton
          icon={heard ? 'microphone' : 'microphone-off'}
          look={heard ? 'round' : 'alert'}
          label={heard ? 'Mute microphone' : 'Unmute microphone'}
          onClick={() => void media.toggle('microphone')}
        />
        <IconButton
          icon={seen ? 'camera' : 'camera-off'}
          look={seen ? 'round' : 'alert'}
          label={seen ? 'Turn camera off' : 'Turn camera on'}
          onClick={() => void media.toggle('camera')}
        />
      </div>
    </div>
  );
}
