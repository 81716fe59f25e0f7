import { useState, type ReactNode } from 'react';
import type { Room } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import type { OwnMedia } from '../media/own-media.ts';
import { Link } from '../navigation.tsx';
import { connectionTestPath, pathWithNext } from '../routes.ts';
import { useAccount } from '../session/account.ts';
import { readSetting, writeSetting } from '../settings/settings.ts';
import { useStore } from '../store.ts';
import { useSubmission } from '../submission.ts';
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
  const { account, features } = useAccount();
  const { microphone, cameras, microphones } = useStore(media);
  const [name, setName] = useState(() => readSetting('name') ?? '');
  const guest = account === undefined;
  const path = `/j/${room.room}`;
  const { busy, sentence, wrong, submit } = useSubmission(async () => {
    const written = name.trim();
    if (guest) {
      writeSetting('name', written);
    }
    await onJoin(guest ? written : undefined);
  });

  const nameError = wrong('name');
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
                <Link href={pathWithNext('sign-in', path)}>Sign in</Link>
                {features.signUp && (
                  <>
                    {' '}
                    or <Link href={pathWithNext('sign-up', path)}>create an account</Link>
                  </>
                )}
                , then you come back here.
              </p>
            </Notice>
          ) : (
            <form onSubmit={submit}>
              {sentence !== undefined && nameError === undefined && (
                <Notice tone="error">
                  {sentence} <Link href={connectionTestPath}>Test my connection</Link>
                </Notice>
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
          <p className="quiet small">
            Not sure whether it will work? <Link href={connectionTestPath}>Test my connection</Link>
          </p>
        </div>
      </div>
    </Page>
  );
}
