import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Problem } from '../api/problem.ts';
import { sentenceFor } from '../api/sentences.ts';
import type { Meeting } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { useAccount } from '../session/account.ts';

/** One line to make a meeting. */
export function CreateMeeting({ onCreated }: { readonly onCreated: (meeting: Meeting) => void }): ReactNode {
  const { portal } = useAccount();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    try {
      onCreated(await portal.createMeeting(name.trim()));
      setName('');
      setFailure(undefined);
    } catch (reason) {
      setFailure(reason);
    } finally {
      setBusy(false);
    }
  };

  const error =
    failure === undefined
      ? undefined
      : ((failure instanceof Problem ? failure.field('name') : undefined) ?? sentenceFor(failure));
  return (
    <form className="create-meeting" onSubmit={(event) => void submit(event)}>
      <Field
        label="Meeting name"
        placeholder="Weekly planning"
        required
        maxLength={100}
        autoComplete="off"
        error={error}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" look="primary" icon="plus" busy={busy}>
        Create meeting
      </Button>
    </form>
  );
}
