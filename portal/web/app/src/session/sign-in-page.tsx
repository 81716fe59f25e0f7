import { useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import { connectionTestPath, pathWithNext } from '../routes.ts';
import { useSubmission } from '../submission.ts';
import { useAccount } from './account.ts';
import { oidcSentence, oidcStart } from './oidc.ts';
import './session.css';

export function SignInPage(props: {
  /** Where to go afterwards. */
  readonly next: string;
  /** Code of why signing in elsewhere did not work. */
  readonly error?: string | undefined;
}): ReactNode {
  const { next } = props;
  const { portal, setAccount, ended, features } = useAccount();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { busy, sentence, submit } = useSubmission(async () => {
    setAccount(await portal.signIn(email.trim(), password));
    navigate(next, true);
  });

  return (
    <Page title="Sign in">
      <section className="card session">
        <h1>Sign in</h1>
        <form onSubmit={submit}>
          {sentence === undefined ? (
            <>
              {ended && (
                <Notice tone="warning" title="Your session has ended">
                  Sign in again to go on; you come back to where you were.
                </Notice>
              )}
              {props.error !== undefined && <Notice tone="error">{oidcSentence(props.error)}</Notice>}
            </>
          ) : (
            <Notice tone="error">{sentence}</Notice>
          )}
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
        {features.oidc.length > 0 && (
          <div className="session-others">
            <p className="quiet small">or</p>
            {features.oidc.map(({ id, name }) => (
              <a key={id} className="button plain" href={oidcStart(id, next)}>
                Continue with {name}
              </a>
            ))}
          </div>
        )}
        <ul className="session-links quiet small">
          {features.mail && (
            <li>
              <Link href="/forgot-password">Forgot your password?</Link>
            </li>
          )}
          {features.signUp && (
            <li>
              New here? <Link href={pathWithNext('sign-up', next)}>Create an account</Link>
            </li>
          )}
          <li>
            Trouble in calls? <Link href={connectionTestPath}>Test my connection</Link>
          </li>
        </ul>
      </section>
    </Page>
  );
}
