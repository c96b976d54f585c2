import { filter, setFilter } from '../app/route';
import { accounts } from '../world/accounts';

/** What belongs to one account alone; nothing to choose where there is but one. */
export function AccountChoice() {
  const chosen = filter('account');
  if (accounts.value.length < 2 && chosen === '') return null;
  return (
    <select class="account-choice" aria-label="Account" value={chosen} onChange={(e) => setFilter('account', e.currentTarget.value)}>
      <option value="">All accounts</option>
      {chosen !== '' && !accounts.value.some((a) => a.sid === chosen) && <option value={chosen}>{chosen}</option>}
      {accounts.value.map((a) => <option key={a.sid} value={a.sid}>{a.friendly_name}</option>)}
    </select>
  );
}

/** True for what is of the account that was chosen. */
export const isOfChosen = (account: string): boolean => {
  const chosen = filter('account');
  return chosen === '' || account === chosen;
};
