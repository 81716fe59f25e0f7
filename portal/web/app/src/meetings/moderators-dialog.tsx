import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Problem } from '../api/problem.ts';
import { sentenceFor } from '../api/sentences.ts';
import type { Meeting, Person } from '../api/types.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Field } from '../design/field.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { useAccount } from '../session/account.ts';
import { useAttempts } from '../submission.ts';

/** Who may moderate besides the owner. */
export function ModeratorsDialog(props: {
  readonly meeting: Meeting;
  readonly onChanged: (meeting: Meeting) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { meeting, onChanged, onClose } = props;
  const { portal } = useAccount();
  const { whisper } = useAnnouncer();
  const [email, setEmail] = useState('');
  const { busy, failure, attempt } = useAttempts();

  const add = (event: SyntheticEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      onChanged(await portal.addModerator(meeting.id, email.trim()));
      whisper('Moderator added');
      setEmail('');
    });
  };

  const remove = (moderator: Person): void =>
    void attempt(async () => {
      await portal.removeModerator(meeting.id, moderator.id);
      onChanged({ ...meeting, moderators: meeting.moderators.filter((other) => other.id !== moderator.id) });
      whisper(`${moderator.name} is no longer a moderator`);
    });

  const error =
    failure === undefined
      ? undefined
      : ((failure instanceof Problem ? failure.fields[0]?.message : undefined) ?? sentenceFor(failure));
  return (
    <Dialog title="Moderators" onClose={onClose} actions={<Button onClick={onClose}>Done</Button>}>
      <p className="quiet small">Moderators can mute and remove people, and end the meeting for everyone.</p>
      {meeting.moderators.length === 0 ? (
        <p className="quiet">Only you so far.</p>
      ) : (
        <ul className="person-list">
          {meeting.moderators.map((moderator) => (
            <li key={moderator.id}>
              <Avatar name={moderator.name} seed={moderator.id} size={36} />
              <div>
                <div>{moderator.name}</div>
                <div className="quiet small">{moderator.email}</div>
              </div>
              <IconButton icon="trash" label={`Remove ${moderator.name}`} onClick={() => remove(moderator)} />
            </li>
          ))}
        </ul>
      )}
      <form className="create-meeting" onSubmit={add}>
        <Field
          label="Add by e-mail address"
          type="email"
          required
          autoComplete="off"
          error={error}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button type="submit" busy={busy}>
          Add
        </Button>
      </form>
    </Dialog>
  );
}
