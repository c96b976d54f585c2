import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { go, place } from '../app/route';
import { count, nice, timeOfDay } from '../parts/words';
import { tick } from '../world/journal';
import { isNumber, numbers } from '../world/records';
import { phones, type PhoneStory } from '../world/phones';
import { Device } from './Device';

export const suggested = '+14155550199';

/** Phones that stand side by side: those of the address, which is what a link to them is. */
const open = (): string[] => (place.value[1] ?? '').split(',').filter(Boolean);
const show = (list: string[]): void => go(`/phones/${list.map(encodeURIComponent).join(',')}`);
const isAsking = signal(false);

export function Phones() {
  tick.value;
  const shown = open().length ? open() : [[...phones.all.values()].sort(byNewest)[0]?.number ?? suggested];
  const known = [...phones.all.values()].filter((p) => !isNumber(p.number)).sort(byNewest);
  // The open one is seen in the list, wherever it stands there.
  useEffect(() => document.querySelector('.phone-list .here')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [shown.join(), known.length > 0]);
  return (
    <div class="phones">
      <aside class="phone-list" aria-label="Phones">
        <header class="head"><h1>Phones</h1></header>
        <form class="add-phone" onSubmit={(e) => {
          e.preventDefault();
          const field = e.currentTarget.elements.namedItem('number') as HTMLInputElement;
          const number = field.value.replace(/[\s()-]/g, '').replace(/^(\d)/, '+$1');
          if (/^\+\d{5,15}$/.test(number)) { show([number]); field.value = ''; isAsking.value = false; } else isAsking.value = true;
        }}>
          <input name="number" data-search inputMode="tel" autocomplete="off" aria-label="A phone number" placeholder="Any number, +1 415 …" aria-invalid={isAsking.value} />
          <button type="submit" class="icon-button" aria-label="Open this phone" title="Open this phone"><Icon path={icons.plus} /></button>
        </form>
        {isAsking.value && <p class="bad-words" role="alert">A number has a plus and 5 to 15 digits: +14155550199.</p>}
        <ul>
          {known.slice(0, 100).map((phone) => {
            const last = phone.texts[phone.texts.length - 1];
            const call = phones.currentCall(phone.number);
            return (
              <li key={phone.number}>
                <button type="button" class={shown.includes(phone.number) ? 'here' : ''} aria-pressed={shown.includes(phone.number)}
                  onClick={(e) => show(e.shiftKey || e.metaKey || e.ctrlKey ? toggle(shown, phone.number) : [phone.number])}>
                  <span class="avatar" aria-hidden="true">{phone.number.slice(-2)}</span>
                  <span class="who"><b>{nice(phone.number)}</b><span dir="auto">{call ? (call.state === 'ringing' ? 'Ringing…' : 'In a call') : last?.body || (last ? 'Picture' : phone.calls.length > 0 ? count(phone.calls.length, 'call') : 'No texts yet')}</span></span>
                  {call ? <i class={`live-dot ${call.state}`} /> : <time>{phone.lastAt && timeOfDay(phone.lastAt).slice(0, 5)}</time>}
                </button>
              </li>
            );
          })}
        </ul>
        <p class="hint">Any number is a phone as soon as it is mentioned. Shift-click puts phones side by side.</p>
      </aside>
      <div class="devices">
        {shown.map((number) => (
          <Device key={number} number={number} onClose={shown.length > 1 ? () => show(shown.filter((n) => n !== number)) : undefined} />
        ))}
      </div>
      <datalist id="app-numbers">{numbers.order.map((n) => <option key={n.sid} value={n.number}>{n.friendly_name}</option>)}</datalist>
    </div>
  );
}

// Those in a call first, for they may want an answer.
const byNewest = (a: PhoneStory, b: PhoneStory): number =>
  Number(phones.currentCall(b.number) !== undefined) - Number(phones.currentCall(a.number) !== undefined) || (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : 0);
const toggle = (list: string[], number: string): string[] => (list.includes(number) ? (list.length > 1 ? list.filter((n) => n !== number) : list) : [...list, number]);
