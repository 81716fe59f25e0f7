import type { ReactNode } from 'react';

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment, in the words of the person's language and place. */
export function When({ at }: { readonly at: string }): ReactNode {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? at : <time dateTime={at}>{exact.format(moment)}</time>;
}
