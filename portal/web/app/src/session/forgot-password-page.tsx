import { useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Message, Page } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import { useSubmission } from '../submission.ts';
import { useAccount } from './account.ts';
import './session.css';

/** Asks for the e-mail address and has a link sent there. Never tells whether somebody has an account. */
export function ForgotPasswordPage(): ReactNode {
  const { portal, features } = useAccount();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, sentence, wrong, submit } = useSubmission(async () => {
    await portal.sendPasswordReset(email.trim());
    setSent(true);
  });
  const back = (
    <Button look="primary" onClick={() => navigate('/sign-in')}>
      Back to signing in
    </Button>
  );

  if (!features.mail) {
    return (
      <Message title="Forgot your password?" actions={back}>
        This server cannot send e-mail. Ask whoever runs it to help you with your account.
      </Message>
    );
  }
  if (sent) {
    return (
      <Message title="Look into your mailbox" actions={back}>
        If somebody has an account with the address {email.trim()}, a link for a new password is on its way to
        it. It may take a minute, and it may land among the unwanted mail.
      </Message>
    );
  }
  return (
    <Page title="Forgot your password?">
      <section className="card session">
        <h1>Forgot your password?</h1>
        <p className="quiet">You get a link by e-mail with which you can choose a new one.</p>
        <form onSubmit={submit}>
          {sentence !== undefined && wrong('email') === undefined && <Notice tone="error">{sentence}</Notice>}
          <Field
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            autoFocus
            error={wrong('email')}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button type="submit" look="primary" busy={busy}>
            Send the link
          </Button>
        </form>
        <p className="quiet small">
          <Link href="/sign-in">Back to signing in</Link>
        </p>
      </section>
    </Page>
  );
}
