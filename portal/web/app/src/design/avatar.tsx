import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { hueOf, initialsOf } from './initials.ts';
import './avatar.css';

/** Initials on a colour that is always the same for the same person. Beside the name, so silent itself. */
export function Avatar({ name, seed, size }: { name: string; seed: string; size?: number }): ReactNode {
  return (
    <span
      className={`avatar hue-${hueOf(seed)}`}
      aria-hidden="true"
      style={size === undefined ? undefined : { width: size, height: size, fontSize: size * 0.38 }}
    >
      {name.trim() === '' ? <Icon name="person" size={(size ?? 40) * 0.5} /> : initialsOf(name)}
    </span>
  );
}
