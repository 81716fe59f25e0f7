import { useEffect, useState } from 'react';

/** Somebody who looks into another tab for a moment finds everything as it was. */
const patience = 3_000;

/** Whether the page is seen; it counts as unseen only after a while. */
export function usePageVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') {
        timer = setTimeout(() => setVisible(false), patience);
      } else {
        setVisible(true);
      }
    };
    changed();
    document.addEventListener('visibilitychange', changed);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', changed);
    };
  }, []);
  return visible;
}
