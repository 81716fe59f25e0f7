import { useCallback, useState, type ReactNode } from 'react';
import type { AdminUser } from '../api/admin-types.ts';
import { Avatar } from '../design/avatar.tsx';
import { Badge } from '../design/badge.tsx';
import { IconButton } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { MenuButton, type MenuItem } from '../design/menu.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { When } from '../design/when.tsx';
import { useLoaded } from '../loading.ts';
import { useAccount } from '../session/account.ts';
import { Listing, Pager, Search, usePagedQuery } from './list.tsx';

/** Everybody with an account. */
export function UsersSection(): ReactNode {
  const { portal } = useAccount();
  const { query, page, search, turn } = usePagedQuery();
  const loaded = useLoaded(
    useCallback(() => portal.administration.users(query, page), [portal, query, page]),
  );
  return (
    <>
      <Search label="Name or e-mail address" onSearch={search} />
      <Listing loaded={loaded}>
        {(found) => (
          <>
            <p className="quiet small" role="status">
              {found.total === 1 ? '1 account' : `${found.total} accounts`}
            </p>
            {found.users.length > 0 && (
              <ul className="admin-list" aria-label="Users">
                {found.users.map((user) => (
                  <UserRow key={user.id} user={user} onChanged={loaded.reload} />
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

/** What an administrator can do with an account; each asks first. */
interface Action {
  readonly title: string;
  readonly action: string;
  readonly text: string;
  readonly done: string;
  readonly work: () => Promise<void>;
}

function UserRow({
  user,
  onChanged,
}: {
  readonly user: AdminUser;
  readonly onChanged: () => void;
}): ReactNode {
  const { account, portal } = useAccount();
  const { say } = useAnnouncer();
  const [asking, setAsking] = useState<Action>();
  const own = user.id === account?.id;
  const { administration } = portal;

  const role: Action = user.administrator
    ? {
        title: 'Take the role away?',
        action: 'Take role away',
        text: `${user.name} is no longer administrator of this server, and stays an ordinary user.`,
        done: `${user.name} is no longer administrator.`,
        work: () => administration.changeUser(user.id, { administrator: false }),
      }
    : {
        title: 'Make administrator?',
        action: 'Make administrator',
        text: `${user.name} may then do everything on these pages, and delete other accounts.`,
        done: `${user.name} is administrator now.`,
        work: () => administration.changeUser(user.id, { administrator: true }),
      };
  const able: Action = user.disabled
    ? {
        title: 'Enable the account?',
        action: 'Enable',
        text: `${user.name} can sign in again.`,
        done: `${user.name} can sign in again.`,
        work: () => administration.changeUser(user.id, { disabled: false }),
      }
    : {
        title: 'Disable the account?',
        action: 'Disable',
        text: `${user.name} is signed out everywhere and cannot sign in any more. Running calls go on.`,
        done: `The account of ${user.name} is disabled.`,
        work: () => administration.changeUser(user.id, { disabled: true }),
      };
  const gone: Action = {
    title: 'Delete the account?',
    action: 'Delete',
    text: `The account of ${user.name} (${user.email}) and all meetings of it are deleted. This cannot be undone.`,
    done: `The account of ${user.name} was deleted.`,
    work: () => administration.deleteUser(user.id),
  };
  const items: readonly MenuItem[] = [
    {
      label: user.administrator ? 'Take role of administrator away' : 'Make administrator',
      icon: 'shield',
      onChoose: () => setAsking(role),
    },
    { label: able.action, icon: user.disabled ? 'check' : 'close', onChoose: () => setAsking(able) },
    { label: 'Delete', icon: 'trash', danger: true, onChoose: () => setAsking(gone) },
  ];

  return (
    <li>
      <Avatar name={user.name} seed={user.id} size={36} />
      <div className="admin-text">
        <div className="admin-title">
          <strong>{user.name}</strong>
          {own && <Badge>You</Badge>}
          {user.administrator && <Badge tone="good">Administrator</Badge>}
          {user.disabled && <Badge tone="bad">Disabled</Badge>}
        </div>
        <div className="quiet small">{user.email}</div>
        <div className="quiet small">
          Since <When at={user.createdAt} />
          {typeof user.lastSignInAt === 'string' && (
            <>
              {' · '}last signed in <When at={user.lastSignInAt} />
            </>
          )}
        </div>
      </div>
      {!own && (
        <MenuButton
          label={`More for ${user.name}`}
          items={items}
          button={(button) => <IconButton {...button} icon="more" label={`More for ${user.name}`} />}
        />
      )}
      {asking !== undefined && (
        <ConfirmDialog
          title={asking.title}
          action={asking.action}
          onClose={() => setAsking(undefined)}
          onConfirm={async () => {
            await asking.work();
            say(asking.done, 'done');
            onChanged();
          }}
        >
          {asking.text}
        </ConfirmDialog>
      )}
    </li>
  );
}
