import { get } from './api';
import { follow } from './journal';
import type { Call, Entry, Message, PhoneNumber } from './types';

/** Records the page keeps; beyond it the oldest are asked for again when somebody scrolls there. */
const kept = 50_000;

/** Records as their entries tell them, newest last; older ones are asked for page by page. */
class Records<T extends { sid: string; at: string }> {
  all = new Map<string, T>();
  order: T[] = [];
  next: string | null | undefined;
  private isLoading = false;
  private isDirty = false;

  constructor(private readonly path: string, private readonly read: (entry: Entry, before?: T) => T | 'gone' | undefined) {}

  fold(entry: Entry): void {
    const before = this.all.get(entry.subject);
    const now = this.read(entry, before);
    if (now === undefined) return;
    if (now === 'gone') this.all.delete(entry.subject);
    else this.all.set(now.sid, now);
    this.isDirty = true;
  }

  clear(): void {
    this.all.clear();
    this.order = [];
    this.next = undefined;
  }

  settle(): void {
    if (!this.isDirty) return;
    this.isDirty = false;
    this.order = [...this.all.values()];
    this.order.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    if (this.order.length < kept * 1.2) return;
    for (const gone of this.order.splice(0, this.order.length - kept)) this.all.delete(gone.sid);
    this.next = this.order[0]!.sid;
  }

  find = (sid: string): T | undefined => this.all.get(sid);

  get hasMore(): boolean {
    return this.next !== null;
  }

  /** Asks for the next page of what is older; true where something came. */
  async more(): Promise<boolean> {
    if (this.isLoading || this.next === null) return false;
    this.isLoading = true;
    try {
      // A page may hold nothing but what the journal told already: then the one behind it is asked for.
      for (let older: T[] = []; older.length === 0 && this.next !== null; ) {
        const page = await get<Record<string, unknown>>(`/${this.path}?limit=1000${this.next ? `&before=${this.next}` : ''}`);
        // Older ones go before those that are here: of one instant the order of arrival counts.
        older = (page[this.path] as T[]).filter((record) => !this.all.has(record.sid)).reverse();
        this.all = new Map([...older.map((record) => [record.sid, record] as const), ...this.all]);
        this.next = page.next as string | null;
      }
      this.isDirty = true;
      this.settle();
      return true;
    } finally {
      this.isLoading = false;
    }
  }
}

const readRecord = <T extends { sid: string; at: string }>(entry: Entry, before: T | undefined): T =>
  ({ ...entry.data, sid: entry.subject, account: entry.account, at: before?.at ?? entry.at }) as unknown as T;

export const messages = follow(new Records<Message>('messages', (entry, before) => {
  if (!entry.kind.startsWith('message.')) return undefined;
  if (entry.kind === 'message.deleted') return 'gone';
  return typeof entry.data.status === 'string' ? readRecord(entry, before) : undefined;
}));

export const calls = follow(new Records<Call>('calls', (entry, before) => {
  if (!entry.kind.startsWith('call.')) return undefined;
  if (entry.kind === 'call.deleted') return 'gone';
  return typeof entry.data.status === 'string' && typeof entry.data.direction === 'string' ? readRecord(entry, before) : undefined;
}));

export const numbers = follow(new Records<PhoneNumber>('numbers', (entry, before) => {
  if (!entry.kind.startsWith('number.')) return undefined;
  if (entry.kind === 'number.released') return 'gone';
  return typeof entry.data.number === 'string' ? readRecord(entry, before) : undefined;
}));

const over = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);
export const isOver = (call: Call): boolean => over.has(call.status);
export const isNumber = (address: string): boolean => numbers.order.some((n) => n.number === address);
