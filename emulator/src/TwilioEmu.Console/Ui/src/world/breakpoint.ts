import { signal } from '@preact/signals';
import { tell } from '../parts/Toasts';
import { ask, get } from './api';
import { follow } from './journal';
import type { Entry } from './types';

export type Held = 'none' | 'next' | 'every';

/** Which webhooks are held before they go out. */
export const holds = signal<Held>('none');

interface Told { hold: Held; held: number[] }

/** Webhooks that wait for somebody, the oldest first. */
export const held = signal<readonly number[]>([]);

let isAsked = false;

// Those that were held before the page came are told by nobody else.
export function askForBreakpoint(): void {
  if (isAsked) return;
  isAsked = true;
  get<Told>('/breakpoint').then(take, () => (isAsked = false));
}

function take(told: Told): void {
  holds.value = told.hold;
  held.value = told.held;
}

export async function hold(what: Held): Promise<void> {
  try {
    take(await ask<Told>('PUT', '/breakpoint', { hold: what }));
  } catch (refused) {
    tell((refused as Error).message, 'bad');
  }
}

/** Lets a held webhook go: to the app, or answered in its place. */
export async function letGo(id: number, answer?: { status: number; content_type: string; body: string }): Promise<void> {
  try {
    await ask('POST', `/webhooks/${id}/${answer ? 'answer' : 'send'}`, answer ?? {});
  } catch (refused) {
    tell((refused as Error).message, 'bad');
  }
}

follow({
  fold({ kind, cause }: Entry): void {
    if (kind === 'webhook.held') {
      if (holds.value === 'next') holds.value = 'none';
      if (!held.value.includes(cause)) held.value = [...held.value, cause];
    } else if ((kind === 'webhook.let_go' || kind === 'webhook.failed') && held.value.includes(cause)) held.value = held.value.filter((id) => id !== cause);
  },
  clear(): void {
    held.value = [];
    isAsked = false;
  },
  settle: askForBreakpoint,
});
