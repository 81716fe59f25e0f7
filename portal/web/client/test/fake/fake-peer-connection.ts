import { FakeTrack } from './fake-media.ts';

interface Parameters {
  readonly encodings: Record<string, unknown>[];
}

interface FakeSender {
  track: unknown;
  replaceTrack(track: unknown): Promise<void>;
  getParameters(): Parameters;
  setParameters(parameters: Parameters): Promise<void>;
}

interface FakeTransceiver {
  mid: string;
  direction: string;
  currentDirection: string | null;
  sender: FakeSender;
  receiver: { track: FakeTrack };
}

let nextSsrc = 10_000;

/**
 * Answers offers as a browser does: a transceiver for each m-line, SSRCs on those that send, a track event for each
 * that starts to receive. What a browser would refuse (a broken line, a duplicate SSRC, fewer m-lines than before) is
 * refused. The transport connects as soon as the first answer is set, unless `reachable` is false.
 */
export class FakePeerConnection {
  /** All that were made, oldest first. */
  static readonly made: FakePeerConnection[] = [];

  readonly configuration: RTCConfiguration;
  ontrack: ((event: unknown) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  connectionState = 'new';
  signalingState = 'stable';
  remoteSdp = '';
  readonly #reachable: boolean;
  #remoteUfrag: string | undefined;
  /** Grows with each ICE restart, and with it our own credentials. */
  #generation = 0;
  /** False: an ICE restart does not find a path either. */
  restartable = true;
  readonly #transceivers: FakeTransceiver[] = [];
  readonly #ssrcs = new Map<string, number[]>();
  #lines: string[][] = [];

  constructor(configuration: RTCConfiguration, reachable = true) {
    this.configuration = configuration;
    this.#reachable = reachable;
    FakePeerConnection.made.push(this);
  }

  getTransceivers(): FakeTransceiver[] {
    return this.#transceivers;
  }

  async setRemoteDescription(description: { type: string; sdp?: string }): Promise<void> {
    await Promise.resolve();
    if (description.type === 'rollback') {
      this.signalingState = 'stable';
      return;
    }
    const sdp = description.sdp ?? '';
    const lines = checkedSections(sdp);
    if (lines.length < this.#lines.length) {
      throw new Error('m-lines were taken away');
    }
    const ufrag = /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
    if (this.#remoteUfrag !== undefined && ufrag !== this.#remoteUfrag) {
      this.#generation++;
      if (this.restartable && this.connectionState !== 'connected') {
        queueMicrotask(() => this.become('connected'));
      }
    }
    this.#remoteUfrag = ufrag;
    this.remoteSdp = sdp;
    this.#lines = lines;
    this.signalingState = 'have-remote-offer';
    lines.forEach((section, index) => this.#apply(section, index));
  }

  async createAnswer(): Promise<{ type: 'answer'; sdp: string }> {
    await Promise.resolve();
    return { type: 'answer', sdp: this.#answer() };
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    this.signalingState = 'stable';
    if (this.connectionState === 'new') {
      this.connectionState = 'connecting';
      if (this.#reachable) {
        queueMicrotask(() => this.become('connected'));
      }
    }
  }

  /** The transport changes. */
  become(state: 'connected' | 'disconnected' | 'failed'): void {
    if (this.connectionState !== 'closed') {
      this.connectionState = state;
      this.onconnectionstatechange?.();
    }
  }

  close(): void {
    this.connectionState = 'closed';
  }

  /** Names the SSRCs of what is sent in several encodings, as browsers do. */
  getStats(): Promise<Map<string, unknown>> {
    const entries = this.#lines.flatMap((section, mid) =>
      ridsOf(section).map((rid, index) => {
        const [ssrc, rtxSsrc] = this.#ssrcsOf(String(mid), 6).slice(2 * index);
        return { type: 'outbound-rtp', mid: String(mid), rid, ssrc, rtxSsrc };
      }),
    );
    // In an order of their own.
    return Promise.resolve(new Map(entries.toReversed().map((entry) => [String(entry.ssrc), entry])));
  }

  /** How the line of that mid encodes. */
  encodings(mid: number): Record<string, unknown>[] {
    return this.#transceivers[mid]?.sender.getParameters().encodings ?? [];
  }

  /** What the line of that mid sends. */
  sent(mid: number): unknown {
    return this.#transceivers[mid]?.sender.track;
  }

  #apply(section: string[], index: number): void {
    const kind = section[0]?.startsWith('m=audio') ? 'audio' : 'video';
    const offered = section.find((line) => /^a=(sendonly|recvonly|sendrecv|inactive)$/.test(line))?.slice(2);
    let transceiver = this.#transceivers[index];
    if (!transceiver) {
      const sender = fakeSender(Math.max(1, ridsOf(section).length));
      transceiver = {
        mid: String(index),
        direction: 'recvonly',
        currentDirection: null,
        sender,
        receiver: { track: new FakeTrack(kind) },
      };
      this.#transceivers.push(transceiver);
    }
    const receives = offered === 'sendonly' || offered === 'sendrecv';
    const msid = section.find((line) => line.startsWith('a=msid:'))?.slice('a=msid:'.length);
    if (receives && msid !== undefined) {
      this.ontrack?.({ transceiver, streams: [{ id: msid.split(' ')[0] }] });
    }
    transceiver.currentDirection = receives ? 'recvonly' : offered === 'recvonly' ? 'sendonly' : 'inactive';
  }

  #answer(): string {
    const sections = this.#lines.map((section, index) => {
      const transceiver = this.#transceivers[index];
      const sends = transceiver?.currentDirection === 'sendonly' && transceiver.direction === 'sendonly';
      const kept = section.filter((line) =>
        /^(m=|c=|a=(mid|rtpmap|fmtp|rtcp-fb|extmap|rtcp-mux))/.test(line),
      );
      const media = section[0]?.startsWith('m=audio') ? 1 : 2;
      return [
        ...kept,
        `a=ice-ufrag:abcd${this.#generation || ''}`,
        'a=ice-pwd:abcdefghijklmnopqrstuvwx',
        'a=fingerprint:sha-256 AA:BB:CC',
        'a=setup:active',
        `a=${sends ? 'sendonly' : (transceiver?.currentDirection ?? 'inactive')}`,
        ...(sends ? this.#writeSources(section, index, media) : []),
      ].join('\r\n');
    });
    return `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${sections.join('\r\n')}\r\n`;
  }

  #writeSources(section: string[], mid: number, count: number): string[] {
    const rids = ridsOf(section);
    if (rids.length > 0) {
      return [...rids.map((rid) => `a=rid:${rid} send`), `a=simulcast:send ${rids.join(';')}`];
    }
    const ssrcs = this.#ssrcsOf(String(mid), count);
    return [
      ...(ssrcs.length > 1 ? [`a=ssrc-group:FID ${ssrcs.join(' ')}`] : []),
      ...ssrcs.map((ssrc) => `a=ssrc:${ssrc} cname:x`),
    ];
  }

  #ssrcsOf(mid: string, count: number): number[] {
    const ssrcs = this.#ssrcs.get(mid) ?? Array.from({ length: count }, () => ++nextSsrc);
    this.#ssrcs.set(mid, ssrcs);
    return ssrcs;
  }
}

