import { mediaProblem, mediaSentence, type Device } from '../media/media-problem.ts';
import { failed, ok, type Outcome } from './outcome.ts';
import type { Surroundings } from './surroundings.ts';

/** Starts a camera or a microphone and lets it go again. The browser may ask the person. */
export async function checkDevice(device: Device, { devices }: Surroundings): Promise<Outcome> {
  if (devices === undefined) {
    return failed(mediaSentence(device, 'insecure'));
  }
  try {
    const stream = await devices.getUserMedia(device === 'camera' ? { video: true } : { audio: true });
    const [track] = stream.getTracks();
    const name = track?.label ?? '';
    for (const each of stream.getTracks()) {
      each.stop();
    }
    return ok(name === '' ? 'It works.' : `${name} works.`);
  } catch (failure) {
    return failed(mediaSentence(device, mediaProblem(failure)));
  }
}
