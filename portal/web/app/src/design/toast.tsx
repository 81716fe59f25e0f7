import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import './toast.css';

/** A short message: `say` is seen and read out, `whisper` is only read out, for what can be seen anyway. */
export interface Announcer {
  readonly say: (text: string, tone?: Tone) => void;
  readonly whisper: (text: string) => void;
}

export type Tone = 'info' | 'done' | 'warning';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
}

const icons: Record<Tone, IconName> = { info: 'info', done: 'check', warning: 'warning' };

/** Long enough to read a sentence twice; a longer stay covers the picture. Warnings stay until they are closed. */
const shownFor = 6_000;
/** More than this at once is noise: the oldest go. */
const most = 3;

const Announcing = createContext<Announcer>({ say: () => undefined, whisper: () => undefined });

export const useAnnouncer = (): Announcer => use(Announcing);

/** Shows the messages of everything inside it, and reads them out. */
export function Toasts({ children }: { readonly children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [whispered, setWhispered] = useState('');
  const next = useRef(1);

  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);

  const announcer = useMemo<Announcer>(
    () => ({
      say: (text, tone = 'info') => {
        const toast = { id: next.current++, text, tone };
        setToasts((all) => [...all.filter((other) => other.text !== text), toast].slice(-most));
      },
      whisper: setWhispered,
    }),
    [],
  );

  return (
    <Announcing value={announcer}>
      {children}
      <div className="unseen" role="status">
        {whispered}
      </div>
      <div className="toasts" role="status">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </div>
    </Announcing>
  );
}

function ToastView(props: { readonly toast: Toast; readonly onDismiss: (id: number) => void }): ReactNode {
  const { toast, onDismiss } = props;
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (held || toast.tone === 'warning') {
      return;
    }
    const timer = setTimeout(() => onDismiss(toast.id), shownFor);
    return () => clearTimeout(timer);
  }, [held, toast, onDismiss]);

  return (
    <div
      className={`toast ${toast.tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={icons[toast.tone]} size={20} />
      <span>{toast.text}</span>
      <IconButton icon="close" label="Dismiss" onClick={() => onDismiss(toast.id)} />
    </div>
  );
}
