import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './menu.css';

export interface MenuItem {
  readonly label: string;
  readonly icon: IconName;
  readonly danger?: boolean;
  /** Shown only where the toolbar has no room for the button of the same meaning. */
  readonly narrowOnly?: boolean;
  readonly onChoose: () => void;
}

export interface MenuButtonProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly side?: 'above' | 'below';
  /** Draws the button; everything handed in has to be put on it. */
  readonly button: (props: {
    'aria-haspopup': 'menu';
    'aria-expanded': boolean;
    'aria-controls': string;
    ref: React.RefObject<HTMLButtonElement | null>;
    onClick: () => void;
  }) => ReactNode;
}

/** A button with a menu, by the ARIA pattern: arrows, Home and End move, Escape closes and gives the focus back. */
export function MenuButton({ label, items, side = 'below', button }: MenuButtonProps): ReactNode {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) {
      return;
    }
    entries(list.current)[0]?.focus();
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };

  const move = (event: KeyboardEvent): void => {
    const all = entries(list.current);
    const at = all.findIndex((entry) => entry === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') {
      close();
    } else if (event.key === 'Tab') {
      setOpen(false);
      return;
    } else if (to !== undefined) {
      all.at(to % all.length)?.focus();
    } else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="menu-root" ref={root}>
      {button({
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        'aria-controls': id,
        ref: opener,
        onClick: () => setOpen(!open),
      })}
      <div
        id={id}
        ref={list}
        role="menu"
        aria-label={label}
        className={`menu ${side}`}
        hidden={!open}
        onKeyDown={move}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`${item.danger === true ? 'danger' : ''} ${item.narrowOnly === true ? 'narrow-only' : ''}`}
            onClick={() => {
              close();
              item.onChoose();
            }}
          >
            <Icon name={item.icon} size={20} />
            {item.label}
          </button>
        ))}
      </div>
    </div>
  );
}

function entries(list: HTMLElement | null): HTMLElement[] {
  const all = [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  return all.filter((entry) => getComputedStyle(entry).display !== 'none');
}
