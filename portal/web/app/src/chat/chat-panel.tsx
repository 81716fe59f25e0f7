import type { ChatMessage } from '@video-window/client';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { SidePanel } from '../call/side-panel.tsx';
import { IconButton } from '../design/button.tsx';
import { groupsOf } from './grouping.ts';
import { piecesOf } from './links.ts';
import './chat.css';

/** A message longer than this is a document, and belongs elsewhere. */
const longest = 4_000;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

export interface ChatPanelProps {
  readonly messages: readonly ChatMessage[];
  readonly onSend: (text: string) => void;
  readonly onClose: () => void;
}

/** What was written, and a field to write. Opens with the focus in that field. */
export function ChatPanel({ messages, onSend, onClose }: ChatPanelProps): ReactNode {
  const groups = useMemo(() => groupsOf(messages), [messages]);
  const log = useFollowing(messages.length);
  return (
    <SidePanel title="Chat" onClose={onClose}>
      <div className="chat-log" ref={log} role="log" aria-label="Conversation" tabIndex={0}>
        {groups.length === 0 && (
          <p className="quiet small chat-empty">
            Nothing written yet. What you write goes to everybody here and is gone when the meeting ends.
          </p>
        )}
        {groups.map((group) => (
          <div key={group.key} className={`chat-group ${group.own ? 'own' : ''}`}>
            <div className="chat-who">
              <strong>{group.own ? 'You' : group.name || 'Somebody'}</strong>
              <time dateTime={new Date(group.at).toISOString()}>{clock.format(group.at)}</time>
            </div>
            {group.lines.map((line) => (
              <p key={line.id} className="chat-line">
                <Linked text={line.text} />
              </p>
            ))}
          </div>
        ))}
      </div>
      <Writer onSend={onSend} />
    </SidePanel>
  );
}

function Writer({ onSend }: { readonly onSend: (text: string) => void }): ReactNode {
  const [text, setText] = useState('');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  const send = (): void => {
    const written = text.trim();
    if (written !== '') {
      onSend(written);
      setText('');
    }
  };

  const key = (event: KeyboardEvent): void => {
    // While an input method composes, Enter chooses a character.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form
      className="chat-writer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label className="unseen" htmlFor={id}>
        Message
      </label>
      <textarea
        id={id}
        ref={field}
        rows={Math.min(5, text.split('\n').length)}
        maxLength={longest}
        placeholder="Write to everybody"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={key}
      />
      <IconButton type="submit" icon="send" label="Send" disabled={text.trim() === ''} />
    </form>
  );
}

/** Text is only ever text: React escapes it, and addresses become links that tell the other site nothing. */
function Linked({ text }: { readonly text: string }): ReactNode {
  return piecesOf(text).map((piece, index) =>
    piece.href === undefined ? (
      piece.text
    ) : (
      <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    ),
  );
}

/** Keeps the newest line in sight, unless somebody has scrolled up to read. */
function useFollowing(count: number): React.RefObject<HTMLDivElement | null> {
  const log = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useEffect(() => {
    const element = log.current;
    if (element === null) {
      return;
    }
    const scrolled = (): void => {
      following.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => element.removeEventListener('scroll', scrolled);
  }, []);
  useEffect(() => {
    if (following.current) {
      log.current?.scrollTo({ top: log.current.scrollHeight });
    }
  }, [count]);
  return log;
}
