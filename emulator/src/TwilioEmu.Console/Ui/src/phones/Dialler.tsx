import { useState } from 'preact/hooks';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { tell } from '../parts/Toasts';
import { ask } from '../world/api';
import { numbers } from '../world/records';
import { Keypad } from './Keypad';
import { NoApp } from './NoApp';

/** Keys and a green button. */
export function Dialler({ number, onDialled }: { number: string; onDialled: () => void }) {
  const [to, setTo] = useState(numbers.order.find((n) => n.type !== 'short-code')?.number ?? '+1');
  const asksNobody = numbers.order.find((n) => n.number === to && n.voice_url === '');
  async function dial(): Promise<void> {
    try {
      await ask('POST', `/handsets/${encodeURIComponent(number)}/calls`, { to, script: [] });
      onDialled();
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  return (
    <div class="dialler">
      <form onSubmit={(e) => { e.preventDefault(); void dial(); }}>
        <input class="dialled" list="app-numbers" inputMode="tel" aria-label="Number to dial" value={to} onInput={(e) => setTo(e.currentTarget.value.replace(/[^\d+]/g, ''))} />
        <Keypad onKey={(key) => setTo(to + key)} />
        <button type="submit" class="round call" aria-label="Call"><Icon path={icons.call} size={24} /></button>
      </form>
      {asksNobody && <NoApp number={asksNobody} phone={number} field="VoiceUrl" />}
    </div>
  );
}
