import { cameraStream } from './scene.ts';

/** Gives the page a camera and a microphone of our own, or the reason why it has none. */
export function fakeDevices(problem: string | undefined): void {
  const devices = new EventTarget() as unknown as MediaDevices;
  devices.getUserMedia = (wish) => {
    if (problem !== undefined) {
      return Promise.reject(new DOMException('A story', problem));
    }
    const tracks = [
      ...(wish?.video === undefined ? [] : cameraStream(4).getVideoTracks()),
      ...(wish?.audio === undefined ? [] : humming()),
    ];
    return Promise.resolve(new MediaStream(tracks));
  };
  devices.getDisplayMedia = () => Promise.reject(new DOMException('A story', 'NotAllowedError'));
  devices.enumerateDevices = () =>
    Promise.resolve(
      problem === undefined
        ? [
            device('videoinput', 'Built-in camera'),
            device('audioinput', 'Built-in microphone'),
            device('audioinput', 'Headset (USB)'),
            device('audiooutput', 'Built-in speakers'),
            device('audiooutput', 'Headset (USB)'),
          ]
        : [],
    );
  Object.defineProperty(navigator, 'mediaDevices', {
    value: problem === 'insecure' ? undefined : devices,
    configurable: true,
  });
}

function device(kind: MediaDeviceKind, label: string): MediaDeviceInfo {
  const info = { kind, label, deviceId: `${kind} ${label}`, groupId: '' };
  return { ...info, toJSON: () => info };
}

/** A tone that swells, so that the meter has something to show. */
function humming(): MediaStreamTrack[] {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  volume.gain.value = 0.02;
  const out = context.createMediaStreamDestination();
  tone.connect(volume).connect(out);
  tone.start();
  void context.resume();
  return out.stream.getAudioTracks();
}
