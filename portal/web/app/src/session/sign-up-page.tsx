import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Problem } from '../api/problem.ts';
import { sentenceFor } from '../api/sentences.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import { pathWithNext } from '../routes.ts';
import { useAccount } from './account.ts';
import './session.css';

export function SignUpPage({ next }: { readonly next: string }): ReactNode {
  const { portal, setAccount } = useAccount();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const wrong = (field: string): string | undefined =>
    failure instanceof Problem ? failure.field(field) : undefined;

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    try {
      setAccount(await portal.signUp(email.trim(), password, name.trim()));
      navigate(next, true);
    } catch (reason) {
      setFailure(reason);
      setBusy(false);
    }
  };

  return (
    <Page title="Create an account">
      <section className="card session">
        <h1>Create an account</h1>
        <form onSubmit={(event) => void submit(event)}>
          {failure !== undefined && <Notice tone="error">{sentenceFor(failure)}</Notice>}
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
          <Field
            label="Password"
            type="password"
            hint="A long one is a good one: a few words that only you would put together."
            autoComplete="new-password"
            required
            error={wrong('password')}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
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
