import type { ReactNode } from 'react';
import type { Account } from '../api/types.ts';
import { Page } from '../design/page.tsx';
import { Link } from '../navigation.tsx';
import { DataSection } from './data-section.tsx';
import { DeleteSection } from './delete-section.tsx';
import { EmailSection } from './email-section.tsx';
import { NameSection } from './name-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import './account.css';

/** The settings of our own account, each with a form of its own. */
export function AccountPage({ account }: { readonly account: Account }): ReactNode {
  return (
    <Page title="Your account" wide>
      <div className="account">
        <div>
          <h1>Your account</h1>
          <p className="quiet small">
            <Link href="/">Back to your meetings</Link>
          </p>
        </div>
        <NameSection account={account} />
        <EmailSection account={account} />
        {account.hasPassword !== false && <PasswordSection email={account.email} />}
        <SessionsSection />
        <DataSection />
        <DeleteSection account={account} />
      </div>
    </Page>
  );
}
