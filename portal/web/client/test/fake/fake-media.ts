let tracks = 0;

/** A track that can end, and no more. */
export class FakeTrack extends EventTarget {
  readonly id = `track-${++tracks}`;
  readonly kind: string;
  enabled = true;
  readyState = 'live';
  /** Of remote tracks: nothing has come yet. */
  muted = false;

  constructor(kind: 'audio' | 'video') {
    super();
    this.kind = kind;
  }

  /** Of a camera or screen, in pixels. */
  height = 720;

  getSettings(): { height?: number } {
    return this.kind === 'video' ? { height: this.height } : {};
  }

  /** As when the person presses the browser's own "stop sharing". */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

export function fakeTrack(kind: 'audio' | 'video'): MediaStreamTrack & { end(): void } {
  return new FakeTrack(kind) as unknown as MediaStreamTrack & { end(): void };
}
