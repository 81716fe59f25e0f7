import { useState, type ReactNode } from 'react';
import type { Meeting } from '../api/types.ts';
import { IconButton } from '../design/button.tsx';
import { MenuButton, type MenuItem } from '../design/menu.tsx';
import { Link } from '../navigation.tsx';
import { CopyLink } from './copy-link.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { LeaveModeratorsDialog } from './leave-moderators-dialog.tsx';
import { ModeratorsDialog } from './moderators-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';

type Open = 'settings' | 'moderators' | 'delete' | 'lay-down';

/** One meeting of the list with what can be done with it. */
export function MeetingRow(props: {
  readonly meeting: Meeting;
  /** Just created: shown as such. */
  readonly fresh: boolean;
  readonly onChanged: (meeting: Meeting) => void;
  readonly onGone: () => void;
}): ReactNode {
  const { meeting } = props;
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const items: readonly MenuItem[] =
    meeting.role === 'owner'
      ? [
          { label: 'Name and guests', icon: 'edit', onChoose: () => setOpen('settings') },
          { label: 'Moderators', icon: 'shield', onChoose: () => setOpen('moderators') },
          { label: 'Delete', icon: 'trash', danger: true, onChoose: () => setOpen('delete') },
        ]
      : [{ label: 'Stop moderating', icon: 'remove', danger: true, onChoose: () => setOpen('lay-down') }];

  return (
    <li className={`meeting-row ${props.fresh ? 'fresh' : ''}`}>
      <div className="meeting-text">
        <h2>{meeting.name}</h2>
        <p className="quiet small">{factsOf(meeting)}</p>
      </div>
      <div className="meeting-actions">
        <CopyLink link={meeting.link} />
        <Link className="button primary" href={`/j/${meeting.room}`} aria-label={`Join ${meeting.name}`}>
          Join
        </Link>
        <MenuButton
          label={`More for ${meeting.name}`}
          items={items}
          button={(button) => <IconButton {...button} icon="more" label={`More for ${meeting.name}`} />}
        />
      </div>
      {open === 'settings' && (
        <SettingsDialog meeting={meeting} onChanged={props.onChanged} onClose={close} />
      )}
      {open === 'moderators' && (
        <ModeratorsDialog meeting={meeting} onChanged={props.onChanged} onClose={close} />
      )}
      {open === 'delete' && <DeleteDialog meeting={meeting} onDeleted={props.onGone} onClose={close} />}
      {open === 'lay-down' && (
        <LeaveModeratorsDialog meeting={meeting} onDone={props.onGone} onClose={close} />
      )}
    </li>
  );
}

function factsOf(meeting: Meeting): string {
  const facts = [
    meeting.role === 'owner' ? 'You are the owner' : 'You are a moderator',
    meeting.guestsAllowed ? 'guests welcome' : 'no guests',
  ];
  const moderators = meeting.moderators.length;
  if (moderators > 0) {
    facts.push(moderators === 1 ? '1 moderator' : `${moderators} moderators`);
  }
  return facts.join(' · ');
}
