import { useId, useState, type ReactNode } from 'react';
import type { Account } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { navigate } from '../navigation.tsx';
import { useAccount } from '../session/account.ts';
import { useSubmission } from '../submission.ts';
import { Section } from './section.tsx';

export function DeleteSection({ account }: { readonly account: Account }): ReactNode {
  const [asking, setAsking] = useState(false);
  return (
    <Section
      title="Delete your account"
      about="Your account and your meetings are deleted at once and for good; their links stop working."
    >
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete account …
      </Button>
      {asking && <DeleteDialog account={account} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function DeleteDialog(props: { readonly account: Account; readonly onClose: () => void }): ReactNode {
  const { portal, setAccount } = useAccount();
  const { say } = useAnnouncer();
  const form = useId();
  const [password, setPassword] = useState('');
  const { busy, sentence, wrong, submit } = useSubmission(async () => {
    await portal.deleteAccount(password);
    setAccount(undefined);
    navigate('/sign-in', true);
    say('Your account was deleted.', 'done');
  });

  return (
    <Dialog
      title="Delete your account?"
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" form={form} look="danger" busy={busy}>
            Delete account
          </Button>
        </>
      }
    >
      <Notice tone="warning" title="This cannot be undone">
        The account {props.account.email}, all meetings you own and your role of moderator in others are
        deleted. Nobody can bring them back, not even whoever runs this server.
      </Notice>
      <form id={form} className="dialog-body" onSubmit={submit}>
        {sentence !== undefined && <Notice tone="error">{sentence}</Notice>}
        {props.account.hasPassword === false ? (
          <p className="quiet small">If you signed in a while ago, you have to sign in again first.</p>
        ) : (
          <Field
            label="Your password"
            type="password"
            autoComplete="current-password"
            required
            error={wrong('password')}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </form>
    </Dialog>
  );
}
