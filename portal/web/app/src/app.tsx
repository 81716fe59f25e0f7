import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Portal } from './api/portal.ts';
import { sentenceFor } from './api/sentences.ts';
import type { Account } from './api/types.ts';
import { Button } from './design/button.tsx';
import { Message, Waiting } from './design/page.tsx';
import { Toasts } from './design/toast.tsx';
import { MeetingsPage } from './meetings/meetings-page.tsx';
import { navigate, usePath } from './navigation.tsx';
import { RoomPage } from './room/room-page.tsx';
import { nextOf, routeOf } from './routes.ts';
import { AccountContext } from './session/account.ts';
import { SignInPage } from './session/sign-in-page.tsx';
import { SignUpPage } from './session/sign-up-page.tsx';

/** The application: finds out who is here, then shows the page of the address. */
export function App({ portal }: { readonly portal: Portal }): ReactNode {
  const [known, setKnown] = useState<{ account: Account | undefined }>();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let current = true;
    portal.session().then(
      (account) => current && setKnown({ account }),
      (reason: unknown) => current && setFailure(reason),
    );
    return () => {
      current = false;
    };
  }, [portal, attempt]);

  const state = useMemo(
    () => ({ portal, account: known?.account, setAccount: (account?: Account) => setKnown({ account }) }),
    [portal, known],
  );

  if (known === undefined) {
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
        {sentenceFor(failure)}
      </Message>
    );
  }
  return (
    <AccountContext value={state}>
      <Toasts>
        <Page />
      </Toasts>
    </AccountContext>
  );
}

function Page(): ReactNode {
  const route = routeOf(usePath());
  switch (route.page) {
    case 'meetings':
      return <MeetingsPage />;
    case 'sign-in':
      return <SignInPage next={nextOf(location.search)} />;
    case 'sign-up':
      return <SignUpPage next={nextOf(location.search)} />;
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
