import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Field } from '../design/field.tsx';
import { useAnnouncer } from '../design/toast.tsx';

/** Copies the link for guests; where the browser refuses the clipboard, shows it for copying by hand. */
export function CopyLink({
  link,
  label = 'Copy link',
}: {
  readonly link: string;
  readonly label?: string;
}): ReactNode {
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
      await navigator.clipboard.writeText(link);
      setCopied(true);
      whisper('Link copied');
    } catch {
      setByHand(true);
    }
  };

  return (
    <>
      <Button icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
        {copied ? 'Copied' : label}
      </Button>
      {byHand && (
        <Dialog title="Copy the link" onClose={() => setByHand(false)}>
          <Field
            label="Your browser does not let this page copy. Select and copy it here."
            readOnly
            autoFocus
            value={link}
            onFocus={(event) => event.target.select()}
          />
        </Dialog>
      )}
    </>
  );
}
