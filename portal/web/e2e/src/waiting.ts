/**
 * What people may wait on a machine of their own is a fraction of what tests wait: here browsers, servers and codecs share
 * one machine, which may be slow. What it was is printed.
 */
export const BUSY = 4;

/** The same for recoveries, which take seconds: their bounds are what is promised, twice. */
export const SHARED = 2;

/**
 * Asks again and again until the answer is right; answers how long that took, in milliseconds. A right answer that comes
 * too late is none.
 */
export async function until<T>(
  what: string,
  within: number,
  ask: () => Promise<T>,
  right: (answer: T) => boolean,
): Promise<number> {
  const begin = performance.now();
  let last: T | undefined;
  while (performance.now() - begin < within) {
    last = await ask();
    const took = performance.now() - begin;
    if (right(last) && took <= within) {
      return took;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Not within ${within} ms: ${what}; last seen: ${JSON.stringify(last)}`);
}
