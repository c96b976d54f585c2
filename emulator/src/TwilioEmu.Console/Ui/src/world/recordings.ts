import { follow } from './journal';
import { number, text, type Entry } from './types';

export interface Recording { sid: string; account: string; call: string; conference: string; at: string; status: string; source: string; channels: number; duration?: number; words?: string }

/** How many the page keeps. */
const kept = 2_000;

const gone = new Set(['recording.deleted', 'recording.forgotten']);

/** Recordings as the journal tells them, by SID, the oldest first. */
class Recordings {
  readonly all = new Map<string, Recording>();

  fold({ kind, subject, account, at, data }: Entry): void {
    if (kind === 'transcription.completed') {
      const of = this.all.get(text(data, 'recording_sid'));
      if (of) this.all.set(of.sid, { ...of, words: text(data, 'text') });
      return;
    }
    if (!kind.startsWith('recording.')) return;
    if (gone.has(kind)) {
      this.all.delete(subject);
      return;
    }
    const known = this.all.get(subject);
    const duration = number(data, 'duration') ?? known?.duration;
    this.all.set(subject, {
      sid: subject, account, call: text(data, 'call_sid'), conference: text(data, 'conference_sid'), at: known?.at ?? at, status: kind.slice('recording.'.length),
      source: text(data, 'source'), channels: number(data, 'channels') ?? 1, ...(duration === undefined ? {} : { duration }), ...(known?.words ? { words: known.words } : {}),
    });
    if (this.all.size > kept) this.all.delete(this.all.keys().next().value!);
  }

  clear(): void {
    this.all.clear();
  }

  of = (call: string): Recording[] => [...this.all.values()].filter((r) => r.call === call);
}

export const recordings = follow(new Recordings());
