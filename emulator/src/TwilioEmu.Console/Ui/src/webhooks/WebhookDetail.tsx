import { useEffect, useState } from 'preact/hooks';
import { Link, Subject } from '../app/Link';
import { go } from '../app/route';
import { Code, Pairs, pretty } from '../parts/Code';
import { Copy } from '../parts/Copy';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { tell } from '../parts/Toasts';
import { exactTime, span } from '../parts/words';
import { ask, get, quote } from '../world/api';
import { tick } from '../world/journal';
import { took, webhooks } from '../world/webhooks';
import type { Webhook } from '../world/types';
import { held } from '../world/breakpoint';
import { Compare } from './Compare';
import { EditAndSend } from './EditAndSend';
import { explain } from './explain';
import { HeldForm } from './HeldForm';
import { Outcome } from './Webhooks';
import { Signature } from './Signature';

/** One request to the app: why it failed, what went out, what came back, what was signed. */
export function WebhookDetail({ id }: { id: number }) {
  tick.value;
  const live = webhooks.all.get(id);
  const [whole, setWhole] = useState<Webhook | undefined>();
  const [isEditing, setEditing] = useState(false);
  useEffect(() => {
    get<Webhook>(`/webhooks/${id}`).then(setWhole, () => undefined);
  }, [id, live?.outcome, live?.alerts?.length]);
  const hook = whole ?? live;
  if (!hook) return <div class="detail"><h2>Webhook {id}</h2><p class="hint">It is not among what is remembered (any more).</p></div>;
  const { request, answer } = hook;
  const why = explain(hook);
  const time = took(hook);

  async function replay(): Promise<void> {
    try {
      const again = await ask<Webhook>('POST', `/webhooks/${id}/replay`, {});
      tell(`Sent again: ${again.answer?.status ?? again.answer?.error_message ?? again.outcome}`);
      go(`/webhooks/${again.id}`);
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }

  return (
    <article class="detail">
      <header class="detail-head">
        <Outcome hook={hook} />
        <h2 class="url"><span class="method">{request.method}</span> {request.url}</h2>
        <p class="detail-sub">{request.purpose} for <Subject of={hook.subject} /> · {exactTime(hook.at)}{time !== undefined && ` · ${span(time)}`}{(answer?.attempts?.length ?? 0) > 1 && ` · ${answer!.attempts!.length} attempts`}</p>
      </header>
      {held.value.includes(hook.id) && <HeldForm hook={hook} />}
      {why && (
        <div class="error-box" role="note">
          {why.code ? <b>{why.code}</b> : null} <span>{why.words}</span>
          {why.code ? <a href={`https://www.twilio.com/docs/api/errors/${why.code}`} target="_blank" rel="noreferrer noopener">What it means</a> : null}
          {why.hint && <p>{why.hint}</p>}
        </div>
      )}
      <div class="actions">
        {!held.value.includes(hook.id) && <button type="button" class="button small primary" onClick={() => void replay()}><Icon path={icons.replay} size={15} />Replay</button>}
        <button type="button" class="button small" aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>Edit and send</button>
        <Copy words={() => asCurl(hook)} what="curl command" label="Copy as curl" />
        <Link to={`/timeline?q=seq:${hook.id}`} class="button small">In the timeline</Link>
      </div>
      {isEditing && <EditAndSend hook={hook} />}
      <h3>Answer</h3>
      {answer === null ? <p class="hint">None yet.</p> : answer.body || answer.status ? (
        <>
          {answer.body ? <Code words={pretty(answer.body, answer.content_type)} what="Answer" tall /> : <p class="hint">No body.</p>}
          <details><summary>Headers of the answer</summary><Pairs pairs={{ Status: String(answer.status), ...answer.headers }} label="Headers of the answer" /></details>
        </>
      ) : <p class="hint">{answer.error_message}</p>}
      <Compare hook={hook} />
      <h3>Parameters</h3>
      {request.parameters && Object.keys(request.parameters).length > 0 ? <Pairs pairs={request.parameters} label="Parameters" /> : <p class="hint">None.</p>}
      <Signature hook={hook} />
      <details><summary>Headers of the request</summary><Pairs pairs={request.headers ?? {}} label="Headers of the request" /></details>
      <details><summary>Raw body</summary><Code words={request.body ?? ''} what="Body" /></details>
      {(answer?.attempts?.length ?? 0) > 1 && (
        <details open><summary>Attempts</summary>
          <ol class="attempts">{answer!.attempts!.map((a, i) => <li key={i}>{a.method} {a.url} <b>{a.status ?? a.error_message}</b>{a.seconds !== undefined && ` in ${span(a.seconds * 1000)}`}</li>)}</ol>
        </details>
      )}
    </article>
  );
}

/** The same bytes for a terminal, signature and all. */
function asCurl({ request }: Webhook): string {
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => name !== 'Host').map(([name, value]) => ` \\\n  -H ${quote(`${name}: ${value}`)}`);
  return `curl -X ${request.method} ${quote(request.url ?? '')}${headers.join('')}${request.body ? ` \\\n  --data ${quote(request.body)}` : ''}`;
}
