import type { SourceDescription } from '../jingle/description.ts';
import type { ReceiveWish } from '../media/receiving.ts';
import type { MediaKind } from '../participant.ts';
import { readMappedSources } from './mapped-sources.ts';

/** What the bridge tells over its channel, as far as it concerns us. */
export type BridgeMessage =
  | {
      readonly kind: 'dominant-speaker';
      readonly endpoint: string;
      readonly previous: readonly string[];
    }
  | { readonly kind: 'forwarded-sources'; readonly names: readonly string[] }
  | {
      readonly kind: 'endpoint-message';
      readonly from: string;
      readonly payload: Readonly<Record<string, unknown>>;
    }
  /** Which sources of others are on which SSRCs from now on: all of one kind, in place of those told before. */
  | {
      readonly kind: 'mapped-sources';
      readonly sources: readonly SourceDescription[];
      readonly of: MediaKind;
    }
  /** How high others want to see a source of ours: 0 not at all, -1 without limit. */
  | { readonly kind: 'sender-constraint'; readonly sourceName: string; readonly maxHeight: number };

const MAX_LENGTH = 256 * 1024;
/** Names and ids listed in one message. */
const MAX_LISTED = 1_000;

/** Reads a text frame of the bridge; undefined for kinds we do not know and for what makes no sense. */
export function readBridgeMessage(text: string): BridgeMessage | undefined {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const message = value as Readonly<Record<string, unknown>>;
  switch (message['colibriClass']) {
    case 'DominantSpeakerEndpointChangeEvent': {
      const endpoint = message['dominantSpeakerEndpoint'];
      return typeof endpoint === 'string'
        ? { kind: 'dominant-speaker', endpoint, previous: strings(message['previousSpeakers']) }
        : undefined;
    }
    case 'ForwardedSources':
      return Array.isArray(message['forwardedSources'])
        ? { kind: 'forwarded-sources', names: strings(message['forwardedSources']) }
        : undefined;
    case 'EndpointMessage': {
      const { from, msgPayload } = message;
      return typeof from === 'string' && typeof msgPayload === 'object' && msgPayload !== null
        ? { kind: 'endpoint-message', from, payload: msgPayload as Record<string, unknown> }
        : undefined;
    }
    case 'AudioSourcesMap':
      return readMappedSources(message['mappedSources'], 'audio');
    case 'VideoSourcesMap':
      return readMappedSources(message['mappedSources'], 'video');
    case 'SenderSourceConstraints': {
      const { sourceName, maxHeight } = message;
      return typeof sourceName === 'string' && Number.isInteger(maxHeight) && (maxHeight as number) >= -1
        ? { kind: 'sender-constraint', sourceName, maxHeight: maxHeight as number }
        : undefined;
    }
    default:
      return undefined;
  }
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, MAX_LISTED) : [];
}

/**
 * Tells the bridge what we want to see; of what it was told `before` only what has changed, undefined when nothing has. It
 * may wait with video until it has heard this.
 */
export function receiverVideoConstraints(
  wish: ReceiveWish,
  before: ReceiveWish | undefined,
): string | undefined {
  const now = members(wish);
  const then = before && members(before);
  const changed = Object.entries(now).filter(
    ([name, value]) => then?.[name] === undefined || JSON.stringify(then[name]) !== JSON.stringify(value),
  );
  return changed.length === 0
    ? undefined
    : JSON.stringify({ colibriClass: 'ReceiverVideoConstraints', ...Object.fromEntries(changed) });
}

function members(wish: ReceiveWish): Record<string, unknown> {
  const { lastN, onStage, selected, heights, otherHeight } = wish;
  const constraints = [...heights]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, maxHeight]) => [name, { maxHeight }]);
  return {
    lastN,
    selectedSources: selected,
    onStageSources: onStage,
    defaultConstraints: { maxHeight: otherHeight },
    constraints: Object.fromEntries(constraints) as unknown,
  };
}

/** A message to the application of one endpoint, or (empty `to`) of all. */
export function endpointMessage(to: string, payload: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ colibriClass: 'EndpointMessage', to, msgPayload: payload });
}

/** Tells the bridge what a video source of ours shows at present. */
export function sourceVideoType(sourceName: string, videoType: 'camera' | 'desktop' | 'none'): string {
  return JSON.stringify({ colibriClass: 'SourceVideoTypeMessage', sourceName, videoType });
}
