import type { ReactNode } from 'react';
import './badge.css';

/** A word that marks something in a list. The colour never says it alone. */
export function Badge(props: {
  readonly tone?: 'quiet' | 'good' | 'warning' | 'bad';
  readonly children: ReactNode;
}): ReactNode {
  return <span className={`word-badge ${props.tone ?? 'quiet'}`}>{props.children}</span>;
}
