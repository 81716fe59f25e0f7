import { useState, type ReactNode } from 'react';
import type { Meeting } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { useAccount } from '../session/account.ts';
import { useSubmission } from '../submission.ts';

/** One line to make a meeting. */
export function CreateMeeting({ onCreated }: { readonly onCreated: (meeting: Meeting) => void }): ReactNode {
  const { portal } = useAccount();
  const [name, setName] = useState('');
  const { busy, wrongOnly, submit } = useSubmission(async () => {
    onCreated(await portal.createMeeting(name.trim()));
    setName('');
  });

  return (
    <form className="create-meeting" onSubmit={submit}>
      <Field
        label="Meeting name"
        placeholder="Weekly planning"
        required
        maxLength={100}
        autoComplete="off"
        error={wrongOnly('name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" look="primary" icon="plus" busy={busy}>
        Create meeting
      </Button>
    </form>
  );
}
