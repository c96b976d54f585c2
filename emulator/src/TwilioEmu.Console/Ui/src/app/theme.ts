import { effect, signal } from '@preact/signals';
import { recall, remember } from './memory';

type Theme = 'light' | 'dark';

const asked = matchMedia('(prefers-color-scheme: dark)');
const stored = recall('theme') as Theme | null;

export const theme = signal<Theme>(stored ?? (asked.matches ? 'dark' : 'light'));

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function turn(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  remember('theme', theme.value);
}

asked.addEventListener('change', () => {
  if (!recall('theme')) theme.value = asked.matches ? 'dark' : 'light';
});
