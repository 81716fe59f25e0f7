import { useEffect } from 'react';

/** Keeps the screen on while the component is there; where the browser cannot, nothing happens. */
export function useWakeLock(): void {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (wakeLock === undefined) {
      return;
    }
    let held: WakeLockSentinel | undefined;
    let over = false;
    const take = (): void => {
      if (document.visibilityState !== 'visible' || (held !== undefined && !held.released)) {
        return;
      }
      wakeLock.request('screen').then(
        (lock) => {
          if (over) {
            void lock.release();
          } else {
            held = lock;
          }
        },
        () => undefined,
      );
    };
    take();
    // The browser lets go of it whenever the page is hidden.
    document.addEventListener('visibilitychange', take);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', take);
      void held?.release();
    };
  }, []);
}
