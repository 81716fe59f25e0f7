import type { ReactNode } from 'react';
import type { Meeting } from '../api/types.ts';
import { useAccount } from '../session/account.ts';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';

/** Laying down one's own role of moderator. */
export function LeaveModeratorsDialog(props: {
  readonly meeting: Meeting;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { portal, account } = useAccount();
  return (
    <ConfirmDialog
      title="Stop moderating?"
      action="Stop moderating"
      onClose={props.onClose}
      onConfirm={async () => {
        await portal.removeModerator(props.meeting.id, account?.id ?? '');
        props.onDone();
      }}
    >
      “{props.meeting.name}” leaves your list. You can still join it with the link; only its owner can make
      you a moderator again.
    </ConfirmDialog>
  );
}
