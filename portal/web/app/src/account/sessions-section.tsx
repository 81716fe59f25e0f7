import { useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { navigate } from '../navigation.tsx';
import { useAccount } from '../session/account.ts';
import { Section } from './section.tsx';

export function SessionsSection(): ReactNode {
  const { portal, setAccount } = useAccount();
  const [asking, setAsking] = useState(false);
  return (
    <Section
      title="Signed in elsewhere?"
      about="Ends your sessions in every browser and app, in this one too. Calls go on."
    >
      <Button onClick={() => setAsking(true)}>Sign out everywhere</Button>
      {asking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          action="Sign out everywhere"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await portal.signOutEverywhere();
            setAccount(undefined);
            navigate('/sign-in');
          }}
        >
          You have to sign in again on each of your devices.
        </ConfirmDialog>
      )}
    </Section>
  );
}
