import type { ReactNode } from 'react';
import { IconButton } from '../design/button.tsx';
import './side-panel.css';

/** What opens beside the pictures, or over them where there is no room beside. */
export function SidePanel(props: {
  readonly title: string;
  readonly count?: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <aside className="side-panel" aria-label={props.title}>
      <header>
        <h2>
          {props.title}
          {props.count !== undefined && <span className="quiet"> {props.count}</span>}
        </h2>
        <IconButton icon="close" label={`Close ${props.title.toLowerCase()}`} onClick={props.onClose} />
      </header>
      {props.children}
    </aside>
  );
}
