import type { Page } from 'playwright-core';

/** By which a person can be told from others in a call, by eye and by ear. */
export interface Look {
  /** Of the whole picture, as CSS writes it. */
  readonly colour: string;
  /** Of a tone, in hertz. */
  readonly tone: number;
}

/** By which a shared screen can be told from any other picture. */
export interface Screen {
  readonly colour: string;
  readonly width: number;
  readonly height: number;
}

/** What a page shows and plays of somebody else. */
export interface Impression {
  /** As the tile says. */
  readonly name: string;
  readonly endpoint: string;
  /** Red, green and blue in the middle of the picture, 0 to 255; undefined while there is none. */
  readonly picture: readonly [number, number, number] | undefined;
  /** Of the picture as it was sent. */
  readonly width: number;
  readonly height: number;
  /** Frames of it so far. */
  readonly frames: number;
  /** The loudest frequency of their voice, in hertz; undefined while there is silence. */
  readonly tone: number | undefined;
}

/** Colours far from each other, and tones that are no multiples of each other. */
export const LOOKS: readonly Look[] = [
  { colour: 'rgb(230, 30, 30)', tone: 440 },
  { colour: 'rgb(30, 200, 30)', tone: 620 },
  { colour: 'rgb(40, 40, 230)', tone: 800 },
  { colour: 'rgb(230, 220, 30)', tone: 1_060 },
];

/** Colours that nobody wears, and sizes that no camera has: each screen that is shared is the next of them. */
export const SCREENS: readonly Screen[] = [
  { colour: 'rgb(170, 40, 220)', width: 960, height: 540 },
  { colour: 'rgb(30, 210, 220)', width: 800, height: 600 },
];

/** From the next page that is opened on, devices of its person give this and nothing else. */
export async function dress(page: Page, look: Look, screens: readonly Screen[] = SCREENS): Promise<void> {
  const clothes = { ...look, screens };
  await page.addInitScript(({ colour, tone, screens }) => {
    const devices = navigator.mediaDevices;
    const paint = (colour: string, width: number, height: number): MediaStreamTrack[] => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const brush = canvas.getContext('2d');
      let turn = 0;
      // A few pixels at the edge change: something to encode, and nothing that could change the colour.
      setInterval(() => {
        if (brush) {
          brush.fillStyle = colour;
          brush.fillRect(0, 0, width, height);
          brush.fillStyle = 'black';
          brush.fillRect((turn++ * 8) % width, 0, 8, 8);
        }
      }, 100);
      return canvas.captureStream(10).getVideoTracks();
    };
    let shared = 0;
    devices.getDisplayMedia = () => {
      const screen = screens[shared++ % screens.length];
      return Promise.resolve(
        new MediaStream(screen ? paint(screen.colour, screen.width, screen.height) : []),
      );
    };
    devices.getUserMedia = (wish) => {
      const stream = new MediaStream();
      if (wish?.video) {
        paint(colour, 640, 360).forEach((track) => stream.addTrack(track));
      }
      if (wish?.audio) {
        const sound = new AudioContext();
        const voice = new OscillatorNode(sound, { frequency: tone });
        const microphone = sound.createMediaStreamDestination();
        voice.connect(new GainNode(sound, { gain: 0.3 })).connect(microphone);
        voice.start();
        microphone.stream.getAudioTracks().forEach((track) => stream.addTrack(track));
      }
      return Promise.resolve(stream);
    };
  }, clothes);
}

/** What is to be seen and heard of everybody else on a page at present; their cameras, or the screens that they share. */
export async function impressions(page: Page, screens = false): Promise<readonly Impression[]> {
  return page.evaluate(
    async (kind) => {
      interface Listening {
        readonly stream: MediaStream;
        readonly ear: AnalyserNode;
      }
      interface Held {
        videoWindow?: {
          session?: {
            call: {
              participants: ReadonlyMap<
                string,
                { sources: readonly { kind: string; stream?: MediaStream }[] }
              >;
            };
          };
        };
        ears?: { sound: AudioContext; listening: Map<string, Listening> };
      }
      const held = window as unknown as Held;
      const ears = (held.ears ??= { sound: new AudioContext(), listening: new Map<string, Listening>() });
      await ears.sound.resume();

      const toneOf = (endpoint: string): number | undefined => {
        const person = held.videoWindow?.session?.call.participants.get(endpoint);
        const stream = person?.sources.find(({ kind }) => kind === 'audio')?.stream;
        if (!stream) {
          return undefined;
        }
        let listening = ears.listening.get(endpoint);
        if (listening?.stream !== stream) {
          listening = { stream, ear: new AnalyserNode(ears.sound, { fftSize: 4096 }) };
          ears.sound.createMediaStreamSource(stream).connect(listening.ear);
          ears.listening.set(endpoint, listening);
        }
        const spectrum = new Float32Array(listening.ear.frequencyBinCount);
        listening.ear.getFloatFrequencyData(spectrum);
        const loudest = spectrum.reduce(
          (best, level, bin) => (level > (spectrum[best] ?? -Infinity) ? bin : best),
          0,
        );
        return (spectrum[loudest] ?? -Infinity) < -60
          ? undefined
          : (loudest * ears.sound.sampleRate) / listening.ear.fftSize;
      };

      const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
      const brush = canvas.getContext('2d', { willReadFrequently: true });
      const pictureOf = (video: HTMLVideoElement | null): [number, number, number] | undefined => {
        if (!brush || !video || video.hidden || video.videoWidth === 0) {
          return undefined;
        }
        brush.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
        return [red, green, blue];
      };

      return [...document.querySelectorAll(`[data-testid="tile"][data-local="false"]${kind}`)].map((tile) => {
        const video = tile.querySelector('video');
        const endpoint = tile.getAttribute('data-endpoint') ?? '';
        return {
          name: (tile.getAttribute('aria-label') ?? '').split(',')[0] ?? '',
          endpoint,
          picture: pictureOf(video),
          width: video?.videoWidth ?? 0,
          height: video?.videoHeight ?? 0,
          frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
          tone: toneOf(endpoint),
        };
      });
    },
    screens ? '.screen' : ':not(.screen)',
  );
}

/** Whether the picture is this one, as far as encoding leaves it. */
export function isPictureOf(look: { readonly colour: string }, { picture }: Impression): boolean {
  const wanted = [...look.colour.matchAll(/\d+/g)].map(Number);
  return picture?.every((part, index) => Math.abs(part - (wanted[index] ?? 0)) < 50) ?? false;
}

/** Whether the voice is this one. */
export function isVoiceOf(look: Look, { tone }: Impression): boolean {
  return tone !== undefined && Math.abs(tone - look.tone) < 40;
}
