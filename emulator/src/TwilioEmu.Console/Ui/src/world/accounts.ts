import { signal } from '@preact/signals';
import { get } from './api';
import { follow } from './journal';
import { text, type Account, type Entry } from './types';

/** The accounts there are, oldest first; REST calls of the page carry the credentials of the one they are about. */
export const accounts = signal<readonly Account[]>([]);

/** Those that were there before the page came. */
export async function askForAccounts(): Promise<void> {
  const { accounts: found } = await get<{ accounts: Account[] }>('/accounts?limit=1000');
  const known = new Set(found.map((a) => a.sid));
  accounts.value = [...found, ...accounts.value.filter((a) => !known.has(a.sid))];
}

let told: Entry[] = [];

// Accounts that are opened, renamed, closed or given another token while somebody looks are as their entries say.
follow({
  fold(entry: Entry): void {
    if (entry.kind.startsWith('account.') && text(entry.data, 'auth_token')) told.push(entry);
  },
  clear(): void {
    accounts.value = [];
    told = [];
  },
  settle(): void {
    if (told.length === 0) return;
    const all = new Map(accounts.value.map((a) => [a.sid, a]));
    for (const { kind, data } of told) {
      if (kind === 'account.closed') all.delete(text(data, 'sid'));
      else all.set(text(data, 'sid'), { sid: text(data, 'sid'), auth_token: text(data, 'auth_token'), friendly_name: text(data, 'friendly_name') });
    }
    told = [];
    accounts.value = [...all.values()];
  },
});
