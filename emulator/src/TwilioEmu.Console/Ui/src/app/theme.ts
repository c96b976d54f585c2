import { effect, signal } from '@preact/signals';

type Theme = 'light' | 'dark';

const asked = matchMedia('(prefers-color-scheme: dark)');
const stored = localStorage.getItem('twilioemu.theme') as Theme | null;

export const theme = signal<Theme>(stored ?? (asked.matches ? 'dark' : 'light'));

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function turn(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem('twilioemu.theme', theme.value);
}

asked.addEventListener('change', () => {
  if (!localStorage.getItem('twilioemu.theme')) theme.value = asked.matches ? 'dark' : 'light';
});
