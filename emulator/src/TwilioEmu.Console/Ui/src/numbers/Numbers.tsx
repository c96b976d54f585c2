import { useState } from 'preact/hooks';
import { Copy } from '../parts/Copy';
import { Empty, Head } from '../parts/Panes';
import { Search } from '../parts/Search';
import { filter } from '../app/route';
import { nice } from '../parts/words';
import { accounts } from '../world/api';
import { tick } from '../world/journal';
import { numbers } from '../world/records';
import type { PhoneNumber } from '../world/types';
import { BuyNumber } from './BuyNumber';
import { Keys } from './Keys';
import { OpenAccount } from './OpenAccount';
import { saveUrl } from './saveUrl';

/** Accounts, and the numbers each owns, with the app's URLs to change in place. */
export function Numbers() {
  tick.value;
  const [isBuying, setBuying] = useState(false);
  const words = filter('q').toLowerCase();
  return (
    <div class="page">
      <Head title="Numbers">
        <Search label="Number or URL" />
        <button type="button" class="button primary" aria-expanded={isBuying} onClick={() => setBuying(!isBuying)}>Get a number</button>
      </Head>
      {isBuying && <BuyNumber onDone={() => setBuying(false)} />}
      {accounts.value.map((account) => {
        const owned = numbers.order.filter((n) => n.account === account.sid && `${n.number} ${n.sms_url} ${n.voice_url} ${n.friendly_name}`.toLowerCase().includes(words));
        return (
          <section key={account.sid} class="account">
            <h2>{account.friendly_name} <code>{account.sid}</code><Copy words={account.sid} what="Account SID" quiet /></h2>
            <Keys account={account} />
            {owned.length === 0 ? (words ? null : <Empty title="No number yet"><p>Get one, or name it in <code>twilioemu.yaml</code> under <code>numbers:</code>.</p></Empty>) : (
              <ul class="number-cards">{owned.slice(0, 200).map((n) => <NumberCard key={n.sid} number={n} />)}</ul>
            )}
          </section>
        );
      })}
      <OpenAccount />
    </div>
  );
}

function NumberCard({ number }: { number: PhoneNumber }) {
  const isShort = number.type === 'short-code';
  return (
    <li class="card">
      <h3>{nice(number.number)}<Copy words={number.number} what="Number" quiet /><span class="faint">{number.type}{number.messages_per_second ? ` · ${number.messages_per_second} / s` : ''}</span></h3>
      <UrlField label="When a text comes" value={number.sms_url} onSave={(url) => void saveUrl(number, 'SmsUrl', url)} />
      {!isShort && <UrlField label="When a call comes" value={number.voice_url} onSave={(url) => void saveUrl(number, 'VoiceUrl', url)} />}
    </li>
  );
}

function UrlField({ label, value, onSave }: { label: string; value: string; onSave: (url: string) => void }) {
  const [url, setUrl] = useState<string | undefined>();
  const isChanged = url !== undefined && url !== value;
  return (
    <form class="url-field" onSubmit={(e) => { e.preventDefault(); if (isChanged) onSave(url.trim()); setUrl(undefined); }}>
      <label>{label}<input type="text" inputMode="url" value={url ?? value} placeholder="http://localhost:3000/…" onInput={(e) => setUrl(e.currentTarget.value)} /></label>
      {isChanged && <button type="submit" class="button small primary">Save</button>}
    </form>
  );
}
