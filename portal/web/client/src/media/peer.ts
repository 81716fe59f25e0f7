import type { Environment } from '../environment.ts';
import type { SessionOffer, SourceDescription, Transport } from '../jingle/description.ts';
import type { Log } from '../log.ts';
import type { MLines } from '../sdp/m-lines.ts';
import { type Answer, type AnsweredLine, readAnswer } from '../sdp/read-answer.ts';
import { withSimulcastSources } from '../sdp/simulcast.ts';
import { writeOffer } from '../sdp/write-offer.ts';
import type { Encoding } from './encodings.ts';
import { Tuning } from './tuning.ts';
import type { VideoCodec } from './video-codec.ts';

/** A source of somebody else as the browser delivers it. */
export interface RemoteTrack {
  readonly source: SourceDescription;
  readonly track: MediaStreamTrack;
  readonly stream: MediaStream | undefined;
}

/** What the owner of a peer hears from it. */
export interface PeerHandlers {
  /** The remote tracks after a change, all of them. */
  tracks(tracks: readonly RemoteTrack[]): void;
  /** How the transport does. `interrupted` may recover by itself, `failed` does not. */
  transport(state: 'connected' | 'interrupted' | 'failed'): void;
}

/**
 * One `RTCPeerConnection` towards the bridge, from the focus' offer until it is closed. It holds the m-lines, and
 * after each change of them negotiates with itself: the remote description is written here, the browser answers.
 * Changes that come while that is going on are taken together in the next round. Owned by the media session.
 */
export class Peer {
  readonly connection: RTCPeerConnection;
  readonly #log: Log;
  readonly #knowsSslTcp: boolean;
  #offer: SessionOffer;
  readonly #codec: VideoCodec;
  readonly #handlers: PeerHandlers;
  readonly #tuning: Tuning;
  /** What is to be, and what was negotiated last. */
  #wanted: MLines;
  #negotiated: MLines | undefined;
  #answer: Answer | undefined;
  #version = 0;
  #closed = false;
  #round: Promise<void> | undefined;
  /** Tracks that our own lines are to send, by line. */
  readonly #tracks = new Map<number, MediaStreamTrack | null>();
  readonly #streams = new Map<string, MediaStream>();

  constructor(
    environment: Environment,
    log: Log,
    offer: SessionOffer,
    lines: MLines,
    iceServers: RTCIceServer[],
    codec: VideoCodec,
    handlers: PeerHandlers,
  ) {
    this.#log = log;
    this.#knowsSslTcp = environment.knowsSslTcp ?? false;
    this.#offer = { ...offer, transport: this.#asKnown(offer.transport) };
    this.#wanted = lines;
    this.#codec = codec;
    this.#tuning = new Tuning(log);
    this.#handlers = handlers;
    this.connection = environment.createPeerConnection({
      iceServers,
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
    });
    this.connection.ontrack = ({ transceiver, streams }) => {
      if (transceiver.mid !== null && streams[0]) {
        this.#streams.set(transceiver.mid, streams[0]);
      }
    };
    this.connection.onconnectionstatechange = () => this.#transportChanged();
  }

  /** The browser's answer of the last round. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** The lines as they are to be; of one that was refused they are the last that worked. */
  get lines(): MLines {
    return this.#wanted;
  }

  /** Our own side of a line, once negotiated. */
  answeredLine(index: number): AnsweredLine | undefined {
    return this.#answer?.lines[index];
  }

  /** Changes the lines. Resolves when negotiated; rejects when the browser refuses, all is then as before. */
  change(change: (lines: MLines) => MLines): Promise<void> {
    this.#wanted = change(this.#wanted);
    return this.negotiate();
  }

  /** Brings the browser to what is wanted. */
  negotiate(): Promise<void> {
    this.#round ??= this.#negotiateUntilDone().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /** From now on the bridge has other credentials, so the browser makes others too: they are in its answer. */
  async restartIce(transport: Transport): Promise<Answer> {
    const before = this.#offer;
    this.#offer = { ...before, transport: this.#asKnown(transport) };
    try {
      await this.change((lines) => [...lines]);
    } catch (error) {
      this.#offer = before;
      throw error;
    }
    if (!this.#answer) {
      throw new Error('the browser has not answered');
    }
    return this.#answer;
  }

  /** To a browser that does not know it, a port that also takes what begins like TLS is one for plain TCP. */
  #asKnown(transport: Transport): Transport {
    return this.#knowsSslTcp
      ? transport
      : {
          ...transport,
          candidates: transport.candidates.map((candidate) =>
            candidate.protocol === 'ssltcp' ? { ...candidate, protocol: 'tcp' } : candidate,
          ),
        };
  }

