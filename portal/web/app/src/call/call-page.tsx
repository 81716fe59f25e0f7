import type { ReceiveWish } from '@video-window/client';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ChatPanel } from '../chat/chat-panel.tsx';
import { useTitle } from '../design/page.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import type { View } from '../layout/arrange.ts';
import { works } from '../media/own-media.ts';
import { CopyLink } from '../meetings/copy-link.tsx';
import { showCall } from '../diagnosis.ts';
import { readSetting, writeSetting } from '../settings/settings.ts';
import { useStore } from '../store.ts';
import { Banner, bannerText } from './banner.tsx';
import type { CallSession } from './call-session.ts';

import { ParticipantsPanel } from './participants-panel.tsx';
import { RemoteAudio } from './remote-audio.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { useShortcuts } from './shortcuts.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useSpeaking } from './speaking.ts';
import { Stage } from './stage.tsx';
import { ownTiles, tilesOf, type TileModel } from './tiles.ts';
import { Toolbar, type Panel } from './toolbar.tsx';
import { useWakeLock } from './wake-lock.ts';
import './call.css';

const canShare = (): boolean =>
  typeof (navigator as { mediaDevices?: Partial<MediaDevices> }).mediaDevices?.getDisplayMedia === 'function';

/** The call. */
export function CallPage({ session }: { readonly session: CallSession }): ReactNode {
  const { ticket, media } = session;
  const call = useStore(session);
  const { microphone, camera, speaker } = useStore(media);
  const [panel, setPanel] = useState<Panel>();
  const [dialog, setDialog] = useState<'settings' | 'shortcuts'>();
  const [seen, setSeen] = useState(0);
  const tiles = useTiles(session);
  const [view, switchView] = useView(tiles.some((tile) => tile.screen));
  const speaking = useSpeaking(session, microphone.on ? microphone.track : undefined);
  const opener = useRef<HTMLButtonElement>(null);
  const { say, whisper } = useAnnouncer();

  useTitle(ticket.meetingName);
  useWakeLock();
  useEffect(() => showCall(session), [session]);
  useEffect(
    () =>
      session.onNotice((notice) => {
        if (notice.whispered === true) {
          whisper(notice.text);
        } else {
          say(notice.text, notice.tone);
        }
      }),
    [session, say, whisper],
  );

  const { received } = call;
  if (panel === 'chat' && seen !== received) {
    setSeen(received);
  }
  const closePanel = (): void => {
    opener.current?.focus();
    setPanel(undefined);
  };
  const togglePanel = (which: Panel): void => (panel === which ? closePanel() : setPanel(which));
  const toggleMicrophone = (): void => void media.toggle('microphone');
  const toggleCamera = (): void => void media.toggle('camera');
  const sharing = call.screen !== undefined;
  const toggleShare = (): void => {
    if (canShare()) {
      void (sharing ? session.stopSharing() : session.shareScreen());
    }
  };

  useShortcuts({
    m: toggleMicrophone,
    v: toggleCamera,
    s: toggleShare,
    c: () => togglePanel('chat'),
    p: () => togglePanel('participants'),
    '?': () => setDialog('shortcuts'),
    escape: closePanel,
  });

  const receive = useCallback((wish: ReceiveWish) => session.call.setReceiving(wish), [session]);
  const link = `${location.origin}/j/${ticket.room}`;
  const alone = call.entered && call.others.length === 0;
  return (
    <main className="call">
      <header className="call-head">
        <h1>{ticket.meetingName}</h1>
        <CopyLink link={link} />
      </header>
      <div className="call-middle">
        <Stage tiles={tiles} view={view} speaker={call.speaker} speaking={speaking} onArranged={receive}>
          <Banner text={bannerText(call.state, call.entered, alone)} />
          {alone && (
            <div className="alone">
              <p>
                <strong>Nobody else is here yet.</strong> Send them the link.
              </p>
              <CopyLink link={link} label="Copy invitation" />
            </div>
          )}
        </Stage>
        {panel === 'chat' && (
          <ChatPanel messages={call.chat} onSend={(text) => session.sendChat(text)} onClose={closePanel} />
        )}
        {panel === 'participants' && (
          <ParticipantsPanel
            own={{
              id: call.ownId,
              name: ticket.displayName,
              muted: !works(microphone),
              cameraOff: !works(camera),
            }}
            others={call.others}
            moderator={call.moderator}
            onMute={(person) => void session.mute(person)}
            onRemove={(person) => session.remove(person)}
            onClose={closePanel}
          />
        )}
      </div>
      <Toolbar
        microphone={works(microphone)}
        camera={works(camera)}
        sharing={canShare() ? sharing : undefined}
        panel={panel}
        unread={received - seen}
        people={call.others.length + 1}
        view={view}
        moderator={call.moderator}
        opener={opener}
        onMicrophone={toggleMicrophone}
        onCamera={toggleCamera}
        onShare={toggleShare}
        onPanel={togglePanel}
        onView={switchView}
        onSettings={() => setDialog('settings')}
        onShortcuts={() => setDialog('shortcuts')}
        onLeave={() => session.leave()}
        onEnd={() => void session.endForEveryone()}
      />
      <RemoteAudio others={call.others} speaker={speaker} />
      {dialog === 'settings' && <SettingsDialog media={media} onClose={() => setDialog(undefined)} />}
      {dialog === 'shortcuts' && <ShortcutsDialog onClose={() => setDialog(undefined)} />}
    </main>
  );
}

function useTiles(session: CallSession): readonly TileModel[] {
  const { others, screen, ownId: endpoint } = useStore(session);
  const { camera, microphone } = useStore(session.media);
  const { displayName: name } = session.ticket;
  const cameraStream = useStreamOf(camera.track);
  const screenStream = useStreamOf(screen);
  const muted = !microphone.on || microphone.track === undefined;
  return useMemo(
    () => [
      ...ownTiles({ endpoint, name, muted, camera: cameraStream, screen: screenStream }),
      ...others.flatMap(tilesOf),
    ],
    [endpoint, name, muted, cameraStream, screenStream, others],
  );
}

function useStreamOf(track: MediaStreamTrack | undefined): MediaStream | undefined {
  return useMemo(() => (track === undefined ? undefined : new MediaStream([track])), [track]);
}

/** The chosen view; a screen takes the stage by itself until somebody decides otherwise, for as long as it is shown. */
function useView(screenShown: boolean): [View, () => void] {
  const [chosen, setChosen] = useState<View>(() => (readSetting('view') === 'speaker' ? 'speaker' : 'grid'));
  const [forScreen, setForScreen] = useState<View>('speaker');
  if (!screenShown && forScreen !== 'speaker') {
    setForScreen('speaker');
  }
  const view = screenShown ? forScreen : chosen;
  const other: View = view === 'grid' ? 'speaker' : 'grid';
  const switchView = (): void => {
    if (screenShown) {
      setForScreen(other);
    } else {
      writeSetting('view', other);
      setChosen(other);
    }
  };
  return [view, switchView];
}
