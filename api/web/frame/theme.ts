/** Light or dark: as the system says, unless the reader chose. */
import { computed, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'fieldmark.theme';
const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

function chosen(): Theme {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export const theme = signal<Theme>(chosen());

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const system = signal<'light' | 'dark'>(systemIsDark.matches ? 'dark' : 'light');
systemIsDark.addEventListener('change', ({ matches }) => {
  system.value = matches ? 'dark' : 'light';
});

/** What the reader sees: for drawings that do not know CSS. */
export const shownTheme = computed(() => (theme.value === 'system' ? system.value : theme.value));

theme.subscribe((value) => {
  if (value === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = value;
  localStorage.setItem(KEY, value);
});

export function nextTheme(): void {
  theme.value = NEXT[theme.value];
}
