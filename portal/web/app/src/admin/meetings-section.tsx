import { useCallback, useState, type ReactNode } from 'react';
import type { AdminMeeting } from '../api/admin-types.ts';
import { IconButton } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { When } from '../design/when.tsx';
import { useLoaded } from '../loading.ts';
import { useAccount } from '../session/account.ts';
import { Listing, Pager, Search, usePagedQuery } from './list.tsx';

/** All meetings of everybody. */
export function MeetingsSection(): ReactNode {
  const { portal } = useAccount();
  const { query, page, search, turn } = usePagedQuery();
  const loaded = useLoaded(
    useCallback(() => portal.administration.meetings(query, page), [portal, query, page]),
  );
  return (
    <>
      <Search label="Name or code of the meeting" onSearch={search} />
      <Listing loaded={loaded}>
        {(found) => (
          <>
            <p className="quiet small" role="status">
              {found.total === 1 ? '1 meeting' : `${found.total} meetings`}
            </p>
            {found.meetings.length > 0 && (
              <ul className="admin-list" aria-label="All meetings">
                {found.meetings.map((meeting) => (
                  <MeetingRow key={meeting.id} meeting={meeting} onDeleted={loaded.reload} />
                ))}
              </ul>
            )}
            <Pager page={found} onPage={turn} />
          </>
        )}
      </Listing>
    </>
  );
}

function MeetingRow(props: { readonly meeting: AdminMeeting; readonly onDeleted: () => void }): ReactNode {
  const { id, name, room, owner, createdAt } = props.meeting;
  const { portal } = useAccount();
  const { say } = useAnnouncer();
  const [asking, setAsking] = useState(false);
  return (
    <li>
      <div className="admin-text">
        <div className="admin-title">
          <strong>{name}</strong>
          <code>{room}</code>
        </div>
        <div className="quiet small">
          Owner: {owner.name} ({owner.email})
        </div>
        <div className="quiet small">
          Since <When at={createdAt} />
        </div>
      </div>
      <IconButton icon="trash" label={`Delete ${name}`} onClick={() => setAsking(true)} />
      {asking && (
        <ConfirmDialog
          title="Delete this meeting?"
          action="Delete"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await portal.administration.deleteMeeting(id);
            say(`“${name}” was deleted.`, 'done');
            props.onDeleted();
          }}
        >
          The link of “{name}” stops working for everybody who has it. This cannot be undone.
        </ConfirmDialog>
      )}
    </li>
  );
}
