import { computed, effect, signal } from '@preact/signals';
import { ask, get } from './api';
import { connection, tick } from './journal';
import { tell } from '../parts/Toasts';
import { span } from '../parts/words';
import type { Clock } from './types';

export const clock = signal<Clock | undefined>(undefined);

/** The wall's instant at which `clock` was told, ms. */
let toldAt = 0;

/** Since when, on the wall, each hold is known to this page, ms. */
let heldSince: ReadonlyMap<string, number> = new Map();

/** For how long time has waited for something, ms. */
export const waitedFor = (why: string): number => Math.max(0, wall.value - (heldSince.get(why) ?? wall.value));

/** The wall now, ms; goes on only while the world's time runs by itself. */
const wall = signal(Date.now());

const factor = (mode: string): number => (mode === 'real' ? 1 : /^x\d/.test(mode) ? Number(mode.slice(1)) : 0);

/** The world's instant now, ms. */
export const now = computed(() => {
  const told = clock.value;
  return told ? Date.parse(told.now) + (wall.value - toldAt) * pace(told) : wall.value;
});

/** Whatever the mode, time goes as on the wall while something live is joined. */
const pace = (told: Clock): number => (told.pinned_by.length > 0 ? 1 : factor(told.mode));

export const isVirtual = computed(() => clock.value !== undefined && factor(clock.value.mode) === 0);

function know(told: Clock): void {
  toldAt = Date.now();
  wall.value = toldAt;
  const since = new Map(told.holds.map((why) => [why, heldSince.get(why) ?? toldAt]));
  heldSince = since;
  clock.value = told;
}

export async function look(): Promise<void> {
  know(await get<Clock>('/clock'));
}

/** How time went before it was stopped here. */
let ran = 'real';

/** Stops time, or lets it go on as it did. */
export async function pause(): Promise<void> {
  const mode = clock.value?.mode ?? 'manual';
  if (mode !== 'manual') ran = mode;
  await switchTo(mode === 'manual' ? ran : 'manual');
}

export async function switchTo(mode: string): Promise<void> {
  await act(() => ask<Clock>('PUT', '/clock', { mode }));
}

/** What is due next and when, in a few words: "in 12 s: message.sent"; nothing where nothing is. */
export const nextWords = computed(() => {
  const told = clock.value;
  if (!told?.next_due) return undefined;
  const left = Date.parse(told.next_due) - now.value;
  const when = left > 0 ? `in ${span(left)}` : 'due now';
  return told.next_due_what ? `${when}: ${told.next_due_what}` : `next ${left > 0 ? `due ${when}` : when}`;
});

/** False where it was refused. */
export function advance(by: string): Promise<boolean> {
  return act(() => ask<Clock>('POST', '/clock/advance', { by }));
}

/** On to what is due next, and no further; false where nothing is. */
export async function toNext(): Promise<boolean> {
  if (!(await lookNow())) return false;
  const told = clock.value;
  if (!told?.next_due || !isVirtual.value) {
    tell(isVirtual.value ? 'Nothing is due' : 'Time goes by itself: stop it, or let it jump (Auto), to move it', 'bad');
    return false;
  }
  const ms = Math.max(1, Math.ceil(Date.parse(told.next_due) - Date.parse(told.now)));
  return advance(`${ms}ms`);
}

/** On until nothing is due within a day, or for a thousand steps. */
export async function untilQuiet(): Promise<void> {
  if (!(await lookNow())) return;
  for (let step = 0; step < 1000; step++) {
    const told = clock.value;
    if (!told?.next_due || Date.parse(told.next_due) - Date.parse(told.now) > 86_400_000) return;
    if (!(await toNext())) return;
  }
}

/** On to an instant, ms; time does not go back. */
export async function to(instant: number): Promise<void> {
  if (!(await lookNow())) return;
  const ms = instant - Date.parse(clock.value?.now ?? '');
  if (ms > 0) await advance(`${Math.ceil(ms)}ms`);
  else tell('Time does not go back', 'bad');
}

/** What is shown may be a second old: who moves time means it as it is. */
const lookNow = (): Promise<boolean> => act(() => get<Clock>('/clock'));

async function act(call: () => Promise<Clock>): Promise<boolean> {
  try {
    know(await call());
    return true;
  } catch (refused) {
    tell((refused as Error).message, 'bad');
    return false;
  }
}

/** Looks again when something happened, at most once a second: nobody is asked while nothing does. */
export function watchClock(): void {
  let isPlanned = false;
  effect(() => {
    tick.value;
    if (connection.value !== 'live' || isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      if (!document.hidden) void look().catch(() => undefined);
    }, clock.peek() === undefined ? 0 : 1000);
  });
  setInterval(() => {
    if (!document.hidden && connection.peek() === 'live' && clock.peek() && (pace(clock.peek()!) > 0 || clock.peek()!.holds.length > 0)) wall.value = Date.now();
  }, 250);
}
