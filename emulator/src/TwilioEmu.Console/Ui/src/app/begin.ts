import { askForAccounts } from '../world/accounts';
import { get, openSession, seed } from '../world/api';
import { restWhenHidden, start } from '../world/journal';
import { watchClock } from '../world/clock';
import { numbers } from '../world/records';
import { listenToKeys } from './keys';

/** First the token of the address, where there is one: what asks before it is traded is refused. Then the page may stand, and learns what is known. */
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
  void know();
}

/** What lately happened, and what there is; then the page follows. */
export async function know(): Promise<void> {
  await start(() => {
    void askForAccounts().catch(() => undefined);
    void get<{ seed: number }>('/health').then((found) => (seed.value = found.seed), () => undefined);
    void numbers.more().catch(() => undefined);
  });
}
