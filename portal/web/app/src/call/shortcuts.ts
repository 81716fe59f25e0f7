import { useEffect, useRef } from 'react';
import { readSetting } from '../settings/settings.ts';

export interface Shortcut {
  readonly key: string;
  /** How the key is written. */
  readonly shown: string;
  readonly does: string;
}

/** All keys of a call, in the order of the dialog. */
export const shortcuts = [
  { key: 'm', shown: 'M', does: 'Mute or unmute the microphone' },
  { key: 'v', shown: 'V', does: 'Turn the camera off or on' },
  { key: 's', shown: 'S', does: 'Share a screen, or stop sharing' },
  { key: 'c', shown: 'C', does: 'Open or close the chat' },
  { key: 'p', shown: 'P', does: 'Open or close the list of participants' },
  { key: '?', shown: '?', does: 'Show these keys' },
  { key: 'escape', shown: 'Esc', does: 'Close what is open' },
] as const satisfies readonly Shortcut[];

export type ShortcutKey = (typeof shortcuts)[number]['key'];

/** Which shortcut a key press is; none while somebody types, with a modifier, or when keys are switched off. */
export function shortcutOf(
  event: Pick<
    KeyboardEvent,
    'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'target' | 'defaultPrevented'
  >,
  enabled: boolean,
): ShortcutKey | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    return undefined;
  }
  const key = event.key.toLowerCase();
  if (key !== 'escape' && (!enabled || isTyping(event.target))) {
    return undefined;
  }
  return shortcuts.find((shortcut) => shortcut.key === key)?.key;
}

/** WCAG 2.2, 2.1.4: single keys can be switched off. */
export function shortcutsEnabled(): boolean {
  return readSetting('shortcuts') !== 'off';
}

export function useShortcuts(actions: Readonly<Record<ShortcutKey, () => void>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const key = shortcutOf(event, shortcutsEnabled());
      if (key !== undefined) {
        latest.current[key]();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}
