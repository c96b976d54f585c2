import { useEffect, useState } from 'preact/hooks';
import { Link, Subject } from '../app/Link';
import { Copy } from '../parts/Copy';
import { Pill } from '../parts/Pill';
import { tell } from '../parts/Toasts';
import { nice, span } from '../parts/words';
import { accounts } from '../world/accounts';
import { ask, rest } from '../world/api';
import { askForKinds } from '../world/kinds';
import { calls, isNumber, isOver } from '../world/records';
import { rooms } from '../world/rooms';
import { useStory } from '../world/story';
import type { Call } from '../world/types';
import { Lanes } from './Lanes';
import { Recordings } from './Recordings';

/** One call: who, how it stands, what can be done in it, and its lanes in time. */
export function CallDetail({ sid }: { sid: string }) {
  useEffect(askForKinds, []);
  const children = calls.order.filter((c) => c.parent_call_sid === sid);
  const story = useStory(sid, ...children.map((c) => c.sid));
  const last = story.findLast((e) => e.subject === sid && typeof e.data.status === 'string' && typeof e.data.direction === 'string');
  const call = calls.find(sid) ?? (last && ({ ...last.data, sid, account: last.account, at: story[0]!.at } as unknown as Call));
  if (!call) return <div class="detail"><h2>Call {sid}</h2><p class="hint">It is not among what is remembered (any more).</p></div>;
  const phone = isNumber(call.from) ? call.to : call.from;
  const room = [...rooms.conferences.values()].find((r) => r.members.some((m) => m.sid === sid));
  return (
    <article class="detail">
      <header class="detail-head">
        <Pill words={call.status} />
        <h2>{nice(call.from)} <span class="faint">→</span> {nice(call.to)}</h2>
        <p class="detail-sub"><code>{sid}</code><Copy words={sid} what="SID" quiet /></p>
      </header>
      <p class="facts">{call.direction}{call.duration !== undefined && ` · ${span(call.duration * 1000)}`} · on the phone <Subject of={phone} words={nice(phone)} />
        {room && <> · in the conference <Link to="/queues">{room.name}</Link></>}
        {call.parent_call_sid && <> · dialled by <Subject of={call.parent_call_sid} /></>}
        {children.map((c) => <span key={c.sid}> · dialled <Subject of={c.sid} words={nice(c.to)} /></span>)}</p>
      {!isOver(call) && <Hand call={call} phone={phone} />}
      <Recordings call={sid} />
      <h3>What happened</h3>
      <Lanes story={story} phone={phone} legs={children} />
    </article>
  );
}

/** Keys, words and the end of a call that goes on. */
function Hand({ call, phone }: { call: Call; phone: string }) {
  const [words, setWords] = useState('');
  const [onward, setOnward] = useState('');
  const account = accounts.value.find((a) => a.sid === call.account);
  async function act(deed: Record<string, unknown>): Promise<void> {
    try {
      await ask('POST', `/calls/${call.sid}/act`, { ...deed, handset: phone });
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  async function redirect(): Promise<void> {
    try {
      await rest(account!, 'POST', `/2010-04-01/Accounts/${call.account}/Calls/${call.sid}.json`, onward.trim().startsWith('<') ? { Twiml: onward.trim() } : { Url: onward.trim() });
      setOnward('');
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  async function end(): Promise<void> {
    try {
      await rest(account!, 'POST', `/2010-04-01/Accounts/${call.account}/Calls/${call.sid}.json`, { Status: call.status === 'in-progress' ? 'completed' : 'canceled' });
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  return (
    <form class="actions hand" onSubmit={(e) => { e.preventDefault(); if (words.trim()) void act(/^[\d*#]+$/.test(words.trim()) ? { presses: words.trim() } : { says: words.trim() }); setWords(''); }}>
      <input value={words} placeholder="Say words, or press keys such as 1#" aria-label="Say words, or press keys" onInput={(e) => setWords(e.currentTarget.value)} />
      <button type="submit" class="button small">Say or press</button>
      <button type="button" class="button small" onClick={() => void act({ hangs_up: true })}>Phone hangs up</button>
      {account && <button type="button" class="button small" onClick={() => void end()}>End by REST</button>}
      {account && call.status === 'in-progress' && (
        <details class="redirect">
          <summary>Redirect</summary>
          <textarea rows={2} aria-label="URL or TwiML to go on with" spellcheck={false} placeholder="http://localhost:3000/other, or <Response>…</Response>" value={onward} onInput={(e) => setOnward(e.currentTarget.value)} />
          <button type="button" class="button small" disabled={!onward.trim()} onClick={() => void redirect()}>Go on with it</button>
        </details>
      )}
    </form>
  );
}
