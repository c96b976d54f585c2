import { follow } from './journal';
import { text, type Entry } from './types';

export interface Waiting { sid: string; since: string }

export interface Member { sid: string; since: string; label: string; isMuted: boolean; isOnHold: boolean; isCoaching: boolean }

export interface Conference { sid: string; account: string; name: string; since: string; members: Member[] }

const left = new Set(['call.dequeued', 'call.left_queue', 'call.completed', 'call.failed', 'call.canceled']);

/** Where calls are together: queues of the app's own (<Enqueue>) by name, in their order, and conferences by SID. */
class Rooms {
  readonly queues = new Map<string, Waiting[]>();
  readonly conferences = new Map<string, Conference>();

  fold(entry: Entry): void {
    const { kind, subject, data } = entry;
    if (kind === 'call.enqueued') {
      const name = text(data, 'queue');
      const waiting = this.queues.get(name);
      if (waiting) waiting.push({ sid: subject, since: entry.at });
      else this.queues.set(name, [{ sid: subject, since: entry.at }]);
    } else if (left.has(kind)) this.leaveQueue(subject);
    else if (kind === 'call.joined_conference' || kind === 'call.changed_in_conference') this.seat(entry);
    else if (kind === 'call.left_conference') {
      const room = this.conferences.get(text(data, 'conference_sid'));
      if (room) room.members = room.members.filter((m) => m.sid !== subject);
    } else if (kind === 'conference.ended') this.conferences.delete(subject);
  }

  clear(): void {
    this.queues.clear();
    this.conferences.clear();
  }

  private leaveQueue(sid: string): void {
    for (const [name, waiting] of this.queues) {
      const at = waiting.findIndex((w) => w.sid === sid);
      if (at < 0) continue;
      waiting.splice(at, 1);
      if (waiting.length === 0) this.queues.delete(name);
    }
  }

  private seat({ account, at, subject, data }: Entry): void {
    const sid = text(data, 'conference_sid');
    let room = this.conferences.get(sid);
    if (!room) this.conferences.set(sid, (room = { sid, account, name: text(data, 'conference'), since: at, members: [] }));
    const seated = room.members.find((m) => m.sid === subject);
    const member: Member = {
      sid: subject, since: seated?.since ?? at, label: text(data, 'label'), isMuted: data.muted === true, isOnHold: data.hold === true,
      isCoaching: typeof data.coaching === 'string' ? data.coaching !== '' : data.coaching === true,
    };
    room.members = seated ? room.members.map((m) => (m === seated ? member : m)) : [...room.members, member];
  }
}

export const rooms = follow(new Rooms());
