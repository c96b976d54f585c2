import { effectsOf, find } from '../world/journal';
import type { Entry } from '../world/types';
import type { Grouped } from './grouped';
import { laneOf, type Lane } from './reading';

/** Where the lanes stand, px from the left of their column, 120 wide (styles/views.css). */
const lanes: Record<Lane, number> = { app: 20, twilio: 60, phone: 100 };
/** Arrows over more rows than that stand back. */
const near = 8;
const dot = 7;
const head = 5;

interface Props { rows: readonly Grouped[]; rowHeight: number; first: number; last: number; open: number | undefined }

/** Arrows from causes to effects, between the dots of the rows that are seen: down or up the cause's lane, then across. */
export function Arrows({ rows, rowHeight, first, last, open }: Props) {
  const places = new Map<number, number>();
  rows.forEach(({ entry }, at) => places.set(entry.seq, at));
  const seen = rows.slice(first, last);
  const pairs = new Map<string, [cause: Entry, effect: Entry]>();
  const join = (cause: Entry | undefined, effect: Entry): void => {
    if (cause && places.has(cause.seq) && places.has(effect.seq)) pairs.set(`${cause.seq} ${effect.seq}`, [cause, effect]);
  };
  for (const { entry } of seen) {
    join(shownCause(entry, places), entry);
    for (const effect of effectsOf(entry.seq)) join(entry, effect);
  }
  const middle = (entry: Entry): number => (places.get(entry.seq)! - first + 0.5) * rowHeight;
  return (
    <svg class="arrows" aria-hidden="true" style={{ top: `${first * rowHeight}px`, height: `${(last - first) * rowHeight}px` }} viewBox={`0 0 120 ${Math.max(1, (last - first) * rowHeight)}`} preserveAspectRatio="none">
      {[...pairs].map(([key, [cause, effect]]) => (
        <path key={key} class={cause.seq === open || effect.seq === open ? 'kin' : Math.abs(places.get(cause.seq)! - places.get(effect.seq)!) > near ? 'far' : ''} d={arrow(lanes[laneOf(cause)], middle(cause), lanes[laneOf(effect)], middle(effect), rowHeight)} />
      ))}
    </svg>
  );
}

/** The nearest cause that is shown too: filters leave gaps in a chain. */
function shownCause(entry: Entry, places: ReadonlyMap<number, number>): Entry | undefined {
  let cause = find(entry.cause);
  while (cause && !places.has(cause.seq)) cause = find(cause.cause);
  return cause;
}

/** From one dot to the edge of another, with its head. */
function arrow(x1: number, y1: number, x2: number, y2: number, rowHeight: number): string {
  const down = Math.sign(y2 - y1) || 1;
  if (x1 !== x2) {
    const right = Math.sign(x2 - x1);
    const tip = x2 - right * dot;
    return `M${x1} ${y1}V${y2 - down * 6}q0 ${down * 6} ${right * 6} ${down * 6}H${tip}m${-right * head} ${-head}l${right * head} ${head}l${-right * head} ${head}`;
  }
  const tip = y2 - down * dot;
  const neck = `m${-head} ${-down * head}l${head} ${down * head}l${head} ${-down * head}`;
  // What stands between them in the same lane is passed by.
  return Math.abs(y2 - y1) <= rowHeight ? `M${x1} ${y1}V${tip}${neck}` : `M${x1} ${y1}C${x1 - 14} ${y1 + down * 20} ${x1 - 14} ${tip - down * 20} ${x2} ${tip}${neck}`;
}
