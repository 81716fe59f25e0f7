import { readSetting, writeSetting } from '../settings/settings.ts';

/** What a person chose; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const dark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

export function themeChoice(): ThemeChoice {
  const kept = readSetting('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  writeSetting('theme', choice === 'system' ? undefined : choice);
  applyTheme();
}

/** Writes the theme that holds now to the page. */
export function applyTheme(): void {
  const choice = themeChoice();
  document.documentElement.dataset['theme'] =
    choice === 'system' ? (dark().matches ? 'dark' : 'light') : choice;
}

/** Keeps the page in step with the system; once, at start. */
export function followSystemTheme(): void {
  applyTheme();
  dark().addEventListener('change', applyTheme);
}
