import { signal } from '@preact/signals';
import { get, needsToken } from './api';
import type { Entry } from './types';

/** How many entries the page keeps: older ones are asked for when a thing is opened. */
const kept = 20_000;
const page = 1000;
const read = 4000;

/** How long it waits before it looks again whether the emulator is there, ms. */
const pause = 1000;

export type Connection = 'connecting' | 'live' | 'lost' | 'resting';

export const connection = signal<Connection>('connecting');

/** Goes up whenever entries came; who shows something of them reads it. */
export const tick = signal(0);

/** Goes up when another world has taken the place of one that was shown: what was asked of that one is no more. */
export const world = signal(0);

/** The newest entries, oldest first; a plain array, for there are many. */
export const entries: Entry[] = [];

export const firstSeq = signal(0);
export const lastSeq = signal(0);

type Reader = { fold(entry: Entry): void; clear(): void; settle?(): void };
const readers: Reader[] = [];

/** Adds a reader of every entry; `clear` is told when the world is another one. */
export function follow<T extends Reader>(reader: T): T {
  readers.push(reader);
  return reader;
}

const bySeq = new Map<number, Entry>();
const effects = new Map<number, number[]>();

export const find = (seq: number): Entry | undefined => bySeq.get(seq);
export const effectsOf = (seq: number): Entry[] => (effects.get(seq) ?? []).map((s) => bySeq.get(s)).filter((e): e is Entry => e !== undefined);

let source: EventSource | undefined;
let waiting: Entry[] = [];
let isPlanned = false;
let generation = 0;
let startedAt = 0;

interface Page { entries: Entry[]; first_seq: number; last_seq: number }

/**
 * Reads what lately happened, then follows what happens. What is shown stays until the world answers; `begun` is told when what was known of
 * another one is forgotten.
 */
export async function start(begun: () => void): Promise<void> {
  const mine = ++generation;
  startedAt = Date.now();
  source?.close();
  if (connection.value !== 'lost') connection.value = 'connecting';
  try {
    const ends = await get<Page>('/journal?limit=1');
    if (mine !== generation) return;
    forget();
    begun();
    const from = Math.max(0, ends.last_seq - read);
    for (let after = from; after < ends.last_seq; ) {
      const found = await get<Page>(`/journal?after=${after}&limit=${page}`);
      if (mine !== generation) return;
      if (found.entries.length === 0) break;
      take(found.entries);
      after = found.entries[found.entries.length - 1]!.seq;
    }
    if (mine === generation) listen();
  } catch {
    connection.value = 'lost';
    if (!needsToken.value) setTimeout(() => mine === generation && void start(begun), pause);
  }
}

function listen(): void {
  source?.close();
  const events = new EventSource(`/_emu/v1/journal/stream?after=${lastSeq.value}`);
  source = events;
  events.onopen = () => (connection.value = 'live');
  // The browser would go on by itself, and not see that another emulator answers, or that this one asks for a token.
  events.onerror = () => {
    connection.value = 'lost';
    events.close();
    setTimeout(() => source === events && void resume(), pause);
  };
  events.onmessage = (event) => {
    waiting.push(JSON.parse(event.data as string) as Entry);
    if (isPlanned) return;
    isPlanned = true;
    // Once a frame, whatever comes; a page that is not seen gets no frames.
    if (document.hidden) setTimeout(flush, 200);
    else requestAnimationFrame(flush);
  };
  events.addEventListener('reset', () => dispatchEvent(new Event('world-reset')));
  // Something was missed: it is read anew, but not again and again.
  events.addEventListener('gap', () => {
    if (Date.now() - startedAt > 10_000) dispatchEvent(new Event('world-reset'));
  });
}

/** Goes on where it was cut off; in another world, from its beginning. */
async function resume(): Promise<void> {
  const mine = generation;
  try {
    const isSame = await isSameWorld();
    if (mine !== generation) return;
    if (isSame) listen();
    else dispatchEvent(new Event('world-reset'));
  } catch {
    connection.value = 'lost';
    if (!needsToken.value) setTimeout(() => mine === generation && void resume(), pause);
  }
}

/** Whether the newest entry known here is there still: one that was started anew counts from one again. */
async function isSameWorld(): Promise<boolean> {
  const newest = entries[entries.length - 1];
  if (!newest) return false;
  const there = (await get<Page>(`/journal?after=${newest.seq - 1}&limit=1`)).entries[0];
  return there?.seq === newest.seq && there.at === newest.at && there.kind === newest.kind && there.subject === newest.subject;
}

function flush(): void {
  isPlanned = false;
  const batch = waiting;
  waiting = [];
  take(batch);
}

function take(batch: Entry[]): void {
  for (const entry of batch) {
    if (entry.seq <= lastSeq.value) continue;
    entries.push(entry);
    bySeq.set(entry.seq, entry);
    if (entry.cause > 0) {
      const siblings = effects.get(entry.cause);
      if (siblings) siblings.push(entry.seq);
      else effects.set(entry.cause, [entry.seq]);
    }
    lastSeq.value = entry.seq;
    for (const reader of readers) reader.fold(entry);
  }
  if (entries.length > kept + page) {
    for (const old of entries.splice(0, entries.length - kept)) {
      bySeq.delete(old.seq);
      effects.delete(old.seq);
    }
  }
  firstSeq.value = entries[0]?.seq ?? 0;
  for (const reader of readers) reader.settle?.();
  tick.value++;
}

function forget(): void {
  if (entries.length > 0) world.value++;
  entries.length = 0;
  waiting = [];
  bySeq.clear();
  effects.clear();
  lastSeq.value = 0;
  for (const reader of readers) reader.clear();
  tick.value++;
}

/** A page that nobody sees for a while listens no more, and goes on where it was. */
export function restWhenHidden(): void {
  let timer = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = window.setTimeout(() => {
        source?.close();
        connection.value = 'resting';
      }, 300_000);
    } else if (connection.value === 'resting') void resume();
  });
}
