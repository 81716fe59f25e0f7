import { Call, type JoinTicket } from '@video-window/client';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { AfterPage } from '../after/after-page.tsx';
import { Problem } from '../api/problem.ts';
import { sentenceFor } from '../api/sentences.ts';
import type { Room } from '../api/types.ts';
import type { CallLike } from '../call/call-like.ts';
import { CallPage } from '../call/call-page.tsx';
import { CallSession } from '../call/call-session.ts';
import { environmentFor } from '../call/forced-relay.ts';
import { codecFor, mappingFor, simulcastFor } from '../call/address-wishes.ts';
import { Button } from '../design/button.tsx';
import { Message, Waiting } from '../design/page.tsx';
import { useLoaded } from '../loading.ts';
import { OwnMedia } from '../media/own-media.ts';
import { Link, navigate } from '../navigation.tsx';
import { PrejoinPage } from '../prejoin/prejoin-page.tsx';
import { connectionTestPath } from '../routes.ts';
import { useAccount } from '../session/account.ts';
import { useStore } from '../store.ts';

type MakeCall = (ticket: JoinTicket, renewTicket: () => Promise<JoinTicket>) => CallLike;

const realCall: MakeCall = (ticket, renewTicket) =>
  new Call({
    ticket,
    renewTicket,
    environment: environmentFor(location.search),
    videoCodec: codecFor(location.search),
    sourceMapping: mappingFor(location.search),
    simulcastBy: simulcastFor(location.search),
  });

/** Everything at the address of a meeting: before the call, the call, and after it. */
export function RoomPage(props: { readonly code: string; readonly makeCall?: MakeCall }): ReactNode {
  const { portal } = useAccount();
  const { code } = props;
  const { value: room, failure, reload } = useLoaded(useCallback(() => portal.room(code), [portal, code]));

  if (room === undefined && failure !== undefined) {
    const missing = failure instanceof Problem && failure.status === 404;
    return (
      <Message
        title={missing ? 'There is no such meeting' : 'The meeting could not be opened'}
        actions={
          missing ? (
            <Button look="primary" onClick={() => navigate('/')}>
              Go to the start page
            </Button>
          ) : (
            <Button look="primary" onClick={reload}>
              Try again
            </Button>
          )
        }
      >
        <p>{sentenceFor(failure)}</p>
        {!missing && (
          <p>
            <Link href={connectionTestPath}>Test my connection</Link>
          </p>
        )}
      </Message>
    );
  }
  return room === undefined ? <Waiting /> : <Visit room={room} makeCall={props.makeCall ?? realCall} />;
}

function Visit({ room, makeCall }: { readonly room: Room; readonly makeCall: MakeCall }): ReactNode {
  const { portal, account } = useAccount();
  const [media] = useState(() => new OwnMedia());
  const [session, setSession] = useState<CallSession>();
  const [guestName, setGuestName] = useState<string>();

  // The devices belong to the visit: they are let go whenever the page is left.
  useEffect(() => {
    void media.open();
    return () => media.close();
  }, [media]);

  useEffect(() => {
    if (session === undefined) {
      return;
    }
    const leave = (): void => session.leave();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [session]);

  const join = async (name: string | undefined): Promise<void> => {
    const ticket = await portal.ticket(room.room, name);
    const renewTicket = (): Promise<JoinTicket> => portal.ticketToStay(room.room, ticket, name);
    const next = new CallSession(makeCall(ticket, renewTicket), ticket, media);
    setGuestName(name);
    setSession(next);
    void next.join();
  };

  const rejoin = async (): Promise<void> => {
    // The devices may take their time, or ask the person: what starts later is published then.
    void media.open();
    // Whose session has ended during the call can still come back as a guest.
    await join(guestName ?? (account === undefined ? session?.ticket.displayName : undefined));
  };

  return session === undefined ? (
    <PrejoinPage room={room} media={media} onJoin={join} />
  ) : (
    <InCall key={session.ticket.endpointId} session={session} onAgain={rejoin} />
  );
}

function InCall(props: { readonly session: CallSession; readonly onAgain: () => Promise<void> }): ReactNode {
  const { session } = props;
  const { end, endedByUs } = useStore(session);
  useEffect(() => {
    if (end !== undefined) {
      session.media.close();
    }
  }, [end, session]);
  return end === undefined ? (
    <CallPage session={session} />
  ) : (
    <AfterPage end={end} endedByUs={endedByUs} onAgain={props.onAgain} />
  );
}
