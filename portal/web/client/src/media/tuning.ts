import type { Log } from '../log.ts';
import type { Encoding } from './encodings.ts';

/**
 * Sets how senders encode, one change after the other: a browser refuses parameters that it did not give out right
 * before. Of changes that come meanwhile the last one counts. Owned by a peer.
 */
export class Tuning {
  readonly #log: Log;
  readonly #wanted = new Map<RTCRtpSender, readonly Encoding[]>();
  #work: Promise<void> = Promise.resolve();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Never rejects: a picture in another size than we wish is better than none. */
  tune(sender: RTCRtpSender, encodings: readonly Encoding[]): Promise<void> {
    this.#wanted.set(sender, encodings);
    this.#work = this.#work.then(async () => {
      const wanted = this.#wanted.get(sender);
      if (wanted) {
        this.#wanted.delete(sender);
        await this.#apply(sender, wanted);
      }
    });
    return this.#work;
  }

  async #apply(sender: RTCRtpSender, encodings: readonly Encoding[]): Promise<void> {
    try {
      if (await setEncodings(sender, encodings)) {
        return;
      }
      // Layers are a matter of the codec and its implementation; sizes and bit rates are not.
      const plain = encodings.map(({ active, scaleResolutionDownBy, maxBitrate }) => ({
        active,
        scaleResolutionDownBy,
        maxBitrate,
      }));
      if (!(await setEncodings(sender, plain))) {
        this.#log('info', 'the browser does not take the encodings');
      }
    } catch (error) {
      this.#log('info', 'the encodings of a sender cannot be set', error);
    }
  }
}

/** False when the browser refuses them; true also when there is nothing to change. */
async function setEncodings(sender: RTCRtpSender, encodings: readonly Partial<Encoding>[]): Promise<boolean> {
  const parameters = sender.getParameters();
  // Older lists of types make this optional, and so do browsers before the first negotiation.
  const present = (parameters.encodings as RTCRtpEncodingParameters[] | undefined) ?? [];
  const next = present.map((encoding, index) => ({ ...encoding, ...encodings[index] }));
  if (next.every((encoding, index) => sameMembers(present[index], encoding))) {
    return true;
  }
  try {
    await sender.setParameters({ ...parameters, encodings: next });
    return true;
  } catch {
    return false;
  }
}

function sameMembers(before: object | undefined, after: object): boolean {
  const old = new Map(Object.entries(before ?? {}));
  return Object.entries(after).every(([name, value]) => old.get(name) === value);
}
