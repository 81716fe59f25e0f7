import { useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Message } from '../design/page.tsx';
import { navigate } from '../navigation.tsx';
import { useSubmission } from '../submission.ts';
import { useAccount } from './account.ts';

/**
 * Where the link of a mail leads to. It takes a click, because programs that look through mail open every link, and a
 * link serves only once.
 */
export function VerifyEmailPage({ token }: { readonly token: string }): ReactNode {
  const { portal, account, setAccount } = useAccount();
  const [done, setDone] = useState(false);
  const { busy, sentence, run } = useSubmission(async () => {
    await portal.verifyEmail(token);
    setDone(true);
    if (account !== undefined) {
      // It may be a new address that has taken the place of the old one now.
      setAccount((await portal.session()).account);
    }
  });

  if (done) {
    return (
      <Message
        key="done"
        title="Your e-mail address is confirmed"
        actions={
          <Button look="primary" onClick={() => navigate('/', true)}>
            Go to your meetings
          </Button>
        }
      >
        Thank you. Nothing else is to be done.
      </Message>
    );
  }
  return (
    <Message
      title="Confirm your e-mail address"
      actions={
        <Button look="primary" busy={busy} onClick={run}>
          Confirm
        </Button>
      }
    >
      {sentence === undefined ? (
        'You followed the link from our mail. One click, and the address is yours.'
      ) : (
        <Notice tone="error">{sentence} You find the button for it in the settings of your account.</Notice>
      )}
    </Message>
  );
}
