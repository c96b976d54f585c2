import { useEffect, useState } from 'preact/hooks';
import { Copy } from '../parts/Copy';
import { tell } from '../parts/Toasts';
import { rest } from '../world/api';
import type { Account } from '../world/types';

interface Key { sid: string; friendly_name: string; date_created: string; secret?: string }

/** An account's credentials: its token, and API keys to make and take away. */
export function Keys({ account }: { account: Account }) {
  const [keys, setKeys] = useState<Key[] | undefined>();
  const [made, setMade] = useState<Key | undefined>();
  const [isOpen, setOpen] = useState(false);
  const at = `/2010-04-01/Accounts/${account.sid}/Keys`;

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  const look = async () => setKeys((await rest<{ keys: Key[] }>(account, 'GET', `${at}.json?PageSize=100`)).keys);
  useEffect(() => {
    if (isOpen) void attempt(look);
  }, [isOpen, account.sid]);

  return (
    <details class="keys" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>Credentials</summary>
      <dl>
        <dt>Auth token</dt><dd><code>{account.auth_token}</code><Copy words={account.auth_token} what="Auth token" quiet /></dd>
        {made && <><dt>New key</dt><dd><code>{made.sid}</code><Copy words={made.sid} what="Key SID" quiet /> <span class="faint">secret, told this once</span> <code>{made.secret}</code><Copy words={made.secret ?? ''} what="Secret" quiet /></dd></>}
      </dl>
      {keys && keys.length > 0 && (
        <ul class="key-list" aria-label="API keys">
          {keys.map((k) => (
            <li key={k.sid}><code>{k.sid}</code><span>{k.friendly_name}</span><span class="faint">{k.date_created}</span>
              <button type="button" class="link" aria-label={`Delete ${k.sid}`} onClick={() => void attempt(async () => { await rest(account, 'DELETE', `${at}/${k.sid}.json`); await look(); })}>Delete</button></li>
          ))}
        </ul>
      )}
      <form class="key-form" onSubmit={(e) => {
        e.preventDefault();
        const name = String(new FormData(e.currentTarget).get('name'));
        e.currentTarget.reset();
        void attempt(async () => { setMade(await rest<Key>(account, 'POST', `${at}.json`, name ? { FriendlyName: name } : {})); await look(); });
      }}>
        <input name="name" aria-label="Name of a new key" placeholder="Name of a new key" />
        <button type="submit" class="button small">Make an API key</button>
      </form>
    </details>
  );
}
