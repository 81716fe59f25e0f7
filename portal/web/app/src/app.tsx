import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { AccountPage } from './account/account-page.tsx';
import { AdminPage } from './admin/admin-page.tsx';
import { Portal } from './api/portal.ts';
import { sentenceFor } from './api/sentences.ts';
import type { Account, Visitor } from './api/types.ts';
import { ConnectionTestPage } from './connection-test/connection-test-page.tsx';
import { Button } from './design/button.tsx';
import { Message, PageCorner, Waiting } from './design/page.tsx';
import { Toasts } from './design/toast.tsx';
import { MeetingsPage } from './meetings/meetings-page.tsx';
import { Link, navigate, usePath } from './navigation.tsx';
import { RoomPage } from './room/room-page.tsx';
import { connectionTestPath, nextOf, routeOf } from './routes.ts';
import { AccountContext, useAccount, type AccountState } from './session/account.ts';
import { AccountCorner } from './session/account-corner.tsx';
import { ForgotPasswordPage } from './session/forgot-password-page.tsx';
import { ResetPasswordPage } from './session/reset-password-page.tsx';
import { SignInPage } from './session/sign-in-page.tsx';
import { SignUpPage } from './session/sign-up-page.tsx';
import { VerifyEmailPage } from './session/verify-email-page.tsx';

const nobody: Visitor = {
  account: undefined,
  ended: false,
  features: { mail: false, oidc: [], signUp: false },
};

/** The application: finds out who is here, then shows the page of the address. */
export function App({ portal }: { readonly portal: Portal }): ReactNode {
  const [known, setKnown] = useState<Visitor>();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const { page } = routeOf(usePath());

  useEffect(() => {
    let current = true;
    portal.session().then(
      (visitor) => current && setKnown(visitor),
      (reason: unknown) => current && setFailure(reason),
    );
    return () => {
      current = false;
    };
  }, [portal, attempt]);

  // Who is in a call stays there: only the pages that need an account ask to sign in again.
  useEffect(
    () =>
      portal.onSessionEnded(() =>
        setKnown((before) => ({ ...(before ?? nobody), account: undefined, ended: true })),
      ),
    [portal],
  );

  const state = useMemo<AccountState>(
    () => ({
      ...(known ?? nobody),
      portal,
      setAccount: (account?: Account) =>
        setKnown((before) => ({ ...(before ?? nobody), account, ended: false })),
    }),
    [portal, known],
  );

  // The connection test is for when nothing works: it does not wait for the portal.
  if (known === undefined && page !== 'test-connection') {
    return failure === undefined ? (
      <Waiting />
    ) : (
      <Message
        title="No connection"
        actions={
          <Button
            look="primary"
            onClick={() => {
              setFailure(undefined);
              setAttempt(attempt + 1);
            }}
          >
            Try again
          </Button>
        }
      >
        <p>{sentenceFor(failure)}</p>
        <p>
          <Link href={connectionTestPath}>Test my connection</Link>
        </p>
      </Message>
    );
  }
  return (
    <AccountContext value={state}>
      <Toasts>
        <PageCorner value={<AccountCorner />}>
          <Page />
        </PageCorner>
      </Toasts>
    </AccountContext>
  );
}

function Page(): ReactNode {
  const { account } = useAccount();
  const path = usePath();
  const route = routeOf(path);
  const query = new URLSearchParams(location.search);
  const token = query.get('token') ?? '';
  if (account === undefined && (route.page === 'account' || route.page === 'admin')) {
    return <SignInPage next={path} />;
  }
  switch (route.page) {
    case 'meetings':
      return <MeetingsPage />;
    case 'sign-in':
      return <SignInPage next={nextOf(location.search)} error={query.get('error') ?? undefined} />;
    case 'sign-up':
      return <SignUpPage next={nextOf(location.search)} />;
    case 'verify-email':
      return <VerifyEmailPage token={token} />;
    case 'forgot-password':
      return <ForgotPasswordPage />;
    case 'reset-password':
      return <ResetPasswordPage token={token} />;
    case 'account':
      return account === undefined ? null : <AccountPage account={account} />;
    case 'admin':
      return <AdminPage section={route.section} />;
    case 'test-connection':
      return <ConnectionTestPage />;
    case 'room':
      return <RoomPage key={route.room} code={route.room} />;
    case 'not-found':
      return (
        <Message
          title="There is nothing here"
          actions={
            <Button look="primary" onClick={() => navigate('/')}>
              Go to the start page
            </Button>
          }
        >
          This address leads to no page. Check it for typing errors, or ask whoever sent it for a new one.
        </Message>
      );
  }
}
