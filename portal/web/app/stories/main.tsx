import { CallError, type CallEnd, type CallErrorCode, type CallState } from '@video-window/client';
import { createRoot } from 'react-dom/client';
import type { ReactNode } from 'react';
import { AfterPage } from '../src/after/after-page.tsx';
import { Portal } from '../src/api/portal.ts';
import { App } from '../src/app.tsx';
import '../src/design/base.css';
import { followSystemTheme } from '../src/design/theme.ts';
import '../src/design/tokens.css';
import { Toasts } from '../src/design/toast.tsx';
import { RoomPage } from '../src/room/room-page.tsx';
import { AccountContext } from '../src/session/account.ts';
import { FakeCall } from './fake-call.ts';
import { fakeDevices } from './fake-devices.ts';
import { account, fakeFetch, ticket } from './fake-portal.ts';
import { fakeServers } from './fake-servers.ts';
import { cameraStream, screenStream } from './scene.ts';

// The address says what to show, for example ?at=/j/x&people=8&screen=1&chat=1 (see shoot.shots.ts for more).
const query = new URLSearchParams(location.search);
const on = (name: string): boolean => query.get(name) === '1';
const at = query.get('at') ?? '/';

const portal = new Portal(
  fakeFetch({
    signedIn: !on('nobody'),
    empty: on('empty'),
    guestsAllowed: !on('members'),
    problem: query.get('problem') ?? undefined,
    ended: on('ended'),
    bare: on('bare'),
    administrator: on('administrator'),
  }),
  () => 'XSRF-TOKEN=story',
);

fakeDevices(query.get('devices') ?? undefined);
followSystemTheme();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(<Story />);
}

function Story(): ReactNode {
  if (at === 'after') {
    const { by, error } = endFrom(query.get('by') ?? 'left');
    return wrapped(
      <AfterPage
        end={{ by, error, reason: undefined, message: '' }}
        endedByUs={on('us')}
        onAgain={() => Promise.reject(new Error('A story'))}
      />,
    );
  }
  if (query.has('people')) {
    const cast = {
      people: Number(query.get('people')),
      screen: on('screen'),
      chat: on('chat'),
      state: (query.get('state') ?? 'connected') as CallState,
      camera: cameraStream,
      shared: screenStream,
    };
    return wrapped(<RoomPage code={ticket.room} makeCall={(given) => new FakeCall(given, cast)} />);
  }
  fakeServers(query.get('broken') ?? undefined);
  history.replaceState(null, '', at);
  return <App portal={portal} />;
}

function wrapped(page: ReactNode): ReactNode {
  const state = {
    portal,
    account: on('nobody') ? undefined : account,
    ended: false,
    features: { mail: true, oidc: [], signUp: true },
    setAccount: () => undefined,
  };
  return (
    <AccountContext value={state}>
      <Toasts>{page}</Toasts>
    </AccountContext>
  );
}

function endFrom(by: string): Pick<CallEnd, 'by' | 'error'> {
  return by === 'left' || by === 'ended' || by === 'kicked'
    ? { by, error: undefined }
    : { by: 'failed', error: new CallError(by as CallErrorCode, '', 'retry') };
}
