import { useEffect, useState } from 'preact/hooks';
import { Link, Subject } from '../app/Link';
import { Code } from '../parts/Code';
import { Copy } from '../parts/Copy';
import { exactTime } from '../parts/words';
import { curl, get } from '../world/api';
import { meaningOf } from '../world/kinds';
import { effectsOf, find, tick } from '../world/journal';
import type { Entry } from '../world/types';
import { summary } from './reading';

/** One entry: what led to it, what it led to, all that it says. */
export function EntryDetail({ seq }: { seq: number }) {
  tick.value;
  const [asked, setAsked] = useState<Entry | undefined>();
  const held = find(seq);
  useEffect(() => {
    if (!held) get<{ entries: Entry[] }>(`/journal?after=${seq - 1}&limit=1`).then((f) => setAsked(f.entries.find((e) => e.seq === seq)), () => undefined);
  }, [seq, held === undefined]);
  const entry = held ?? asked;
  if (!entry) return <div class="detail"><h2>Entry {seq}</h2><p class="hint">It is not among what is remembered (any more).</p></div>;
  const causes: Entry[] = [];
  for (let at = find(entry.cause); at && causes.length < 50; at = find(at.cause)) causes.unshift(at);
  const effects = effectsOf(seq);
  const expect = { match: { kind: entry.kind, subject: entry.subject }, within: '10s' };
  return (
    <article class="detail">
      <header class="detail-head"><h2>{entry.kind}</h2><p class="detail-sub"><Subject of={entry.subject} /> · {exactTime(entry.at)} · {entry.seq}</p></header>
      {meaningOf(entry.kind) && <p class="facts">Means: {meaningOf(entry.kind)}.</p>}
      <div class="actions">
        <Copy words={() => curl('POST', '/expect', expect)} what="expect" label="Copy as expect" />
        <Copy words={() => `await twilio.ExpectAsync(new() { Kind = "${entry.kind}", Subject = "${entry.subject}" });`} what="C# line" label="C#" />
        <Copy words={() => `await emulator.expect(${JSON.stringify(expect.match)}, { within: '10s' });`} what="JS line" label="JS" />
        <Copy words={() => `- { expect: { kind: ${entry.kind}, subject: "${entry.subject}" }, within: 10s }`} what="step of a story" label="Story" />
        {entry.kind === 'webhook.sent' && <Link to={`/webhooks/${entry.seq}`} class="button small">Open the webhook</Link>}
      </div>
      {causes.length > 0 && <><h3>Because of</h3><Chain entries={causes} /></>}
      {effects.length > 0 && <><h3>Led to</h3><Chain entries={effects} /></>}
      <h3>Says</h3>
      <Code words={JSON.stringify(entry, null, 2)} what="Entry" tall />
    </article>
  );
}

function Chain({ entries }: { entries: Entry[] }) {
  return <ol class="chain">{entries.map((e) => <li key={e.seq}><Link to={`/timeline/${e.seq}`}>{e.kind}</Link><span>{summary(e)}</span></li>)}</ol>;
}
