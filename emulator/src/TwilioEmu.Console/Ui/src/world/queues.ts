import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { get } from './api';
import { tick } from './journal';
import { messages } from './records';
import type { Message, Queue } from './types';

/** Senders that are busy, as they were told last; undefined before. */
export const queues = signal<readonly Queue[] | undefined>(undefined);

let watchers = 0;
let stop: (() => void) | undefined;

/** Asks for them while somebody looks, again when something happened, a few times a second at most. */
export function useQueues(): readonly Queue[] | undefined {
  useEffect(() => {
    if (watchers++ === 0) stop = watch();
    return () => {
      if (--watchers === 0) stop?.();
    };
  }, []);
  return queues.value;
}

function watch(): () => void {
  let isPlanned = false;
  return effect(() => {
    tick.value;
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      get<{ queues: Queue[] }>('/queues?limit=500').then((found) => (queues.value = found.queues), () => undefined);
    }, 300);
  });
}

/** Where a queued message stands, counted from those behind it, and when it leaves, ms; undefined where its sender's queue is not known. */
export function placeOf(message: Message): { place: number; of: number; leaves: number } | undefined {
  const queue = queues.value?.find((q) => q.sender === message.from && q.account === message.account);
  if (!queue) return undefined;
  let [behind, segments] = [0, message.num_segments];
  for (let i = messages.order.length - 1; i >= 0 && messages.order[i]!.sid !== message.sid; i--) {
    const other = messages.order[i]!;
    if (other.status !== 'queued' || other.from !== message.from || other.account !== message.account) continue;
    behind++;
    segments += other.num_segments;
  }
  // The sender is free again when its last message has left and taken its time.
  return { place: Math.max(1, queue.messages - behind), of: queue.messages, leaves: Date.parse(queue.last_leaves) - (segments / queue.segments_per_second) * 1000 };
}
