import type { CallEnd } from '@video-window/client';
import { useState, type ReactNode } from 'react';
import { sentenceFor } from '../api/sentences.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Message } from '../design/page.tsx';
import { navigate } from '../navigation.tsx';
import { useAccount } from '../session/account.ts';
import { reasonFor } from './reasons.ts';

/** After the call: why it is over, and the way back or on. */
export function AfterPage(props: {
  readonly end: CallEnd;
  readonly endedByUs: boolean;
  readonly onAgain: () => Promise<void>;
}): ReactNode {
  const { account } = useAccount();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const reason = reasonFor(props.end, props.endedByUs);

  const again = async (): Promise<void> => {
    setBusy(true);
    try {
      await props.onAgain();
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };

  return (
    <Message
      title={reason.title}
      actions={
        <>
          {reason.again !== undefined && (
            <Button look="primary" busy={busy} onClick={() => void again()}>
              {reason.again}
            </Button>
          )}
          {account === undefined ? (
            <Button look="ghost" onClick={() => navigate('/sign-up')}>
              Create an account
            </Button>
          ) : (
            <Button look={reason.again === undefined ? 'primary' : 'plain'} onClick={() => navigate('/')}>
              Your meetings
            </Button>
          )}
        </>
      }
    >
      {reason.text}
      {failure !== undefined && <Notice tone="error">{sentenceFor(failure)}</Notice>}
    </Message>
  );
}
