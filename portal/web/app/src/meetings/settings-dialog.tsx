import { useId, useState, type ReactNode } from 'react';
import type { Meeting } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Field, Switch } from '../design/field.tsx';
import { useAccount } from '../session/account.ts';
import { useSubmission } from '../submission.ts';

/** Name of a meeting, and whether guests may come. */
export function SettingsDialog(props: {
  readonly meeting: Meeting;
  readonly onChanged: (meeting: Meeting) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { meeting, onChanged, onClose } = props;
  const { portal } = useAccount();
  const form = useId();
  const [name, setName] = useState(meeting.name);
  const [guestsAllowed, setGuestsAllowed] = useState(meeting.guestsAllowed);
  const { busy, wrongOnly, submit } = useSubmission(async () => {
    onChanged(await portal.changeMeeting(meeting.id, { name: name.trim(), guestsAllowed }));
    onClose();
  });

  return (
    <Dialog
      title="Name and guests"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} className="dialog-body" onSubmit={submit}>
        <Field
          label="Name of the meeting"
          required
          maxLength={100}
          autoComplete="off"
          error={wrongOnly('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Switch
          label="Guests may join"
          hint="Whoever has the link comes in with a name of their choice. When off, everybody has to sign in."
          on={guestsAllowed}
          onChange={setGuestsAllowed}
        />
      </form>
    </Dialog>
  );
}
