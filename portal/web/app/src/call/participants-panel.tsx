import type { Participant } from '@video-window/client';
import { useState, type ReactNode } from 'react';
import { Avatar } from '../design/avatar.tsx';
import { IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { MenuButton, type MenuItem } from '../design/menu.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { SidePanel } from './side-panel.tsx';

export interface ParticipantsPanelProps {
  readonly own: {
    readonly id: string;
    readonly name: string;
    readonly muted: boolean;
    readonly cameraOff: boolean;
  };
  readonly others: readonly Participant[];
  readonly moderator: boolean;
  readonly onMute: (participant: Participant) => void;
  readonly onRemove: (participant: Participant) => Promise<void>;
  readonly onClose: () => void;
}

/** Who is here. Moderators can mute and remove. */
export function ParticipantsPanel(props: ParticipantsPanelProps): ReactNode {
  const { own, others } = props;
  const [removing, setRemoving] = useState<Participant>();
  return (
    <SidePanel title="Participants" count={others.length + 1} onClose={props.onClose}>
      <ul className="people">
        <Person
          id={own.id}
          name={own.name}
          note={props.moderator ? 'You, moderator' : 'You'}
          muted={own.muted}
          cameraOff={own.cameraOff}
        />
        {others.map((person) => (
          <Person
            key={person.id}
            id={person.id}
            name={person.name || 'Somebody'}
            note={person.isModerator ? 'Moderator' : undefined}
            muted={isMuted(person)}
            cameraOff={isCameraOff(person)}
            items={
              props.moderator
                ? [
                    ...(isMuted(person)
                      ? []
                      : [
                          {
                            label: 'Mute',
                            icon: 'microphone-off' as const,
                            onChoose: () => props.onMute(person),
                          },
                        ]),
                    {
                      label: 'Remove',
                      icon: 'remove' as const,
                      danger: true,
                      onChoose: () => setRemoving(person),
                    },
                  ]
                : undefined
            }
          />
        ))}
      </ul>
      {removing !== undefined && (
        <ConfirmDialog
          title={`Remove ${removing.name || 'this person'}?`}
          action="Remove"
          onConfirm={() => props.onRemove(removing)}
          onClose={() => setRemoving(undefined)}
        >
          They leave the meeting at once. With the link they can come back.
        </ConfirmDialog>
      )}
    </SidePanel>
  );
}

function Person(props: {
  readonly id: string;
  readonly name: string;
  readonly note: string | undefined;
  readonly muted: boolean;
  readonly cameraOff: boolean;
  readonly items?: readonly MenuItem[] | undefined;
}): ReactNode {
  return (
    <li>
      <Avatar name={props.name} seed={props.id} size={36} />
      <div className="person-text">
        <div>{props.name}</div>
        {props.note !== undefined && <div className="quiet small">{props.note}</div>}
      </div>
      <span className={props.muted ? 'person-off' : 'person-on'}>
        <Icon name={props.muted ? 'microphone-off' : 'microphone'} size={20} />
        <span className="unseen">{props.muted ? 'microphone muted' : 'microphone on'}</span>
      </span>
      <span className={props.cameraOff ? 'person-off' : 'person-on'}>
        <Icon name={props.cameraOff ? 'camera-off' : 'camera'} size={20} />
        <span className="unseen">{props.cameraOff ? 'camera off' : 'camera on'}</span>
      </span>
      {props.items !== undefined && (
        <MenuButton
          label={`Actions for ${props.name}`}
          items={props.items}
          button={(button) => <IconButton {...button} icon="more" label={`Actions for ${props.name}`} />}
        />
      )}
    </li>
  );
}

function isMuted(person: Participant): boolean {
  return person.sources.every((source) => source.kind !== 'audio' || source.muted);
}

function isCameraOff(person: Participant): boolean {
  return person.sources.every(
    (source) => source.kind !== 'video' || source.videoType === 'desktop' || source.muted,
  );
}
