import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { sentenceFor } from '../api/sentences.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import { pathWithNext } from '../routes.ts';
import { useAccount } from './account.ts';
import './session.css';

export function SignInPage({ next }: { readonly next: string }): ReactNode {
  const { portal, setAccount } = useAccount();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    try {
      setAccount(await portal.signIn(email.trim(), password));
      navigate(next, true);
    } catch (reason) {
      setFailure(reason);
      setBusy(false);
    }
  };

  return (
    <Page title="Sign in">
      <section className="card session">
        <h1>Sign in</h1>
        <form onSubmit={(event) => void submit(event)}>
          {failure !== undefined && <Notice tone="error">{sentenceFor(failure)}</Notice>}
          <Field
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Field
            label="Password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" look="primary" busy={busy}>
            Sign in
          </Button>
        </form>
        <p className="quiet small">
          New here? <Link href={pathWithNext('sign-up', next)}>Create an account</Link>
        </p>
      </section>
    </Page>
  );
}
