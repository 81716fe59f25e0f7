import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { Problem } from '../api/problem.ts';
import { sentenceFor } from '../api/sentences.ts';
import type { Meeting } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Field, Switch } from '../design/field.tsx';
import { useAccount } from '../session/account.ts';

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
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    try {
      onChanged(await portal.changeMeeting(meeting.id, { name: name.trim(), guestsAllowed }));
      onClose();
    } catch (reason) {
      setFailure(reason);
      setBusy(false);
    }
  };

  const error =
    failure === undefined
      ? undefined
      : ((failure instanceof Problem ? failure.field('name') : undefined) ?? sentenceFor(failure));
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
      <form id={form} className="dialog-body" onSubmit={(event) => void submit(event)}>
        <Field
          label="Name of the meeting"
          required
          maxLength={100}
          autoComplete="off"
          error={error}
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
