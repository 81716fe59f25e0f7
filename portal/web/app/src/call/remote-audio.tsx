import type { Participant } from '@video-window/client';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';

/**
 * Plays everybody else's voices. Lives beside the pictures, so that no layout interrupts a voice. A browser may refuse
 * to play before the person has touched the page: then there is a button for that.
 */
export function RemoteAudio(props: {
  readonly others: readonly Participant[];
  readonly speaker: string;
}): ReactNode {
  const [refused, setRefused] = useState(false);
  const voices = useRef<HTMLDivElement>(null);
  const onRefused = useCallback(() => setRefused(true), []);

  const playAll = (): void => {
    setRefused(false);
    for (const element of voices.current?.querySelectorAll('audio') ?? []) {
      element.play().catch(() => setRefused(true));
    }
  };

  return (
    <div ref={voices}>
      {props.others.flatMap((person) =>
        person.sources
          .filter((source) => source.kind === 'audio' && source.stream !== undefined)
          .map((source) => (
            <Voice key={source.name} stream={source.stream} speaker={props.speaker} onRefused={onRefused} />
          )),
      )}
      {refused && (
        <div className="tap-to-hear">
          <Button look="primary" icon="sound" onClick={playAll}>
            Tap to hear
          </Button>
        </div>
      )}
    </div>
  );
}

function Voice(props: {
  readonly stream: MediaStream | undefined;
  readonly speaker: string;
  readonly onRefused: () => void;
}): ReactNode {
  const { stream, speaker, onRefused } = props;
  const audio = useRef<HTMLAudioElement>(null);

  useEffect(() => {
    const element = audio.current;
    if (element === null) {
      return;
    }
    element.srcObject = stream ?? null;
    element.play().catch((failure: unknown) => {
      if (failure instanceof DOMException && failure.name === 'NotAllowedError') {
        onRefused();
      }
    });
    return () => {
      element.srcObject = null;
    };
  }, [stream, onRefused]);

  useEffect(() => {
    const element = audio.current;
    // Not every browser can choose; and where the speaker is gone, the system's stays.
    if (element !== null && 'setSinkId' in element) {
      element.setSinkId(speaker).catch(() => undefined);
    }
  }, [speaker]);

  return <audio ref={audio} autoPlay />;
}
