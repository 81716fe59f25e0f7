import { useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Message, Page } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import { pathWithNext } from '../routes.ts';
import { useSubmission } from '../submission.ts';
import { useAccount } from './account.ts';
import { NewPasswordField } from './new-password-field.tsx';
import './session.css';

export function SignUpPage({ next }: { readonly next: string }): ReactNode {
  const { portal, setAccount, features } = useAccount();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { busy, sentence, wrong, submit } = useSubmission(async () => {
    setAccount(await portal.signUp(email.trim(), password, name.trim()));
    navigate(next, true);
  });

  if (!features.signUp) {
    return (
      <Message
        title="No new accounts here"
        actions={
          <Button look="primary" onClick={() => navigate(pathWithNext('sign-in', next))}>
            Sign in
          </Button>
        }
      >
        On this server people cannot make accounts themselves. Ask whoever runs it for one.
      </Message>
    );
  }
  return (
    <Page title="Create an account">
      <section className="card session">
        <h1>Create an account</h1>
        <form onSubmit={submit}>
          {sentence !== undefined && <Notice tone="error">{sentence}</Notice>}
          <Field
            label="Name"
            hint="This is what others see in a meeting."
            autoComplete="name"
            required
            autoFocus
            maxLength={100}
            error={wrong('name')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Field
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            error={wrong('email')}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <NewPasswordField
            label="Password"
            error={wrong('password')}
            value={password}
            onChange={setPassword}
          />
          <Button type="submit" look="primary" busy={busy}>
            Create account
          </Button>
        </form>
        <p className="quiet small">
          You have one already? <Link href={pathWithNext('sign-in', next)}>Sign in</Link>
        </p>
      </section>
    </Page>
  );
}
