import { find } from '../world/journal';
import type { Entry } from '../world/types';

export interface Grouped { entry: Entry; depth: number }

/** How deep a chain is drawn; what lies deeper stands at this depth. */
const deepest = 6;

/** Entries under what began them, the newest beginning first; within it each effect stands under its cause, in the order it happened. */
export function grouped(entries: readonly Entry[]): Grouped[] {
  const shown = new Set(entries);
  const under = new Map<Entry | undefined, Entry[]>();
  for (const entry of entries) {
    // The nearest cause that is shown too: filters leave gaps in a chain.
    let cause = find(entry.cause);
    while (cause && !shown.has(cause)) cause = find(cause.cause);
    const siblings = under.get(cause);
    if (siblings) siblings.push(entry);
    else under.set(cause, [entry]);
  }
  const rows: Grouped[] = [];
  // A stack, for a chain may be as long as the journal.
  const open: Grouped[] = (under.get(undefined) ?? []).map((entry) => ({ entry, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    rows.push(next);
    const effects = under.get(next.entry) ?? [];
    for (let i = effects.length - 1; i >= 0; i--) open.push({ entry: effects[i]!, depth: Math.min(deepest, next.depth + 1) });
  }
  return rows;
}
