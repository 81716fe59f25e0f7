import type { ReactNode } from 'react';
import { Choice } from '../design/field.tsx';
import type { OwnMedia } from '../media/own-media.ts';
import { useStore } from '../store.ts';

/** Which camera, microphone and speaker. What there is only one of, or none, is not asked. */
export function DeviceChoices({ media }: { readonly media: OwnMedia }): ReactNode {
  const { camera, microphone, cameras, microphones, speakers, speaker } = useStore(media);
  return (
    <>
      {cameras.length > 0 && (
        <Choice
          label="Camera"
          value={current(camera.track, cameras)}
          options={options(cameras, 'Camera')}
          onChoose={(id) => void media.choose('camera', id)}
        />
      )}
      {microphones.length > 0 && (
        <Choice
          label="Microphone"
          value={current(microphone.track, microphones)}
          options={options(microphones, 'Microphone')}
          onChoose={(id) => void media.choose('microphone', id)}
        />
      )}
      {speakers.length > 0 && 'setSinkId' in HTMLMediaElement.prototype && (
        <Choice
          label="Speaker"
          value={
            speakers.some((device) => device.deviceId === speaker) ? speaker : (speakers[0]?.deviceId ?? '')
          }
          options={options(speakers, 'Speaker')}
          onChoose={(id) => media.chooseSpeaker(id)}
        />
      )}
    </>
  );
}

function current(track: MediaStreamTrack | undefined, devices: readonly MediaDeviceInfo[]): string {
  return track?.getSettings().deviceId ?? devices[0]?.deviceId ?? '';
}

/** Browsers give names only after the permission; until then they are counted. */
function options(devices: readonly MediaDeviceInfo[], word: string): { value: string; label: string }[] {
  return devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || `${word} ${index + 1}`,
  }));
}
