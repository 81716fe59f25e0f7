import { useEffect, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { useAnnouncer } from './toast.tsx';

/** Copies a text; where the browser refuses the clipboard, shows it for copying by hand. */
export function CopyButton(props: {
  readonly text: string;
  readonly label: string;
  /** Read out when it has been done. */
  readonly done: string;
  readonly byHandTitle: string;
}): ReactNode {
  const { text } = props;
  const { whisper } = useAnnouncer();
  const [copied, setCopied] = useState(false);
  const [byHand, setByHand] = useState(false);

  useEffect(() => {
    if (!copied) {
      return;
    }
    const timer = setTimeout(() => setCopied(false), 2_500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      whisper(props.done);
    } catch {
      setByHand(true);
    }
  };

  const why = 'Your browser does not let this page copy. Select and copy it here.';
  return (
    <>
      <Button icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
        {copied ? 'Copied' : props.label}
      </Button>
      {byHand && (
        <Dialog title={props.byHandTitle} onClose={() => setByHand(false)}>
          {text.includes('\n') ? (
            <>
              <p className="small">{why}</p>
              <textarea
                className="copy-by-hand"
                aria-label={props.byHandTitle}
                readOnly
                autoFocus
                rows={12}
                value={text}
                onFocus={(event) => event.target.select()}
              />
            </>
          ) : (
            <Field label={why} readOnly autoFocus value={text} onFocus={(event) => event.target.select()} />
          )}
        </Dialog>
      )}
    </>
  );
}
