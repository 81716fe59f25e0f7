import type { ReactNode } from 'react';
import { sentenceFor } from '../api/sentences.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { Link, navigate } from '../navigation.tsx';
import { useAccount } from './account.ts';
import './account-corner.css';

/** Who is signed in, at the end of the page's head: the way to their settings, to the administration, and out. */
export function AccountCorner(): ReactNode {
  const { portal, account, setAccount } = useAccount();
  const { say } = useAnnouncer();
  if (account === undefined) {
    return null;
  }

  const signOut = async (): Promise<void> => {
    try {
      await portal.signOut();
      setAccount(undefined);
      navigate('/sign-in');
    } catch (reason) {
      say(sentenceFor(reason), 'warning');
    }
  };

  return (
    <>
      {account.administrator === true && (
        <Link className="corner-link" href="/admin" title="Administration">
          <Icon name="shield" />
          <span className="corner-word">Administration</span>
        </Link>
      )}
      <Link className="corner-link" href="/account" title="Your account">
        <Avatar name={account.name} seed={account.id} size={32} />
        <span className="corner-word">{account.name}</span>
        <span className="unseen">, your account</span>
      </Link>
      <Button look="ghost" onClick={() => void signOut()}>
        Sign out
      </Button>
    </>
  );
}
