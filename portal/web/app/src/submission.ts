import { useState, type SyntheticEvent } from 'react';
import { Problem } from './api/problem.ts';
import { sentenceFor } from './api/sentences.ts';

/** Something that a person sends off, from the click to the answer. */
export interface Submission {
  readonly busy: boolean;
  /** What to tell the person about the last attempt; nothing when it went well. */
  readonly sentence: string | undefined;
  /** What is wrong with a field, if the answer named it. */
  readonly wrong: (field: string) => string | undefined;
  /** What is wrong with the only field of a form: what the answer says to it, or to everything. */
  readonly wrongOnly: (field: string) => string | undefined;
  /** Does the work, unless it is being done. */
  readonly run: () => void;
  /** The same, as handler of a form. */
  readonly submit: (event: SyntheticEvent) => void;
}

/** Runs works of a person's choice, one at a time, and keeps how the last went. */
export function useAttempts(): {
  readonly busy: boolean;
  /** Why the last did not work; nothing when it did. */
  readonly failure: unknown;
  /** Does a work, unless one is being done. */
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
} {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (busy) {
      return;
    }
    setBusy(true);
    try {
      await work();
      setFailure(undefined);
    } catch (reason) {
      setFailure(reason);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, attempt };
}

/** Runs one work, once at a time, and keeps how it went. */
export function useSubmission(work: () => Promise<void>): Submission {
  const { busy, failure, attempt } = useAttempts();
  const sentence = failure === undefined ? undefined : sentenceFor(failure);
  const wrong = (field: string): string | undefined =>
    failure instanceof Problem ? failure.field(field) : undefined;
  return {
    busy,
    sentence,
    wrong,
    wrongOnly: (field) => wrong(field) ?? sentence,
    run: () => void attempt(work),
    submit: (event) => {
      event.preventDefault();
      void attempt(work);
    },
  };
}
