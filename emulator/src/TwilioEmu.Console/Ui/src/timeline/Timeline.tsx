import { useEffect } from 'preact/hooks';
import { filter, go, place, within } from '../app/route';
import { Empty, Head, Panes } from '../parts/Panes';
import { Choice, Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { exactTime } from '../parts/words';
import { entries, find, tick } from '../world/journal';
import { askForKinds, kinds } from '../world/kinds';
import type { Entry } from '../world/types';
import { Arrows } from './Arrows';
import { EntryDetail } from './EntryDetail';
import { laneOf, summary } from './reading';
import { compile } from './query';
import { grouped, type Grouped } from './grouped';

const rowHeight = 34;

/** All that happened, newest first, one row an entry, each in the lane of who did it, with arrows from cause to effect. */
export function Timeline() {
  tick.value;
  useEffect(askForKinds, []);
  const query = filter('q');
  const fits = compile(query);
  const matching = entries.filter(fits);
  const isGrouped = filter('by') === 'cause';
  const found: Grouped[] = isGrouped ? grouped(matching) : matching.map((entry) => ({ entry, depth: 0 })).reverse();
  const opened = place.value[1] ?? /^seq:(\d+)$/.exec(query)?.[1];
  const open = opened ? Number(opened) : undefined;
  return (
    <Panes back={within('/timeline')} detail={open !== undefined && <EntryDetail key={open} seq={open} />} list={
      <>
        <Head title="Timeline"><Choice name="by" label="Order" options={[['', 'Newest first'], ['cause', 'By cause']]} /><Search label="kind:webhook.*  to:+1415  is:alert  words" list="kinds" /></Head>
        <datalist id="kinds">{[...kinds.value.values()].filter((k) => k.members.length > 0).slice(0, 300).map((k) => <option key={k.kind} value={`kind:${k.kind}`}>{k.means}</option>)}</datalist>
        {found.length === 0 ? (
          <Empty title={entries.length ? 'None like that' : 'Nothing has happened yet'}><p>Words are looked for everywhere. <code>kind:message.*</code>, <code>subject:SM…</code>, <code>from:+1415</code>, <code>seq:14</code> and any other member narrow it; <code>is:alert</code> shows what went wrong.</p></Empty>
        ) : (
          <>
            <div class="lane-heads" aria-hidden="true"><span>App</span><span>Twilio</span><span>Phone</span></div>
            <VirtualList items={found} rowHeight={rowHeight} label={`Entries, ${found.length}`} keyOf={(g) => g.entry.seq} isOpen={(g) => g.entry.seq === open}
              onPick={(g) => go(within(`/timeline/${g.entry.seq}`), { replace: open !== undefined })} render={(g) => <Row entry={g.entry} depth={g.depth} open={open} />}
              over={(first, last) => <Arrows rows={found} rowHeight={rowHeight} first={first} last={last} open={open} />} />
          </>
        )}
      </>
    } />
  );
}

function Row({ entry, depth, open }: { entry: Entry; depth: number; open: number | undefined }) {
  const lane = laneOf(entry);
  const isKin = open !== undefined && (entry.cause === open || find(open)?.cause === entry.seq);
  return (
    <>
      <time>{exactTime(entry.at)}</time>
      <span class={`lane-dot ${lane}${isKin ? ' kin' : ''}`} aria-hidden="true"><i /></span>
      <span class={`kind ${/fail|refus|alert|undeliv|fault|warning/.test(entry.kind) ? 'bad' : ''}`}>{depth > 0 && <span class="because" aria-hidden="true">{'\u2003'.repeat(depth - 1)}↳ </span>}{entry.kind}</span>
      <span class="summary">{summary(entry)}</span>
    </>
  );
}
