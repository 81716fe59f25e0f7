import { useState, type ReactNode } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Switch } from '../design/field.tsx';
import { writeSetting } from '../settings/settings.ts';
import { shortcuts, shortcutsEnabled } from './shortcuts.ts';

/** The keys of a call, and the switch that turns them off. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [on, setOn] = useState(shortcutsEnabled);
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="keys">
        {shortcuts.map((shortcut) => (
          <div key={shortcut.key}>
            <dt>
              <kbd>{shortcut.shown}</kbd>
            </dt>
            <dd>{shortcut.does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single keys work"
        hint="Switch them off when a screen reader or speech input needs these keys. Esc always works."
        on={on}
        onChange={(value) => {
          writeSetting('shortcuts', value ? undefined : 'off');
          setOn(value);
        }}
      />
    </Dialog>
  );
}
