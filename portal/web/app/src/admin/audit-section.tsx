import { useCallback, type ReactNode } from 'react';
import type { AuditEvent } from '../api/admin-types.ts';
import { When } from '../design/when.tsx';
import { useLoaded } from '../loading.ts';
import { useAccount } from '../session/account.ts';
import { auditWords } from './audit-words.ts';
import { Listing, Pager, usePagedQuery } from './list.tsx';

/** Who signed in, and who changed whose rights. It knows accounts by their ids only. */
export function AuditSection(): ReactNode {
  const { portal } = useAccount();
  const { page, turn } = usePagedQuery();
  const loaded = useLoaded(useCallback(() => portal.administration.audit(page), [portal, page]));
  return (
    <Listing loaded={loaded}>
      {(found) =>
        found.events.length === 0 ? (
          <p className="quiet">Nothing has happened yet.</p>
        ) : (
          <>
            <ul className="admin-list" aria-label="Audit log">
              {found.events.map((event, index) => (
                <li key={`${event.at} ${index}`}>
                  <div className="admin-text">
                    <div className="admin-title">
                      <strong>{auditWords(event.kind)}</strong>
                      <span className="quiet small">
                        <When at={event.at} />
                      </span>
                    </div>
                    <Facts event={event} />
                  </div>
                </li>
              ))}
            </ul>
            <Pager page={found} onPage={turn} />
          </>
        )
      }
    </Listing>
  );
}

function Facts({ event }: { readonly event: AuditEvent }): ReactNode {
  const facts = [
    ['Account', event.accountId],
    ['By', event.actorId === event.accountId ? undefined : event.actorId],
    ['From', event.address],
    ['Detail', event.detail],
  ].filter((fact): fact is [string, string] => typeof fact[1] === 'string' && fact[1] !== '');
  return (
    <dl className="admin-facts small quiet">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
