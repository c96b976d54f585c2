import { signal } from '@preact/signals';
import { get } from './api';
import { follow } from './journal';
import type { Account } from './types';

/** How long news of accounts is gathered before they are asked for, ms: a suite may open one for each of its tests. */
const pause = 300;

/** The accounts there are, oldest first; REST calls of the page carry the credentials of the one they are about. */
export const accounts = signal<readonly Account[]>([]);

export async function askForAccounts(): Promise<void> {
  accounts.value = (await get<{ accounts: Account[] }>('/accounts?limit=1000')).accounts;
}

let isPlanned = false;

// The journal masks tokens: what it says of an account is a reason to ask.
follow({
  fold({ kind }): void {
    if (!kind.startsWith('account.') || isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      void askForAccounts().catch(() => undefined);
    }, pause);
  },
  clear(): void {
    accounts.value = [];
  },
});
