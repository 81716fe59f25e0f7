import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './button.css';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'plain' | 'ghost' | 'danger';
  readonly icon?: IconName | undefined;
  /** Shows that the click is being worked on, and takes no other. The name stays. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A button with words. */
export function Button({ look = 'plain', icon, busy = false, children, ...rest }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${look} ${rest.className ?? ''}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? stop : rest.onClick}
    >
      {busy ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        icon !== undefined && <Icon name={icon} size={20} />
      )}
      <span>{children}</span>
    </button>
  );
}

// A busy button keeps the focus (a disabled one would lose it), so it has to refuse clicks itself.
function stop(event: { preventDefault(): void }): void {
  event.preventDefault();
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  /** The accessible name, shown as tooltip too. */
  readonly label: string;
  readonly look?: 'ghost' | 'round' | 'alert' | 'danger';
}

/** A button that is an icon, with a name for those who do not see it. */
export function IconButton({ icon, label, look = 'ghost', ...rest }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={`icon-button ${look} ${rest.className ?? ''}`}
    >
      <Icon name={icon} />
    </button>
  );
}
