import { signal } from '@preact/signals';
import { advance, toNext } from '../world/clock';
import { go, place } from './route';
import { views } from './views';

export const isHelpOpen = signal(false);

export const keyTable: [keys: string, does: string][] = [
  ['/', 'search in this view'],
  ['j  k', 'next, previous of the list'],
  ['g then p m c w q n a t s', 'phones, messages, calls, webhooks, queues, numbers, API, timeline, stories'],
  ['n', 'on to what is due next (manual clock)'],
  ['.', 'one second on (manual clock)'],
  ['Esc', 'close what is open'],
  ['?', 'these keys'],
];

const letters: Record<string, string> = { p: 'phones', m: 'messages', c: 'calls', w: 'webhooks', q: 'queues', n: 'numbers', a: 'requests', t: 'timeline', s: 'stories' };
let isGoing = false;

/** Menus close when somebody looks elsewhere. */
function closeMenus(except?: EventTarget | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
    if (!(except instanceof Node && menu.contains(except))) menu.open = false;
  }
}

export function listenToKeys(): void {
  addEventListener('pointerdown', (event) => closeMenus(event.target));
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    const isTyping = target.matches('input, textarea, select, [contenteditable]');
    if (event.key === 'Escape') return escape(target, isTyping);
    if (isTyping) return;
    const wasGoing = isGoing;
    isGoing = event.key === 'g' && !wasGoing;
    if (wasGoing && letters[event.key]) {
      event.preventDefault();
      return go(`/${letters[event.key]}`);
    }
    switch (event.key) {
      case '/':
        event.preventDefault();
        document.querySelector<HTMLElement>('[data-search]')?.focus();
        break;
      case 'j': dispatchEvent(new CustomEvent('step', { detail: 1 })); break;
      case 'k': dispatchEvent(new CustomEvent('step', { detail: -1 })); break;
      case 'n': void toNext(); break;
      case '.': void advance('1s'); break;
      case '?': isHelpOpen.value = !isHelpOpen.value; break;
      default: return;
    }
  });
}

/** Who was inside stands at what opened it. */
function closeByKey(menu: HTMLDetailsElement): void {
  const wasInside = menu.contains(document.activeElement);
  closeMenus();
  if (wasInside) menu.querySelector('summary')?.focus();
}

function escape(target: HTMLElement, isTyping: boolean): void {
  const menu = document.querySelector<HTMLDetailsElement>('details.menu[open]');
  if (menu) closeByKey(menu);
  else if (isHelpOpen.value) isHelpOpen.value = false;
  else if (isTyping) target.blur();
  else if (place.value.length > 1 && views.some((v) => v.name === place.value[0]) && place.value[0] !== 'phones') go(`/${place.value[0]}${location.search}`);
}
