import { signal } from '@preact/signals';
import { get, needsToken } from './api';
import type { Entry } from './types';

/** How many entries the page keeps: older ones are asked for when a thing is opened. */
const kept = 20_000;
const page = 1000;
const read = 4000;

export type Connection = 'connecting' | 'live' | 'lost' | 'resting';

export const connection = signal<Connection>('connecting');

/** Goes up whenever entries came; who shows something of them reads it. */
export const tick = signal(0);

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

/** Reads what lately happened, then follows what happens. */
export async function start(): Promise<void> {
  const mine = ++generation;
  startedAt = Date.now();
  source?.close();
  connection.value = 'connecting';
  forget();
  try {
    const ends = await get<Page>('/journal?limit=1');
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
    if (!needsToken.value) setTimeout(() => mine === generation && void start(), 2000);
  }
}

// The browser resumes by Last-Event-ID when it was cut off; here it begins after what was read.
function listen(): void {
  source?.close();
  const events = new EventSource(`/_emu/v1/journal/stream?after=${lastSeq.value}`);
  source = events;
  events.onopen = () => (connection.value = 'live');
  events.onerror = () => {
    connection.value = 'lost';
    if (events.readyState === EventSource.CLOSED) setTimeout(() => source === events && listen(), 2000);
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
    if (Date.now() - startedAt > 10_000) void start();
  });
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
    } else if (connection.value === 'resting') listen();
  });
}
