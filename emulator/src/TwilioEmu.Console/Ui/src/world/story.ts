import { useEffect, useState } from 'preact/hooks';
import { get } from './api';
import { entries, firstSeq, tick } from './journal';
import type { Entry } from './types';

/** All entries about a subject: those the page holds, and older ones that it asks for once. */
export function useStory(subject: string): Entry[] {
  tick.value;
  const [older, setOlder] = useState<Entry[]>([]);
  useEffect(() => {
    let isGone = false;
    get<{ entries: Entry[] }>(`/journal?subject=${encodeURIComponent(subject)}&limit=1000`).then((found) => !isGone && setOlder(found.entries), () => undefined);
    return () => void (isGone = true);
  }, [subject]);
  const held = entries.filter((e) => e.subject === subject);
  const from = held[0]?.seq ?? Infinity;
  return [...older.filter((e) => e.seq < Math.min(from, firstSeq.value || Infinity) || !held.some((h) => h.seq === e.seq)), ...held].sort((a, b) => a.seq - b.seq);
}
