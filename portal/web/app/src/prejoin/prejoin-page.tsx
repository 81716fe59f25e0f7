import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Problem } from '../api/problem.ts';
import { sentenceFor } from '../api/sentences.ts';
import type { Room } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import type { OwnMedia } from '../media/own-media.ts';
import { Link } from '../navigation.tsx';
import { pathWithNext } from '../routes.ts';
import { useAccount } from '../session/account.ts';
import { readSetting, writeSetting } from '../settings/settings.ts';
import { useStore } from '../store.ts';
import { DeviceChoices } from './device-choices.tsx';
import { LevelMeter } from './level-meter.tsx';
import { MediaProblems } from './media-problems.tsx';
import { Preview } from './preview.tsx';
import './prejoin.css';

export interface PrejoinPageProps {
  readonly room: Room;
  readonly media: OwnMedia;
  /** Enters; the name is that of a guest. Rejects with what the portal says. */
  readonly onJoin: (name: string | undefined) => Promise<void>;
}

/** Before the call: how one looks and sounds, and for guests, how one is called. */
export function PrejoinPage({ room, media, onJoin }: PrejoinPageProps): ReactNode {
  const { account } = useAccount();
  const { microphone, cameras, microphones } = useStore(media);
  const [name, setName] = useState(() => readSetting('name') ?? '');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const guest = account === undefined;
  const path = `/j/${room.room}`;

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    const written = name.trim();
    if (guest) {
      writeSetting('name', written);
    }
    try {
      await onJoin(guest ? written : undefined);
    } catch (reason) {
      setFailure(reason);
      setBusy(false);
    }
  };

  const nameError = failure instanceof Problem ? failure.field('name') : undefined;
  return (
    <Page title={room.name} wide>
      <div className="prejoin">
        <div className="prejoin-look">
          <Preview media={media} name={account?.name ?? name} seed={account?.id ?? name} />
          <LevelMeter track={microphone.on ? microphone.track : undefined} />
        </div>
        <div className="prejoin-form">
          <div>
            <p className="quiet small">You are about to join</p>
            <h1>{room.name}</h1>
          </div>
          {guest && !room.guestsAllowed ? (
            <Notice tone="info" title="Only people with an account may join">
              <p>
                <Link href={pathWithNext('sign-in', path)}>Sign in</Link> or{' '}
                <Link href={pathWithNext('sign-up', path)}>create an account</Link>, then you come back here.
              </p>
            </Notice>
          ) : (
            <form onSubmit={(event) => void submit(event)}>
              {failure !== undefined && nameError === undefined && (
                <Notice tone="error">{sentenceFor(failure)}</Notice>
              )}
              {guest && (
                <Field
                  label="Your name"
                  hint="Everybody in the meeting sees it."
                  autoComplete="name"
                  required
                  maxLength={100}
                  error={nameError}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
              <Button type="submit" look="primary" busy={busy}>
                Join
              </Button>
              <p className="quiet small">
                {guest ? (
                  <>
                    You join as a guest. <Link href={pathWithNext('sign-in', path)}>Sign in instead</Link>
                  </>
                ) : (
                  <>You join as {account.name}.</>
                )}
              </p>
            </form>
          )}
          <MediaProblems media={media} />
          {cameras.length + microphones.length > 0 && (
            <details className="devices" open>
              <summary>Devices</summary>
              <div className="dialog-body">
                <DeviceChoices media={media} />
              </div>
            </details>
          )}
        </div>
      </div>
    </Page>
  );
}
