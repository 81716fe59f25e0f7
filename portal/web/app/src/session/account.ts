import { createContext, use } from 'react';
import type { Portal } from '../api/portal.ts';
import type { Account } from '../api/types.ts';

/** Who is at this browser, for every page. */
export interface AccountState {
  readonly portal: Portal;
  /** Undefined when nobody is signed in. */
  readonly account: Account | undefined;
  readonly setAccount: (account: Account | undefined) => void;
}

export const AccountContext = createContext<AccountState | undefined>(undefined);

export function useAccount(): AccountState {
  const state = use(AccountContext);
  if (state === undefined) {
    throw new Error('There is no account context around this component.');
  }
  return state;
}
