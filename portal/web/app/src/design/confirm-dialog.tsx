import type { ReactNode } from 'react';
import { useSubmission } from '../submission.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';

/** Asks before something that cannot be taken back. Closes by itself when it has been done. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}): ReactNode {
  const { busy, sentence, run } = useSubmission(async () => {
    await props.onConfirm();
    props.onClose();
  });

  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button autoFocus onClick={props.onClose}>
            Cancel
          </Button>
          <Button look="danger" busy={busy} onClick={run}>
            {props.action}
          </Button>
        </>
      }
    >
      {sentence !== undefined && <Notice tone="error">{sentence}</Notice>}
      <p>{props.children}</p>
    </Dialog>
  );
}
