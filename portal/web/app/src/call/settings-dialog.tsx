import { useState, type ReactNode } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Choice } from '../design/field.tsx';
import { chooseTheme, themeChoice, type ThemeChoice } from '../design/theme.ts';
import type { OwnMedia } from '../media/own-media.ts';
import { DeviceChoices } from '../prejoin/device-choices.tsx';

/** Devices and appearance, during a call. */
export function SettingsDialog(props: { readonly media: OwnMedia; readonly onClose: () => void }): ReactNode {
  const [theme, setTheme] = useState(themeChoice);
  return (
    <Dialog title="Settings" onClose={props.onClose}>
      <DeviceChoices media={props.media} />
      <Choice
        label="Appearance"
        value={theme}
        options={[
          { value: 'system', label: 'Like the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChoose={(value) => {
          chooseTheme(value as ThemeChoice);
          setTheme(value as ThemeChoice);
        }}
      />
    </Dialog>
  );
}
