import { useCallback, type ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { Notice } from '../design/notice.tsx';
import { When } from '../design/when.tsx';
import { useLoaded } from '../loading.ts';
import { useAccount } from '../session/account.ts';
import { Listing } from './list.tsx';

/** How often what changes by itself is asked again while it can be seen, in milliseconds. */
export const refreshEvery = 5_000;

/** The calls that are going on. */
export function ConferencesSection(): ReactNode {
  const { portal } = useAccount();
  const loaded = useLoaded(
    useCallback(() => portal.administration.conferences(), [portal]),
    refreshEvery,
  );
  return (
    <Listing loaded={loaded}>
      {({ conferences, silent = [] }) => (
        <>
          {silent.length > 0 && (
            <Notice tone="warning">
              What goes on at {silent.join(', ')} is not known: no answer from there.
            </Notice>
          )}
          {conferences.length === 0 ? (
            <p className="quiet">No call is going on.</p>
          ) : (
            <ul className="admin-list" aria-label="Live conferences">
              {conferences.map((conference) => (
                <li key={conference.meetingId}>
                  <div className="admin-text">
                    <div className="admin-title">
                      {typeof conference.name === 'string' && <strong>{conference.name}</strong>}
                      <code>{conference.room}</code>
                      <Badge tone="good">
                        {conference.participants === 1 ? '1 person' : `${conference.participants} people`}
                      </Badge>
                    </div>
                    <div className="quiet small">
                      Since <When at={conference.createdAt} />
                      {conference.shard !== undefined && ` · ${conference.shard}`}
                      {conference.bridges.length > 0 && ` · ${conference.bridges.join(', ')}`}
                    </div>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Listing>
  );
}
