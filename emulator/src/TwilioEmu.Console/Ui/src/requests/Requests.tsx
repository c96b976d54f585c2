import { filter, go, place, within } from '../app/route';
import { Link, Subject } from '../app/Link';
import { ErrorBox } from '../messages/MessageDetail';
import { AccountChoice, isOfChosen } from '../parts/AccountChoice';
import { Code } from '../parts/Code';
import { Empty, Head, Panes } from '../parts/Panes';
import { Choice, Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { exactTime, timeOfDay } from '../parts/words';
import { effectsOf, tick } from '../world/journal';
import { requests, type ApiRequest } from '../world/requests';
import { Fidelity } from './Fidelity';

/** What programs asked of the REST API, and how near each operation comes to the live service. */
export function Requests() {
  tick.value;
  if (place.value[1] === 'fidelity') return <Fidelity />;
  const words = filter('q').toLowerCase().split(/\s+/).filter(Boolean);
  const which = filter('show');
  const found = requests.order.filter((r) => isOfChosen(r.account) && (which === 'refused' ? r.refusal : which === 'warned' ? r.warnings.length : true)
    && (words.length === 0 || words.every((w) => `${r.method} ${r.path} ${r.operation} ${r.refusal?.code ?? ''} ${r.refusal?.message ?? ''}`.toLowerCase().includes(w)))).reverse();
  const open = place.value[1];
  const shown = requests.order.find((r) => String(r.seq) === open);
  return (
    <Panes back={within('/requests')} detail={open && <RequestDetail request={shown} />} list={
      <>
        <Head title="API requests">
          <Choice name="show" label="Show" options={[['', 'All'], ['refused', 'Refused'], ['warned', 'Warned']]} />
          <AccountChoice />
          <Search label="Path, operation, code" />
          <Link to="/requests/fidelity" class="button">Fidelity</Link>
        </Head>
        {found.length === 0 ? (
          <Empty title={requests.order.length ? 'None like that' : 'No request yet'}><p>Point your app here, by environment alone:</p><pre class="teach">{'eval "$(twilioemu env)" && node app.mjs'}</pre><p>Every request it makes stands here, refused ones with the reason.</p></Empty>
        ) : (
          <VirtualList items={found} rowHeight={48} label={`Requests, ${found.length}`} keyOf={(r) => r.seq} isOpen={(r) => String(r.seq) === open}
            onPick={(r) => go(within(`/requests/${r.seq}`), { replace: open !== undefined })} render={(r) => <Row request={r} />} />
        )}
      </>
    } />
  );
}

function Row({ request }: { request: ApiRequest }) {
  const { refusal } = request;
  const made = effectsOf(request.seq).find((e) => !e.kind.startsWith('request.'));
  return (
    <>
      <span class={`status-code ${refusal ? 'bad' : 'good'}`}>{refusal?.status ?? '2xx'}</span>
      <span class="two-lines"><span class="line-top"><span class="method">{request.method}</span><b class="url">{shorten(request.path)}</b></span><span class="line-under">{refusal ? `${refusal.code} ${refusal.message}` : request.warnings[0] ?? `${request.operation}${made ? ` · ${made.kind} ${made.data.to ? `to ${String(made.data.to)}` : ''}` : ''}`}</span></span>
      <span class="row-end"><time>{timeOfDay(request.at)}</time></span>
    </>
  );
}

const shorten = (path: string): string => path.replace(/^\/2010-04-01\/Accounts\/AC[0-9a-f]{32}/, '').replace(/([A-Z]{2})[0-9a-f]{28}(?=[0-9a-f]{4})/g, '$1…');

function RequestDetail({ request }: { request: ApiRequest | undefined }) {
  if (!request) return <div class="detail"><p class="hint">That request is not among what is remembered (any more).</p></div>;
  const effects = effectsOf(request.seq).filter((e) => !e.kind.startsWith('request.'));
  const made = effects.find((e) => Object.keys(e.data).length > 0);
  const { refusal } = request;
  const answer = refusal && { code: refusal.code, message: refusal.message, more_info: `https://www.twilio.com/docs/errors/${refusal.code}`, status: refusal.status };
  return (
    <article class="detail">
      <header class="detail-head"><span class={`status-code ${request.refusal ? 'bad' : 'good'}`}>{request.refusal?.status ?? '2xx'}</span><h2 class="url"><span class="method">{request.method}</span> {request.path}</h2><p class="detail-sub">{request.operation} · {exactTime(request.at)}</p></header>
      {request.refusal && <ErrorBox code={request.refusal.code} words={request.refusal.message} />}
      {request.warnings.map((w) => <p key={w} class="warning-box">{w}</p>)}
      {answer && <><h3>Answer</h3><Code words={JSON.stringify(answer, null, 2)} what="Answer" /></>}
      {made && <><h3>What it made</h3><p class="hint">As the journal has it; the answer carried it in the API’s own form.</p><Code words={JSON.stringify(made.data, null, 2)} what="What it made" tall /></>}
      <h3>What it did</h3>
      {effects.length === 0 && <p class="hint">Nothing: it only asked{refusal ? ', and was refused' : ''}.</p>}
      <ul class="plain-list">{effects.map((e) => <li key={e.seq}><Link to={`/timeline?q=seq:${e.seq}`}>{e.kind}</Link> <Subject of={e.subject} /></li>)}</ul>
    </article>
  );
}
