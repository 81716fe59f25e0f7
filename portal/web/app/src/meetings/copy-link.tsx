import type { ReactNode } from 'react';
import { CopyButton } from '../design/copy-button.tsx';

/** Copies the link for guests. */
export function CopyLink(props: { readonly link: string; readonly label?: string }): ReactNode {
  return (
    <CopyButton
      text={props.link}
      label={props.label ?? 'Copy link'}
      done="Link copied"
      byHandTitle="Copy the link"
    />
  );
}
