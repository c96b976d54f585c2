import { useState } from 'preact/hooks';
import { tell } from '../parts/Toasts';
import { nice } from '../parts/words';
import { accounts } from '../world/accounts';
import { rest } from '../world/api';

interface Offer { phone_number: string; locality: string | null; region: string | null }

/** Looks at the market as an app would, and buys with an account's credentials. */
export function BuyNumber({ onDone }: { onDone: () => void }) {
  const [offers, setOffers] = useState<Offer[] | undefined>();
  const [sid, setSid] = useState('');
  const account = accounts.value.find((a) => a.sid === sid) ?? accounts.value[0];
  if (!account) return null;
  const owner = account;
  const base = `/2010-04-01/Accounts/${account.sid}`;
  async function look(form: FormData): Promise<void> {
    const area = String(form.get('area')).trim();
    try {
      const kind = String(form.get('kind'));
      const found = await rest<{ available_phone_numbers: Offer[] }>(owner, 'GET', `${base}/AvailablePhoneNumbers/US/${kind}.json?PageSize=8${area ? `&AreaCode=${encodeURIComponent(area)}` : ''}`);
      setOffers(found.available_phone_numbers);
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  async function buy(number: string): Promise<void> {
    try {
      await rest(owner, 'POST', `${base}/IncomingPhoneNumbers.json`, { PhoneNumber: number });
      tell(`${nice(number)} is yours`);
      onDone();
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  return (
    <section class="card buy" aria-label="Get a number">
      <form onSubmit={(e) => { e.preventDefault(); void look(new FormData(e.currentTarget)); }}>
        {accounts.value.length > 1 && <label>For<select value={account.sid} onChange={(e) => setSid(e.currentTarget.value)}>{accounts.value.map((a) => <option key={a.sid} value={a.sid}>{a.friendly_name}</option>)}</select></label>}
        <label>Kind<select name="kind"><option value="Local">Local</option><option value="TollFree">Toll-free</option></select></label>
        <label>Area code<input name="area" inputMode="numeric" maxLength={3} placeholder="415" /></label>
        <button type="submit" class="button">Look</button>
      </form>
      {offers?.length === 0 && <p class="hint">None there. Try another area code.</p>}
      <ul>{offers?.map((o) => <li key={o.phone_number}><b>{nice(o.phone_number)}</b><span class="faint">{[o.locality, o.region].filter(Boolean).join(', ')}</span><button type="button" class="button small" aria-label={`Get ${o.phone_number}`} onClick={() => void buy(o.phone_number)}>Get</button></li>)}</ul>
    </section>
  );
}
