/** What is to be seen here of the others' videos. */
export interface ReceiveWish {
  /** At most so many videos at a time; -1 is all, 0 none. */
  readonly lastN: number;
  /** Names of the sources that are shown large: they get what they need first. */
  readonly onStage: readonly string[];
  /** Names of sources that come next. */
  readonly selected: readonly string[];
  /** How high a source is shown, in pixels of the screen, by name; 0 is not at all. */
  readonly heights: ReadonlyMap<string, number>;
  /** The same for every source that is not listed. */
  readonly otherHeight: number;
}

/** Everything, as large as it gets: for applications that say nothing. */
export const EVERYTHING: ReceiveWish = {
  lastN: -1,
  onStage: [],
  selected: [],
  heights: new Map(),
  otherHeight: 2160,
};

/** The present {@link ReceiveWish}. Outlives sessions. Owned by the call; the channel of each session listens. */
export class Receiving {
  #wish = EVERYTHING;
  readonly #listeners = new Set<() => void>();

  get wish(): ReceiveWish {
    return this.#wish;
  }

  /** Members that are left out stay what they were. */
  change(wish: Partial<ReceiveWish>): void {
    this.#wish = { ...this.#wish, ...wish };
    [...this.#listeners].forEach((listener) => listener());
  }

  /** Calls back after each change; the result ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
