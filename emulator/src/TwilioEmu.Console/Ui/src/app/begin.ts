import { accounts, get, needsToken, openSession } from '../world/api';
import { restWhenHidden, start } from '../world/journal';
import { watchClock } from '../world/clock';
import { numbers } from '../world/records';
import type { Account } from '../world/types';
import { listenToKeys } from './keys';

export interface Health { status: string; version: string; clock: string; seed: number }

/** First the token of the address, where there is one, then what is known, then what happens. */
export async function begin(): Promise<void> {
  listenToKeys();
  watchClock();
  restWhenHidden();
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    // Neither history nor a copied address keeps it.
    history.replaceState(null, '', location.pathname + location.search);
    await openSession(token).catch(() => false);
  }
  await know();
}

export async function know(): Promise<void> {
  try {
    accounts.value = (await get<{ accounts: Account[] }>('/accounts?limit=1000')).accounts;
  } catch {
    if (needsToken.value) return;
  }
  await start();
  await numbers.more().catch(() => undefined);
}
