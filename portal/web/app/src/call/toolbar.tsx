import type { ReactNode, RefObject } from 'react';
import { IconButton } from '../design/button.tsx';
import { MenuButton, type MenuItem } from '../design/menu.tsx';
import type { View } from '../layout/arrange.ts';
import './toolbar.css';

export type Panel = 'chat' | 'participants';

export interface ToolbarProps {
  readonly microphone: boolean;
  readonly camera: boolean;
  /** Undefined where this browser cannot share a screen. */
  readonly sharing: boolean | undefined;
  readonly panel: Panel | undefined;
  readonly unread: number;
  readonly people: number;
  readonly view: View;
  readonly moderator: boolean;
  readonly opener: RefObject<HTMLButtonElement | null>;
  readonly onMicrophone: () => void;
  readonly onCamera: () => void;
  readonly onShare: () => void;
  readonly onPanel: (panel: Panel) => void;
  readonly onView: () => void;
  readonly onSettings: () => void;
  readonly onShortcuts: () => void;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

/** Everything one does in a call. Names stay the same while pressed, or change with the state, never both. */
export function Toolbar(props: ToolbarProps): ReactNode {
  const otherView = props.view === 'grid' ? 'Speaker view' : 'Grid view';
  const shareLabel = props.sharing === true ? 'Stop sharing' : 'Share screen';
  const more: MenuItem[] = [
    {
      label: otherView,
      icon: props.view === 'grid' ? 'speaker' : 'grid',
      narrowOnly: true,
      onChoose: props.onView,
    },
    { label: 'Settings', icon: 'settings', narrowOnly: true, onChoose: props.onSettings },
    { label: 'Keyboard shortcuts', icon: 'keyboard', onChoose: props.onShortcuts },
  ];
  if (props.sharing !== undefined) {
    more.unshift({
      label: shareLabel,
      icon: props.sharing ? 'screen-stop' : 'screen',
      narrowOnly: true,
      onChoose: props.onShare,
    });
  }
  return (
    <div className="toolbar" role="group" aria-label="Call controls">
      <IconButton
        icon={props.microphone ? 'microphone' : 'microphone-off'}
        look={props.microphone ? 'round' : 'alert'}
        label={props.microphone ? 'Mute microphone' : 'Unmute microphone'}
        onClick={props.onMicrophone}
      />
      <IconButton
        icon={props.camera ? 'camera' : 'camera-off'}
        look={props.camera ? 'round' : 'alert'}
        label={props.camera ? 'Turn camera off' : 'Turn camera on'}
        onClick={props.onCamera}
      />
      {props.sharing !== undefined && (
        <IconButton
          className={`wide-only ${props.sharing ? 'active' : ''}`}
          icon={props.sharing ? 'screen-stop' : 'screen'}
          look="round"
          label={shareLabel}
          onClick={props.onShare}
        />
      )}
      <span className="toolbar-gap" />
      <Badged id="unread" count={props.unread} words={props.unread > 0 ? `${props.unread} unread` : ''} alert>
        <IconButton
          icon="chat"
          look="round"
          label="Chat"
          aria-pressed={props.panel === 'chat'}
          aria-describedby="unread"
          ref={props.panel === 'chat' ? props.opener : undefined}
          onClick={() => props.onPanel('chat')}
        />
      </Badged>
      <Badged id="people-count" count={props.people} words={`${props.people} here`}>
        <IconButton
          icon="people"
          look="round"
          label="Participants"
          aria-pressed={props.panel === 'participants'}
          aria-describedby="people-count"
          ref={props.panel === 'participants' ? props.opener : undefined}
          onClick={() => props.onPanel('participants')}
        />
      </Badged>
      <IconButton
        className="wide-only"
        icon={props.view === 'grid' ? 'speaker' : 'grid'}
        look="round"
        label={otherView}
        onClick={props.onView}
      />
      <IconButton
        className="wide-only"
        icon="settings"
        look="round"
        label="Settings"
        onClick={props.onSettings}
      />
      <MenuButton
        label="More"
        side="above"
        items={more}
        button={(button) => <IconButton {...button} icon="more" look="round" label="More" />}
      />
      <span className="toolbar-gap" />
      {props.moderator ? (
        <MenuButton
          label="Leave"
          side="above"
          items={[
            { label: 'Leave meeting', icon: 'leave', onChoose: props.onLeave },
            { label: 'End for everyone', icon: 'close', danger: true, onChoose: props.onEnd },
          ]}
          button={(button) => <IconButton {...button} icon="leave" look="danger" label="Leave" />}
        />
      ) : (
        <IconButton icon="leave" look="danger" label="Leave" onClick={props.onLeave} />
      )}
    </div>
  );
}

/** A number at the corner of a button. It is beside the button, not in it: the button keeps its name. */
function Badged(props: {
  readonly id: string;
  readonly count: number;
  readonly words: string;
  readonly alert?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className="badged">
      {props.children}
      {props.count > 0 && (
        <span className={`badge ${props.alert === true ? 'alert' : ''}`} aria-hidden="true">
          {props.count > 99 ? '99+' : props.count}
        </span>
      )}
      <span id={props.id} className="unseen">
        {props.words}
      </span>
    </span>
  );
}
