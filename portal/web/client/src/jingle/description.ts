import type { MediaKind, VideoType } from '../participant.ts';

/** A codec, or something dressed as one (RTX, telephone events), under its RTP payload type. */
export interface PayloadType {
  readonly id: number;
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number | undefined;
  /** Format parameters; a name may be empty (`<parameter value='111/111'/>`). */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly feedback: readonly { readonly type: string; readonly subtype: string | undefined }[];
}

/** RFC 8285. */
export interface HeaderExtension {
  readonly id: number;
  readonly uri: string;
}

/** Codecs and header extensions of one kind of media. */
export interface RtpDescription {
  readonly kind: MediaKind;
  readonly payloadTypes: readonly PayloadType[];
  readonly headerExtensions: readonly HeaderExtension[];
  /** RFC 8285, section 6: header extensions with one and with two bytes in one stream. */
  readonly extmapAllowMixed: boolean;
  readonly maxPacketTime: number | undefined;
}

/** RFC 8839, section 5.1. */
export interface Candidate {
  readonly foundation: string;
  readonly component: number;
  readonly protocol: 'udp' | 'tcp' | 'ssltcp';
  readonly priority: number;
  readonly address: string;
  readonly port: number;
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly relatedAddress: string | undefined;
  readonly relatedPort: number | undefined;
  readonly tcpType: string | undefined;
  readonly generation: number;
}

/** Of the certificate that DTLS will show (RFC 8122). */
export interface Fingerprint {
  readonly hash: string;
  readonly value: string;
  readonly setup: 'actpass' | 'active' | 'passive';
}

/** The one transport that everything is bundled on. */
export interface Transport {
  readonly ufrag: string;
  readonly password: string;
  readonly fingerprint: Fingerprint;
  readonly candidates: readonly Candidate[];
}

/** A media source as signalling describes it: one `MediaStreamTrack` at the end. */
export interface SourceDescription {
  readonly name: string;
  /** Endpoint id of whom it belongs to. */
  readonly owner: string;
  readonly kind: MediaKind;
  readonly videoType: VideoType | undefined;
  /** Ids of stream and track, one blank between. */
  readonly msid: string;
  /** The first one carries the media; the others are in a group with it. */
  readonly ssrcs: readonly number[];
  /** RFC 5576, section 4.2; for example FID: media, retransmission. */
  readonly groups: readonly { readonly semantics: string; readonly ssrcs: readonly number[] }[];
  /** What stands in its packets where its encodings are announced by that and not by SSRCs; only of our own. */
  readonly streamIds?: StreamIds | undefined;
  /** The bridge has put it on SSRCs of its own, and does not say when it ends. */
  readonly mapped?: true;
}

/** How the encodings of a picture are told apart by the packets themselves (RFC 8852, 8853). */
export interface StreamIds {
  /** Lowest encoding first. */
  readonly rids: readonly string[];
  /** RFC 8843, section 9.2. */
  readonly mid: string;
}

/** What the focus offers: all that a `session-initiate` says to us. */
export interface SessionOffer {
  readonly sessionId: string;
  /** In the order of the contents; each media kind at most once. */
  readonly contents: readonly { readonly name: string; readonly description: RtpDescription }[];
  readonly transport: Transport;
  /** Addresses of the bridge's WebSocket. */
  readonly channelUrls: readonly string[];
  /** Id of the conference at the bridge, to be named when asking for another session. */
  readonly bridgeSessionId: string | undefined;
  /** Of everybody else. */
  readonly sources: readonly SourceDescription[];
}