  /** What one of our lines sends from now on; null for nothing. No negotiation is needed for it. */
  async setTrack(index: number, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks.set(index, track);
    const sender = this.#transceiver(index)?.sender;
    if (sender && sender.track !== track && !this.#closed) {
      await sender.replaceTrack(track);
    }
  }

  /** How one of our lines, once negotiated, encodes from now on. No negotiation is needed for it. */
  async encode(index: number, encodings: readonly Encoding[]): Promise<void> {
    const sender = this.#transceiver(index)?.sender;
    if (sender && !this.#closed) {
      await this.#tuning.tune(sender, encodings);
    }
  }

  close(): void {
    if (!this.#closed) {
      this.#closed = true;
      this.connection.ontrack = null;
      this.connection.onconnectionstatechange = null;
      this.connection.close();
    }
  }

  async #negotiateUntilDone(): Promise<void> {
    while (!this.#closed && this.#negotiated !== this.#wanted) {
      const lines = this.#wanted;
      try {
        await this.#negotiateOnce(lines);
      } catch (error) {
        await this.#rollBack();
        if (this.#wanted === lines && this.#negotiated) {
          this.#wanted = this.#negotiated;
        }
        throw error;
      }
      this.#negotiated = lines;
      this.#publishTracks(lines);
    }
  }

  async #negotiateOnce(lines: MLines): Promise<void> {
    const sdp = writeOffer(this.#offer, lines, ++this.#version, this.#codec);
    await this.connection.setRemoteDescription({ type: 'offer', sdp });
    for (const [index, line] of lines.entries()) {
      if (line.side === 'own' && line.active) {
        await this.#prepareSending(index);
      }
    }
    const answer = await this.connection.createAnswer();
    await this.connection.setLocalDescription(answer);
    this.#answer = await this.#withSimulcast(readAnswer(answer.sdp ?? ''));
  }

  /** SSRCs stay what they are as long as the connection lives. */
  async #withSimulcast(answer: Answer): Promise<Answer> {
    const known = (index: number): AnsweredLine | undefined => {
      const before = this.#answer?.lines[index];
      return before && before.rids.length > 1 ? before : undefined;
    };
    if (answer.lines.every((line, index) => line.rids.length < 2 || known(index))) {
      const lines = answer.lines.map((line, index) => {
        const before = line.rids.length < 2 ? undefined : known(index);
        return before ? { ...line, ssrcs: before.ssrcs, groups: before.groups } : line;
      });
      return { ...answer, lines };
    }
    const statistics = [...(await this.connection.getStats()).values()] as unknown[];
    return { ...answer, lines: answer.lines.map((line) => withSimulcastSources(line, statistics)) };
  }

  async #prepareSending(index: number): Promise<void> {
    const transceiver = this.#transceiver(index);
    if (transceiver) {
      transceiver.direction = 'sendonly';
      await this.setTrack(index, this.#tracks.get(index) ?? null);
    }
  }

  async #rollBack(): Promise<void> {
    if (!this.#closed && this.connection.signalingState === 'have-remote-offer') {
      await this.connection
        .setRemoteDescription({ type: 'rollback' })
        .catch((error: unknown) => this.#log('warn', 'the browser cannot go back', error));
    }
  }

  #publishTracks(lines: MLines): void {
    if (this.#closed) {
      return;
    }
    const tracks: RemoteTrack[] = [];
    lines.forEach(({ source }, index) => {
      const transceiver = source && this.#transceiver(index);
      if (transceiver) {
        tracks.push({
          source,
          track: transceiver.receiver.track,
          stream: this.#streams.get(String(index)),
        });
      }
    });
    this.#handlers.tracks(tracks);
  }

  #transceiver(index: number): RTCRtpTransceiver | undefined {
    return this.connection.getTransceivers().find((transceiver) => transceiver.mid === String(index));
  }

  #transportChanged(): void {
    switch (this.connection.connectionState) {
      case 'connected':
        return this.#handlers.transport('connected');
      case 'disconnected':
        return this.#handlers.transport('interrupted');
      case 'failed':
        return this.#handlers.transport('failed');
      case 'new':
      case 'connecting':
      case 'closed':
        return;
    }
  }
}
