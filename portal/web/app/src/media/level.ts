/** Number of steps a level is shown in. */
export const levelSteps = 12;

/** Calls back with a level from 0 to 1 about 20 times a second, until the result is called. */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  }, 50);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}

/** Loudness as a share from 0 (-60 dB and below) to 1 (full scale), as ears and eyes expect it. */
export function levelOf(samples: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const sample of samples) {
    sum += sample * sample;
    count++;
  }
  const decibels = 10 * Math.log10(sum / Math.max(1, count));
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
}
