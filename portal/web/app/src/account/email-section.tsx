import { useState, type ReactNode } from 'react';
import type { Account } from '../api/types.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { useAccount } from '../session/account.ts';
import { useSubmission } from '../submission.ts';
import { Section } from './section.tsx';

export function EmailSection({ account }: { readonly account: Account }): ReactNode {
  const { features } = useAccount();
  return (
    <Section title="E-mail address" about="You sign in with it, and it gets the link for a new password.">
      <p className="account-email">
        <strong>{account.email}</strong>
        {account.emailVerified === true ? (
          <Badge tone="good">Confirmed</Badge>
        ) : (
          <Badge tone="warning">Not confirmed</Badge>
        )}
      </p>
      {account.emailVerified !== true && features.mail && <SendAgain />}
      {account.hasPassword !== false && features.mail && <ChangeEmail />}
    </Section>
  );
}

function SendAgain(): ReactNode {
  const { portal } = useAccount();
  const { say } = useAnnouncer();
  const { busy, sentence, run } = useSubmission(async () => {
    await portal.sendVerification();
    say('A mail with a link is on its way to you.', 'done');
  });
  return (
    <>
      {sentence !== undefined && <Notice tone="error">{sentence}</Notice>}
      <Button busy={busy} onClick={run}>
        Send the link again
      </Button>
    </>
  );
}

function ChangeEmail(): ReactNode {
  const { portal, setAccount } = useAccount();
  const { say } = useAnnouncer();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { busy, sentence, wrong, submit } = useSubmission(async () => {
    setAccount(await portal.changeAccount({ email: email.trim(), password }));
    setEmail('');
    setPassword('');
    say(
      'A mail with a link is on its way to the new address. The old one stays until you opened it.',
      'done',
    );
  });
  return (
    <form onSubmit={submit}>
      {sentence !== undefined && wrong('email') === undefined && <Notice tone="error">{sentence}</Notice>}
      <Field
        label="New e-mail address"
        type="email"
        autoComplete="email"
        required
        error={wrong('email')}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      {email !== '' && (
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
      <Button type="submit" busy={busy}>
        Change address
      </Button>
    </form>
  );
}
