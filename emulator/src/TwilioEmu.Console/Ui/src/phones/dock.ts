import { signal } from '@preact/signals';
import { recall, remember } from '../app/memory';

/** The phone that stands beside every view; empty for none. */
export const docked = signal(recall('dock') ?? '');

export function dock(number: string): void {
  docked.value = number;
  remember('dock', number);
}
