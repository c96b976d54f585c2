import { follow } from './journal';
import { text, type Entry } from './types';

export interface Waiting { sid: string; since: string }

const left = new Set(['call.dequeued', 'call.left_queue', 'call.completed', 'call.failed', 'call.canceled']);

/** Calls that wait in queues of the app's own (<Enqueue>), by the queue's name, in their order. */
class Rooms {
  readonly queues = new Map<string, Waiting[]>();

  fold(entry: Entry): void {
    if (entry.kind === 'call.enqueued') {
      const name = text(entry.data, 'queue');
      const waiting = this.queues.get(name);
      if (waiting) waiting.push({ sid: entry.subject, since: entry.at });
      else this.queues.set(name, [{ sid: entry.subject, since: entry.at }]);
    } else if (left.has(entry.kind)) {
      for (const [name, waiting] of this.queues) {
        const at = waiting.findIndex((w) => w.sid === entry.subject);
        if (at < 0) continue;
        waiting.splice(at, 1);
        if (waiting.length === 0) this.queues.delete(name);
      }
    }
  }

  clear(): void {
    this.queues.clear();
  }
}

export const rooms = follow(new Rooms());
