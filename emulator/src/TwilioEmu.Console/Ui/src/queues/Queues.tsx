import { Link, Subject } from '../app/Link';
import { Empty, Head } from '../parts/Panes';
import { count, nice, span, timeOfDay } from '../parts/words';
import { clock, isVirtual, nextWords, now, toNext } from '../world/clock';
import { tick } from '../world/journal';
import { useQueues } from '../world/queues';
import { calls, isOver } from '../world/records';
import { rooms } from '../world/rooms';
import { ConferenceRoom } from './ConferenceRoom';

/** Senders that are busy, calls that wait, and what holds time. */
export function Queues() {
  tick.value;
  const queues = useQueues();
  const waiting = calls.order.filter((c) => c.status === 'queued');
  const busy = (queues ?? []).filter((q) => Date.parse(q.last_leaves) > now.value || q.messages > 0);
  const told = clock.value;
  return (
    <div class="page">
      <Head title="Queues and rooms" />
      {busy.length === 0 && waiting.length === 0 && rooms.queues.size === 0 && rooms.conferences.size === 0 ? (
        <Empty title="Nothing waits">
          <p>Each sender has a queue and leaves at its rate: 1 segment a second for a long code, 3 for toll-free, 100 for a short code. Send more than that, and the queue stands here with the instant its last message leaves.</p>
          {!isVirtual.value && <p class="hint">With <code>--clock manual</code> you can watch it step by step.</p>}
        </Empty>
      ) : null}
      {busy.length > 0 && (
        <table class="grid" aria-label="Senders">
          <thead><tr><th scope="col">Sender</th><th scope="col">Rate</th><th scope="col" class="num">Messages</th><th scope="col" class="num">Segments</th><th scope="col">Filled</th><th scope="col">Last leaves</th></tr></thead>
          <tbody>
            {busy.map((q) => (
              <tr key={q.account + q.sender}>
                <td><b>{nice(q.sender)}</b></td>
                <td>{q.segments_per_second} / s</td>
                <td class="num">{q.messages.toLocaleString('en')}</td>
                <td class="num">{q.segments.toLocaleString('en')}</td>
                <td><meter min={0} max={q.capacity} high={q.capacity * 0.8} value={q.segments} aria-label={`${q.segments} of ${q.capacity} segments`} /></td>
                <td>{timeOfDay(q.last_leaves)} <span class="faint">in {span(Math.max(0, Date.parse(q.last_leaves) - now.value))}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {waiting.length > 0 && <section><h2>{count(waiting.length, 'call')} waiting for a slot</h2><ul class="plain-list">{waiting.slice(0, 50).map((c) => <li key={c.sid}><Subject of={c.sid} words={`${nice(c.from)} → ${nice(c.to)}`} /></li>)}</ul></section>}
      {[...rooms.conferences.values()].map((room) => <ConferenceRoom key={room.sid} room={room} />)}
      {[...rooms.queues].map(([name, waiting]) => (
        <section key={name} class="room" aria-label={`Queue ${name}`}>
          <h2>{name} <span class="faint">queue · {count(waiting.length, 'caller')} waiting</span></h2>
          <ol>
            {waiting.slice(0, 100).map(({ sid, since }) => (
              <li key={sid}><Subject of={sid} words={nice(calls.find(sid)?.from ?? sid)} /><span class="faint">for {span(Math.max(0, now.value - Date.parse(since)))}</span></li>
            ))}
          </ol>
        </section>
      ))}
      <section class="time-now" aria-label="Time">
        <h2>Time</h2>
        <dl>
          <dt>Now</dt><dd>{timeOfDay(now.value)} <span class="faint">{told?.mode}</span></dd>
          <dt>Next due</dt><dd>{told?.next_due ? <>{timeOfDay(told.next_due)} <span class="faint">{nextWords.value}</span></> : 'nothing'}
            {isVirtual.value && told?.next_due && <button type="button" class="button small" onClick={() => void toNext()}>Go there</button>}</dd>
          <dt>Waits for</dt><dd>{told?.holds.length ? told.holds.join(', ') : 'nobody'}</dd>
        </dl>
        <p class="hint">Calls going on: <Link to="/calls?show=live">{calls.order.filter((c) => !isOver(c)).length}</Link></p>
      </section>
    </div>
  );
}
