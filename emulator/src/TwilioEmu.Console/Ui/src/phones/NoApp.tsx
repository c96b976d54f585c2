import { useState } from 'preact/hooks';
import { saveUrl } from '../numbers/saveUrl';
import { tell } from '../parts/Toasts';
import { nice } from '../parts/words';
import { accounts } from '../world/accounts';
import { rest } from '../world/api';
import type { PhoneNumber } from '../world/types';

/** Nobody is asked when this number is texted or called: says so, and takes the app's address; a text is answered from here too. */
export function NoApp({ number, phone, field }: { number: PhoneNumber; phone: string; field: 'SmsUrl' | 'VoiceUrl' }) {
  const [url, setUrl] = useState('');
  const [words, setWords] = useState('');
  const account = accounts.value.find((a) => a.sid === number.account);

  async function answer(): Promise<void> {
    try {
      await rest(account!, 'POST', `/2010-04-01/Accounts/${account!.sid}/Messages.json`, { From: number.number, To: phone, Body: words });
      setWords('');
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }

  if (!account) return null;
  return (
    <div class="no-app" role="note">
      <p><b>No app answers for {nice(number.number)} yet.</b> Where is yours?</p>
      <form onSubmit={(e) => { e.preventDefault(); void saveUrl(number, field, url.trim()); }}>
        <input type="url" required value={url} placeholder={field === 'SmsUrl' ? 'http://localhost:3000/sms' : 'http://localhost:3000/voice'} aria-label={`The app’s address for ${field === 'SmsUrl' ? 'texts' : 'calls'}`} onInput={(e) => setUrl(e.currentTarget.value)} />
        <button type="submit" class="button small">Save</button>
      </form>
      {field === 'SmsUrl' && (
        <>
          <p>Or answer in its place:</p>
          <form onSubmit={(e) => { e.preventDefault(); if (words.trim()) void answer(); }}>
            <input required value={words} placeholder="Hello from the app" aria-label="An answer in the app’s place" onInput={(e) => setWords(e.currentTarget.value)} />
            <button type="submit" class="button small">Answer</button>
          </form>
        </>
      )}
    </div>
  );
}
