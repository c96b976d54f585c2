import { signal } from '@preact/signals';

const key = 'twilioemu.dock';

/** The phone that stands beside every view; empty for none. */
export const docked = signal(localStorage.getItem(key) ?? '');

export function dock(number: string): void {
  docked.value = number;
  if (number) localStorage.setItem(key, number);
  else localStorage.removeItem(key);
}
