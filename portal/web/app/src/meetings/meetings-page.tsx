import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { sentenceFor } from '../api/sentences.ts';
import type { Meeting } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { useAccount } from '../session/account.ts';
import { SignInPage } from '../session/sign-in-page.tsx';
import { CreateMeeting } from './create-meeting.tsx';
import { MeetingRow } from './meeting-row.tsx';
import './meetings.css';

/** The start page: the meetings of who is signed in, or the way to sign in. */
export function MeetingsPage(): ReactNode {
  const { account } = useAccount();
  return account === undefined ? <SignInPage next="/" /> : <Meetings />;
}

function Meetings(): ReactNode {
  const { portal } = useAccount();
  const [meetings, setMeetings] = useState<readonly Meeting[]>();
  const [failure, setFailure] = useState<unknown>();
  const [fresh, setFresh] = useState<string>();

  const load = useCallback(() => {
    portal.meetings().then(
      (loaded) => {
        setMeetings(loaded);
        setFailure(undefined);
      },
      (reason: unknown) => setFailure(reason),
    );
  }, [portal]);

  useEffect(load, [load]);

  const replace = (changed: Meeting): void =>
    setMeetings((all) => all?.map((meeting) => (meeting.id === changed.id ? changed : meeting)));

  return (
    <Page title="Meetings" wide>
      <div className="meetings">
        <h1>Meetings</h1>
        <CreateMeeting
          onCreated={(meeting) => {
            setMeetings((all) => [meeting, ...(all ?? [])]);
            setFresh(meeting.id);
          }}
        />
        {failure !== undefined && (
          <Notice tone="error" actions={<Button onClick={load}>Try again</Button>}>
            {sentenceFor(failure)}
          </Notice>
        )}
        {meetings === undefined && failure === undefined && <Skeleton />}
        {meetings?.length === 0 && <Empty />}
        {meetings !== undefined && meetings.length > 0 && (
          <ul className="meeting-list" aria-label="Your rooms">
            {meetings.map((meeting) => (
              <MeetingRow
                key={meeting.id}
                meeting={meeting}
                fresh={meeting.id === fresh}
                onChanged={replace}
                onGone={() => setMeetings((all) => all?.filter((other) => other.id !== meeting.id))}
              />
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}

function Empty(): ReactNode {
  return (
    <div className="empty">
      <EmptyPicture />
      <p className="empty-title">Nothing here yet</p>
      <p className="quiet">
        Give your first one a name above. You get a link that you can send to anybody: they need a browser,
        not an account.
      </p>
    </div>
  );
}

function EmptyPicture(): ReactNode {
  return (
    <svg width="96" height="72" viewBox="0 0 96 72" fill="none" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="94" height="70" rx="12" className="picture-frame" />
      <rect x="13" y="13" width="32" height="20" rx="5" className="picture-pane" />
      <rect x="51" y="13" width="32" height="20" rx="5" className="picture-lit" />
      <rect x="13" y="39" width="32" height="20" rx="5" className="picture-pane" />
      <rect x="51" y="39" width="32" height="20" rx="5" className="picture-pane" />
    </svg>
  );
}

function Skeleton(): ReactNode {
  return (
    <div className="meeting-list" role="status" aria-label="Loading">
      {[0, 1, 2].map((row) => (
        <div key={row} className="meeting-row skeleton" aria-hidden="true">
          <span />
        </div>
      ))}
    </div>
  );
}
