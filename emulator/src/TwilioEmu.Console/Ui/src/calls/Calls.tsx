import { useEffect } from 'preact/hooks';
import { filter, go, place, within } from '../app/route';
import { AccountChoice, isOfChosen } from '../parts/AccountChoice';
import { Code } from '../parts/Code';
import { Empty, Head, Panes } from '../parts/Panes';
import { Pill } from '../parts/Pill';
import { Choice, Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { nice, span, timeOfDay } from '../parts/words';
import { curl } from '../world/api';
import { tick } from '../world/journal';
import { calls, isOver, numbers } from '../world/records';
import type { Call } from '../world/types';
import { CallDetail } from './CallDetail';

function fits(call: Call, words: string[], which: string): boolean {
  if (which === 'live' && isOver(call)) return false;
  if (which === 'in' && call.direction !== 'inbound') return false;
  if (which === 'out' && call.direction === 'inbound') return false;
  if (words.length === 0) return true;
  const all = `${call.sid} ${call.from} ${call.to} ${call.status} ${call.direction} ${call.account}`.toLowerCase();
  return words.every((w) => all.includes(w));
}

export function Calls() {
  tick.value;
  useEffect(() => void calls.more().catch(() => undefined), []);
  const words = filter('q').toLowerCase().split(/\s+/).filter(Boolean);
  const which = filter('show');
  const found = calls.order.filter((c) => isOfChosen(c.account) && fits(c, words, which)).reverse();
  const open = place.value[1];
  return (
    <Panes back={within('/calls')} detail={open && <CallDetail key={open} sid={open} />} list={
      <>
        <Head title="Calls">
          <Choice name="show" label="Show" options={[['', 'All'], ['live', 'Going on'], ['out', 'Made'], ['in', 'Received']]} />
          <AccountChoice />
          <Search label="Number, status, SID" />
        </Head>
        {found.length === 0 ? <NoCalls isFiltered={words.length > 0 || which !== '' || filter('account') !== ''} /> : (
          <VirtualList items={found} rowHeight={56} label={`Calls, ${found.length}`} keyOf={(c) => c.sid} isOpen={(c) => c.sid === open}
            onPick={(c) => go(within(`/calls/${c.sid}`), { replace: open !== undefined })} onEnd={() => calls.hasMore && void calls.more().then((came) => came && tick.value++)}
            render={(c) => <Row call={c} />} />
        )}
      </>
    } />
  );
}

function Row({ call }: { call: Call }) {
  const isIn = call.direction === 'inbound';
  return (
    <>
      <span class={`way ${isIn ? 'in' : 'out'}`} aria-hidden="true">{isIn ? '←' : '→'}</span>
      <span class="two-lines">
        <span class="line-top"><b>{nice(isIn ? call.from : call.to)}</b></span>
        <span class="line-under">{call.direction} · {isIn ? 'to' : 'from'} {nice(isIn ? call.to : call.from)}{call.duration !== undefined && ` · ${span(call.duration * 1000)}`}</span>
      </span>
      <span class="row-end"><Pill words={call.status} /><time>{timeOfDay(call.at)}</time></span>
    </>
  );
}

function NoCalls({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="None like that"><p>Calls of all accounts are looked through by number, status and SID.</p></Empty>;
  const to = numbers.order.find((n) => n.voice_url)?.number ?? '+14155550100';
  return (
    <Empty title="No call yet">
      <p>Dial a number from a phone on the Phones page, or with this:</p>
      <Code words={curl('POST', '/handsets/+14155550199/calls', { to, script: [] })} what="Command" />
      <p>Its documents, words and keys appear here as they happen.</p>
    </Empty>
  );
}
