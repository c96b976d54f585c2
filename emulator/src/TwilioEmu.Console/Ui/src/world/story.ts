import { useEffect, useState } from 'preact/hooks';
import { get } from './api';
import { entries, firstSeq, tick } from './journal';
import type { Entry } from './types';

/** All entries about some subjects: those the page holds, and older ones that it asks for once. */
export function useStory(...subjects: string[]): Entry[] {
  tick.value;
  const [older, setOlder] = useState<Entry[]>([]);
  const key = subjects.join(' ');
  useEffect(() => {
    let isGone = false;
    Promise.all(subjects.map((subject) => get<{ entries: Entry[] }>(`/journal?subject=${encodeURIComponent(subject)}&limit=1000`)))
      .then((found) => !isGone && setOlder(found.flatMap((f) => f.entries)), () => undefined);
    return () => void (isGone = true);
  }, [key]);
  const wanted = new Set(subjects);
  const held = entries.filter((e) => wanted.has(e.subject));
  const known = new Set(held.map((h) => h.seq));
  const from = held[0]?.seq ?? Infinity;
  return [...older.filter((e) => e.seq < Math.min(from, firstSeq.value || Infinity) || !known.has(e.seq)), ...held].sort((a, b) => a.seq - b.seq);
}
