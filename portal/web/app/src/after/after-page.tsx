import type { CallEnd } from '@video-window/client';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Message } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import { connectionTestPath } from '../routes.ts';
import { useAccount } from '../session/account.ts';
import { useSubmission } from '../submission.ts';
import { reasonFor } from './reasons.ts';

/** After the call: why it is over, and the way back or on. */
export function AfterPage(props: {
  readonly end: CallEnd;
  readonly endedByUs: boolean;
  readonly onAgain: () => Promise<void>;
}): ReactNode {
  const { account, features } = useAccount();
  const { busy, sentence, run } = useSubmission(props.onAgain);
  const reason = reasonFor(props.end, props.endedByUs);

  return (
    <Message
      title={reason.title}
      actions={
        <>
          {reason.again !== undefined && (
            <Button look="primary" busy={busy} onClick={run}>
              {reason.again}
            </Button>
          )}
          {account === undefined ? (
            features.signUp && (
              <Button look="ghost" onClick={() => navigate('/sign-up')}>
                Create an account
              </Button>
            )
          ) : (
            <Button look={reason.again === undefined ? 'primary' : 'plain'} onClick={() => navigate('/')}>
              Your meetings
            </Button>
          )}
        </>
      }
    >
      <p>{reason.text}</p>
      {props.end.by === 'failed' && (
        <p>
          <Link href={connectionTestPath}>Test my connection</Link>
        </p>
      )}
      {sentence !== undefined && <Notice tone="error">{sentence}</Notice>}
    </Message>
  );
}
