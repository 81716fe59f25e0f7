import { useEffect, useRef, type ReactNode } from 'react';
import { levelSteps, watchLevel } from '../media/level.ts';

/** Shows that the microphone hears something. For screen readers it is a meter; it changes without React. */
export function LevelMeter({ track }: { readonly track: MediaStreamTrack | undefined }): ReactNode {
  const meter = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = meter.current;
    if (element === null || track === undefined) {
      return;
    }
    const stop = watchLevel(track, (level) => {
      element.dataset['level'] = String(Math.round(level * levelSteps));
      element.setAttribute('aria-valuenow', String(Math.round(level * 100)));
      [...element.children].forEach((bar, index) => {
        bar.classList.toggle('lit', index < level * levelSteps);
      });
    });
    return () => {
      stop();
      [...element.children].forEach((bar) => bar.classList.remove('lit'));
    };
  }, [track]);

  return (
    <div
      ref={meter}
      className="level-meter"
      role="meter"
      aria-label="Microphone level"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      {Array.from({ length: levelSteps }, (_, step) => (
        <span key={step} />
      ))}
    </div>
  );
}
