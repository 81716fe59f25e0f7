import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Message, Page } from '../design/page.tsx';
import { Link, navigate } from '../navigation.tsx';
import type { AdminSection } from '../routes.ts';
import { useAccount } from '../session/account.ts';
import { AuditSection } from './audit-section.tsx';
import { ConferencesSection } from './conferences-section.tsx';
import { MeetingsSection } from './meetings-section.tsx';
import { ServersSection } from './servers-section.tsx';
import { UsersSection } from './users-section.tsx';
import './admin.css';

const names: Readonly<Record<AdminSection, string>> = {
  users: 'Users',
  meetings: 'Meetings',
  conferences: 'Live conferences',
  servers: 'Servers',
  audit: 'Audit log',
};

/** The administration: one part at a time, each with an address. */
export function AdminPage({ section }: { readonly section: AdminSection }): ReactNode {
  const { account } = useAccount();
  if (account?.administrator !== true) {
    return (
      <Message
        title="Only for administrators"
        actions={
          <Button look="primary" onClick={() => navigate('/')}>
            Go to your meetings
          </Button>
        }
      >
        Your account is not an administrator of this server. Ask one of them to make you one.
      </Message>
    );
  }
  return (
    <Page title={`${names[section]}, administration`} wide>
      <div className="admin">
        <h1>Administration</h1>
        <nav className="admin-nav" aria-label="Administration">
          <ul>
            {Object.entries(names).map(([key, name]) => (
              <li key={key}>
                <Link href={`/admin/${key}`} aria-current={key === section ? 'page' : undefined}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Section section={section} />
      </div>
    </Page>
  );
}

function Section({ section }: { readonly section: AdminSection }): ReactNode {
  switch (section) {
    case 'users':
      return <UsersSection />;
    case 'meetings':
      return <MeetingsSection />;
    case 'conferences':
      return <ConferencesSection />;
    case 'servers':
      return <ServersSection />;
    case 'audit':
      return <AuditSection />;
  }
}
