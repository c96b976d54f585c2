import { useEffect } from 'preact/hooks';
import { filter, go, place, within } from '../app/route';
import { Empty, Head, Panes } from '../parts/Panes';
import { Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { exactTime } from '../parts/words';
import { entries, find, tick } from '../world/journal';
import { askForKinds, kinds } from '../world/kinds';
import type { Entry } from '../world/types';
import { EntryDetail } from './EntryDetail';
import { laneOf, summary } from './reading';
import { compile } from './query';

/** All that happened, newest first, one row an entry, each in the lane of who did it. */
export function Timeline() {
  tick.value;
  useEffect(askForKinds, []);
  const query = filter('q');
  const fits = compile(query);
  const found = entries.filter(fits).reverse();
  const opened = place.value[1] ?? /^seq:(\d+)$/.exec(query)?.[1];
  const open = opened ? Number(opened) : undefined;
  return (
    <Panes back={within('/timeline')} detail={open !== undefined && <EntryDetail key={open} seq={open} />} list={
      <>
        <Head title="Timeline"><Search label="kind:webhook.*  to:+1415  is:alert  words" list="kinds" /></Head>
        <datalist id="kinds">{[...kinds.value.values()].filter((k) => k.members.length > 0).slice(0, 300).map((k) => <option key={k.kind} value={`kind:${k.kind}`}>{k.means}</option>)}</datalist>
        {found.length === 0 ? (
          <Empty title={entries.length ? 'None like that' : 'Nothing has happened yet'}><p>Words are looked for everywhere. <code>kind:message.*</code>, <code>subject:SM…</code>, <code>from:+1415</code>, <code>seq:14</code> and any other member narrow it; <code>is:alert</code> shows what went wrong.</p></Empty>
        ) : (
          <>
            <div class="lane-heads" aria-hidden="true"><span>App</span><span>Twilio</span><span>Phone</span></div>
            <VirtualList items={found} rowHeight={34} label={`Entries, ${found.length}`} keyOf={(e) => e.seq} isOpen={(e) => e.seq === open}
              onPick={(e) => go(within(`/timeline/${e.seq}`), { replace: open !== undefined })} render={(e) => <Row entry={e} open={open} />} />
          </>
        )}
      </>
    } />
  );
}

function Row({ entry, open }: { entry: Entry; open: number | undefined }) {
  const lane = laneOf(entry);
  const isKin = open !== undefined && (entry.cause === open || find(open)?.cause === entry.seq);
  return (
    <>
      <time>{exactTime(entry.at)}</time>
      <span class={`lane-dot ${lane}${isKin ? ' kin' : ''}`} aria-hidden="true"><i /></span>
      <span class={`kind ${/fail|refus|alert|undeliv|fault|warning/.test(entry.kind) ? 'bad' : ''}`}>{entry.kind}</span>
      <span class="summary">{summary(entry)}</span>
    </>
  );
}
