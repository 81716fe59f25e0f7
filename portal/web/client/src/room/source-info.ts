import type { MediaKind, VideoType } from '../participant.ts';

/** What a participant says in presence about one of its sources. */
export interface SourceState {
  readonly muted: boolean;
  readonly videoType: VideoType | undefined;
}

/** By source name. */
export type SourceInfo = ReadonlyMap<string, SourceState>;

/** Nobody has more; whoever lists more is not listened to beyond it. */
const MAX_SOURCES = 32;
const MAX_LENGTH = 16_384;

/** `a1b2c3d4-v0` and the like: who, `a` or `v`, number. */
export const SOURCE_NAME = /^([A-Za-z0-9._~-]{1,64})-([av])(\d{1,4})$/;

/** The kind of media of a source that is named like {@link SOURCE_NAME}. */
export function sourceKind(name: string): MediaKind {
  return SOURCE_NAME.exec(name)?.[2] === 'a' ? 'audio' : 'video';
}

/**
 * Reads the JSON text of a `<SourceInfo/>` in the presence of the participant `owner`. Entries that are not theirs
 * or make no sense are left out. `muted` may be missing and is then false.
 */
export function readSourceInfo(text: string, owner: string): SourceInfo {
  const states = new Map<string, SourceState>();
  for (const [name, value] of Object.entries(jsonObject(text))) {
    if (states.size >= MAX_SOURCES) {
      break;
    }
    if (SOURCE_NAME.exec(name)?.[1] === owner && typeof value === 'object' && value !== null) {
      const { muted, videoType } = value as { muted?: unknown; videoType?: unknown };
      states.set(name, {
        muted: muted === true || muted === 'true',
        videoType: readVideoType(videoType),
      });
    }
  }
  return states;
}

/** The other direction of {@link readSourceInfo}. */
export function writeSourceInfo(info: SourceInfo): string {
  const entries = [...info].map(([name, { muted, videoType }]) => [
    name,
    videoType === undefined ? { muted } : { muted, videoType },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** `camera` or `desktop` in any case of letters; `desktop_high_fps` is a desktop too. */
export function readVideoType(value: unknown): VideoType | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const lower = value.toLowerCase();
  return lower === 'camera' ? 'camera' : lower.startsWith('desktop') ? 'desktop' : undefined;
}

function jsonObject(text: string): object {
  if (text.length > MAX_LENGTH) {
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
