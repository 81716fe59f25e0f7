import { useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Message, Page } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import { useSubmission } from '../submission.ts';
import { useAccount } from './account.ts';
import { NewPasswordField } from './new-password-field.tsx';
import './session.css';

/** Where the link of a mail leads to: a new password for an old account. */
export function ResetPasswordPage({ token }: { readonly token: string }): ReactNode {
  const { portal, setAccount } = useAccount();
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const { busy, sentence, wrong, submit } = useSubmission(async () => {
    await portal.resetPassword(token, password);
    // All sessions have ended with it, ours too if there was one.
    setAccount(undefined);
    setDone(true);
  });

  if (done) {
    return (
      <Message
        title="Your password is changed"
        actions={
          <Button look="primary" onClick={() => navigate('/sign-in', true)}>
            Sign in
          </Button>
        }
      >
        You are signed out everywhere. Sign in with the new password.
      </Message>
    );
  }
  return (
    <Page title="Choose a new password">
      <section className="card session">
        <h1>Choose a new password</h1>
        <form onSubmit={submit}>
          {sentence !== undefined && wrong('password') === undefined && (
            <Notice tone="error">{sentence}</Notice>
          )}
          <NewPasswordField
            label="New password"
            error={wrong('password')}
            value={password}
            onChange={setPassword}
          />
          <Button type="submit" look="primary" busy={busy}>
            Change password
          </Button>
        </form>
        <p className="quiet small">
          The link does not work? <Link href="/forgot-password">Have a new one sent</Link>
        </p>
      </section>
    </Page>
  );
}
