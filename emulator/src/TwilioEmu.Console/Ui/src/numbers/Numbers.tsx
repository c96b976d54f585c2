import { useState } from 'preact/hooks';
import { Copy } from '../parts/Copy';
import { Empty, Head } from '../parts/Panes';
import { Search } from '../parts/Search';
import { filter } from '../app/route';
import { count, nice } from '../parts/words';
import { accounts } from '../world/accounts';
import { tick } from '../world/journal';
import { numbers } from '../world/records';
import type { Account, PhoneNumber } from '../world/types';
import { BuyNumber } from './BuyNumber';
import { Keys } from './Keys';
import { OpenAccount } from './OpenAccount';
import { saveUrl } from './saveUrl';

/** So many accounts stand here; a suite may open one for each of its tests. */
const most = 50;

/** Accounts, and the numbers each owns, with the app's URLs to change in place. */
export function Numbers() {
  tick.value;
  const [isBuying, setBuying] = useState(false);
  const words = filter('q').toLowerCase();
  const ownedBy = (sid: string): PhoneNumber[] => numbers.order.filter((n) => n.account === sid && `${n.number} ${n.sms_url} ${n.voice_url} ${n.friendly_name}`.toLowerCase().includes(words));
  // Who looks for an account sees all that it has.
  const isNamed = ({ sid, friendly_name: name }: Account): boolean => words !== '' && `${sid} ${name}`.toLowerCase().includes(words);
  const found = accounts.value
    .map((account) => ({ account, owned: isNamed(account) ? numbers.order.filter((n) => n.account === account.sid) : ownedBy(account.sid) }))
    .filter(({ account, owned }) => words === '' || owned.length > 0 || isNamed(account));
  return (
    <div class="page">
      <Head title="Numbers">
        <Search label="Number, URL, account" />
        <button type="button" class="button primary" aria-expanded={isBuying} onClick={() => setBuying(!isBuying)}>Get a number</button>
      </Head>
      {isBuying && <BuyNumber onDone={() => setBuying(false)} />}
      {found.slice(0, most).map(({ account, owned }) => (
        <section key={account.sid} class="account">
          <h2>{account.friendly_name} <code>{account.sid}</code><Copy words={account.sid} what="Account SID" quiet /></h2>
          <Keys account={account} />
          {owned.length === 0 ? <Empty title="No number yet"><p>Get one, or name it in <code>twilioemu.yaml</code> under <code>numbers:</code>.</p></Empty> : (
            <ul class="number-cards">{owned.slice(0, 200).map((n) => <NumberCard key={n.sid} number={n} />)}</ul>
          )}
        </section>
      ))}
      {found.length === 0 && words !== '' && <Empty title="None like that"><p>Numbers of all accounts are looked through by number, name and URL, accounts by name and SID.</p></Empty>}
      {found.length > most && <p class="hint">{count(found.length - most, 'more account')}: search for one by name, SID or number.</p>}
      <OpenAccount />
    </div>
  );
}

function NumberCard({ number }: { number: PhoneNumber }) {
  const isShort = number.type === 'short-code';
  return (
    <li class="card">
      <h3>{nice(number.number)}<Copy words={number.number} what="Number" quiet /><span class="faint">{number.type}{number.messages_per_second ? ` · ${number.messages_per_second} / s` : ''}</span></h3>
      <UrlField label="When a text comes" value={number.sms_url} onSave={(url) => saveUrl(number, 'SmsUrl', url)} />
      {!isShort && <UrlField label="When a call comes" value={number.voice_url} onSave={(url) => saveUrl(number, 'VoiceUrl', url)} />}
    </li>
  );
}

function UrlField({ label, value, onSave }: { label: string; value: string; onSave: (url: string) => Promise<boolean> }) {
  const [url, setUrl] = useState<string | undefined>();
  const isChanged = url !== undefined && url !== value;
  // What was refused stays, to be mended.
  async function save(): Promise<void> {
    if (!isChanged || (await onSave(url.trim()))) setUrl(undefined);
  }
  return (
    <form class="url-field" onSubmit={(e) => { e.preventDefault(); void save(); }}>
      <label>{label}<input type="text" inputMode="url" value={url ?? value} placeholder="http://localhost:3000/…" onInput={(e) => setUrl(e.currentTarget.value)} /></label>
      {isChanged && <button type="submit" class="button small primary">Save</button>}
    </form>
  );
}
