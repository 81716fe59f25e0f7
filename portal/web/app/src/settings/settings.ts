/** What is kept in this browser, for this browser only. */
export type Setting =
  | 'theme'
  | 'name'
  | 'camera'
  | 'microphone'
  | 'speaker'
  | 'camera-on'
  | 'microphone-on'
  | 'view'
  | 'shortcuts';

/** Storage may be refused (private windows, policies): then nothing is kept, and nothing breaks. */
export function readSetting(setting: Setting): string | undefined {
  try {
    return localStorage.getItem(`vw.${setting}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value; undefined forgets it. */
export function writeSetting(setting: Setting, value: string | undefined): void {
  try {
    if (value === undefined) {
      localStorage.removeItem(`vw.${setting}`);
    } else {
      localStorage.setItem(`vw.${setting}`, value);
    }
  } catch {
    // Not kept, see readSetting.
  }
}