/** Of the encodings that the other side takes at the same time. */
function ridsOf(section: readonly string[]): string[] {
  const simulcast = section.find((line) => line.startsWith('a=simulcast:recv '));
  return simulcast?.slice('a=simulcast:recv '.length).split(';') ?? [];
}

/** Refuses parameters that it did not give out right before, as browsers do. */
function fakeSender(streams: number): FakeSender {
  let encodings: Record<string, unknown>[] = Array.from({ length: streams }, () => ({ active: true }));
  let given: unknown;
  const sender: FakeSender = {
    track: null,
    replaceTrack: (track) => {
      sender.track = track;
      return Promise.resolve();
    },
    getParameters: () => {
      given = {};
      return { encodings, transactionId: given } as Parameters;
    },
    setParameters: (parameters) => {
      if ((parameters as { transactionId?: unknown }).transactionId !== given || given === undefined) {
        return Promise.reject(new Error('InvalidStateError'));
      }
      given = undefined;
      encodings = parameters.encodings;
      return Promise.resolve();
    },
  };
  return sender;
}

const LINE =
  /^(v=0|o=- \d+ \d+ IN IP4 [\d.]+|s=-|t=0 0|c=IN IP4 [\d.]+|m=(audio|video) 9 UDP\/TLS\/RTP\/SAVPF( \d+)+|a=[\x20-\x7e]+)$/;

function checkedSections(sdp: string): string[][] {
  const sections: string[][] = [];
  const ssrcs = new Set<string>();
  for (const line of sdp.trimEnd().split('\r\n')) {
    if (!LINE.test(line)) {
      throw new Error(`not SDP: ${line}`);
    }
    if (line.startsWith('m=')) {
      sections.push([]);
    }
    const ssrc = /^a=ssrc:(\d+) cname/.exec(line)?.[1];
    if (ssrc !== undefined && ssrcs.size === ssrcs.add(ssrc).size) {
      throw new Error(`SSRC ${ssrc} twice`);
    }
    sections.at(-1)?.push(line);
  }
  return sections;
}
