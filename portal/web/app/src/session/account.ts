import { createContext, use } from 'react';
import type { Portal } from '../api/portal.ts';
import type { Account, Visitor } from '../api/types.ts';

/** Who is at this browser, for every page. */
export interface AccountState extends Visitor {
  readonly portal: Portal;
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
