import type { ReactNode } from 'react';
import type { Meeting } from '../api/types.ts';
import { useAnnouncer } from '../design/toast.tsx';
import { useAccount } from '../session/account.ts';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';

export function DeleteDialog(props: {
  readonly meeting: Meeting;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { portal } = useAccount();
  const { say } = useAnnouncer();
  const { id, name } = props.meeting;
  return (
    <ConfirmDialog
      title="Delete this meeting?"
      action="Delete"
      onClose={props.onClose}
      onConfirm={async () => {
        await portal.deleteMeeting(id);
        say(`“${name}” was deleted.`, 'done');
        props.onDeleted();
      }}
    >
      The link of “{name}” stops working for everybody who has it. This cannot be undone.
    </ConfirmDialog>
  );
}
