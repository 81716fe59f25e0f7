import { useCallback, useEffect, useRef, useState } from 'react';

/** Something that is asked for when a page opens, and may be asked for again. */
export interface Loaded<Value> {
  /** The newest answer; it stays while the next one is on its way, or does not come. */
  readonly value: Value | undefined;
  /** Why the last attempt failed. */
  readonly failure: unknown;
  readonly reload: () => void;
}

/**
 * Asks when the component appears and whenever `load` is another function.
 *
 * @param everyMs asks again after that time, as long as the page can be seen
 */
export function useLoaded<Value>(load: () => Promise<Value>, everyMs?: number): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [failure, setFailure] = useState<unknown>();
  /** Counts the attempts: only the newest one counts. */
  const attempt = useRef(0);

  const reload = useCallback(() => {
    const mine = ++attempt.current;
    load().then(
      (loaded) => {
        if (mine === attempt.current) {
          setValue(loaded);
          setFailure(undefined);
        }
      },
      (reason: unknown) => {
        if (mine === attempt.current) {
          setFailure(reason);
        }
      },
    );
  }, [load]);

  const forget = useCallback(() => {
    attempt.current++;
  }, []);

  useEffect(() => {
    reload();
    return forget;
  }, [reload, forget]);

  useEffect(() => {
    if (everyMs === undefined) {
      return;
    }
    const look = (): void => {
      if (document.visibilityState === 'visible') {
        reload();
      }
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [reload, everyMs]);

  return { value, failure, reload };
}
