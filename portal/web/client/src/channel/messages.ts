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
    };

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
    default:
      return undefined;
  }
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, MAX_LISTED) : [];
}

/** What we want to see. `lastN` -1 is everything; `maxHeight` in pixels, 0 is nothing. */
export interface ReceiveConstraints {
  readonly lastN: number;
  readonly defaultMaxHeight: number;
}

/** Tells the bridge what we want to see. It may wait with video until it has heard this. */
export function receiverVideoConstraints({ lastN, defaultMaxHeight }: ReceiveConstraints): string {
  return JSON.stringify({
    colibriClass: 'ReceiverVideoConstraints',
    lastN,
    defaultConstraints: { maxHeight: defaultMaxHeight },
  });
}

/** A message to the application of one endpoint, or (empty `to`) of all. */
export function endpointMessage(to: string, payload: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ colibriClass: 'EndpointMessage', to, msgPayload: payload });
}

/** Tells the bridge what a video source of ours shows at present. */
export function sourceVideoType(sourceName: string, videoType: 'camera' | 'desktop' | 'none'): string {
  return JSON.stringify({ colibriClass: 'SourceVideoTypeMessage', sourceName, videoType });
}
