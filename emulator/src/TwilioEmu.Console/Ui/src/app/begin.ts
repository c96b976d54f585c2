import { signal } from '@preact/signals';
import { accounts, get, needsToken, openSession, seed } from '../world/api';
import { restWhenHidden, start } from '../world/journal';
import { watchClock } from '../world/clock';
import { numbers } from '../world/records';
import type { Account } from '../world/types';
import { listenToKeys } from './keys';

/** False while the link's token is being traded: what asks before that is refused. */
export const isLetIn = signal(false);

/** First the token of the address, where there is one, then what is known, then what happens. */
export async function begin(): Promise<void> {
  listenToKeys();
  watchClock();
  restWhenHidden();
  // Another world has other accounts.
  addEventListener('world-reset', () => void know());
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    // Neither history nor a copied address keeps it.
    history.replaceState(null, '', location.pathname + location.search);
    await openSession(token).catch(() => false);
  }
  isLetIn.value = true;
  await know();
}

export async function know(): Promise<void> {
  try {
    accounts.value = (await get<{ accounts: Account[] }>('/accounts?limit=1000')).accounts;
  } catch {
    if (needsToken.value) return;
  }
  seed.value = (await get<{ seed: number }>('/health').catch(() => undefined))?.seed;
  await start();
  await numbers.more().catch(() => undefined);
}
