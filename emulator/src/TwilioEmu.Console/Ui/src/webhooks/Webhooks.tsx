import { filter, go, place, within } from '../app/route';
import { AccountChoice, isOfChosen } from '../parts/AccountChoice';
import { Empty, Head, Panes } from '../parts/Panes';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { Choice, Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { shortUrl, span, timeOfDay } from '../parts/words';
import { tick } from '../world/journal';
import { numbers } from '../world/records';
import type { Webhook } from '../world/types';
import { held, hold, holds, type Held } from '../world/breakpoint';
import { isTrouble, took, webhooks } from '../world/webhooks';
import { WebhookDetail } from './WebhookDetail';

function fits(hook: Webhook, words: string[], which: string): boolean {
  if (which === 'failed' && !isTrouble(hook)) return false;
  if (which === 'open' && hook.outcome !== 'in-flight') return false;
  if (words.length === 0) return true;
  const all = `${hook.id} ${hook.subject} ${hook.request.url ?? ''} ${hook.request.purpose ?? ''} ${hook.answer?.status ?? ''} ${hook.request.body ?? ''}`.toLowerCase();
  return words.every((w) => all.includes(w));
}

export function Webhooks() {
  tick.value;
  const words = filter('q').toLowerCase().split(/\s+/).filter(Boolean);
  const which = filter('show');
  const found = webhooks.order.filter((h) => isOfChosen(h.account) && fits(h, words, which)).reverse();
  const open = place.value[1];
  return (
    <Panes back={within('/webhooks')} detail={open && <WebhookDetail key={open} id={Number(open)} />} list={
      <>
        <Head title="Webhooks">
          <HoldChoice />
          <Choice name="show" label="Show" options={[['', 'All'], ['failed', 'In trouble'], ['open', 'In flight']]} />
          <AccountChoice />
          <Search label="URL, purpose, status, SID" />
        </Head>
        {found.length === 0 ? <NoWebhooks isFiltered={words.length > 0 || which !== '' || filter('account') !== ''} /> : (
          <VirtualList items={found} rowHeight={56} label={`Webhooks, ${found.length}`} keyOf={(h) => h.id} isOpen={(h) => String(h.id) === open}
            onPick={(h) => go(within(`/webhooks/${h.id}`), { replace: open !== undefined })} render={(h) => <Row hook={h} />} />
        )}
      </>
    } />
  );
}

export function Outcome({ hook }: { hook: Webhook }) {
  if (held.value.includes(hook.id)) return <span class="status-code held">held</span>;
  if (hook.outcome === 'in-flight') return <span class="status-code live">···</span>;
  const status = hook.answer?.status;
  return <span class={`status-code ${isTrouble(hook) ? 'bad' : 'good'}`}>{status ?? '✕'}<span class="unseen">{isTrouble(hook) ? ' in trouble' : ' well'}</span></span>;
}

const holdWords: [Held, string][] = [['none', 'none'], ['next', 'the next'], ['every', 'every one']];

/** A breakpoint: webhooks wait before they go out, to be looked at and answered by hand. */
function HoldChoice() {
  return (
    <label class={`hold-choice${holds.value === 'none' ? '' : ' on'}`} title="A held webhook waits before it goes out, and time with it, until you send it or answer by hand"><Icon path={icons.pause} size={14} />Hold
      <select aria-label="Hold webhooks" value={holds.value} onChange={(e) => void hold(e.currentTarget.value as Held)}>
        {holdWords.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
      </select>
    </label>
  );
}

function Row({ hook }: { hook: Webhook }) {
  const time = took(hook);
  return (
    <>
      <Outcome hook={hook} />
      <span class="two-lines">
        <span class="line-top"><span class="method">{hook.request.method ?? 'POST'}</span><b class="url">{shortUrl(hook.request.url ?? '')}</b></span>
        <span class="line-under">{hook.request.purpose} · {isTrouble(hook) ? (hook.alerts?.[0]?.message ?? hook.answer?.error_message ?? 'refused') : hook.subject.slice(0, 12)}</span>
      </span>
      <span class="row-end"><span class="took">{time === undefined ? '' : span(time)}</span><time>{timeOfDay(hook.at)}</time></span>
    </>
  );
}

function NoWebhooks({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="None like that"><p>Requests to your app are looked through by address, purpose, status and SID.</p></Empty>;
  const asked = numbers.order.find((n) => n.sms_url || n.voice_url);
  return (
    <Empty title="Your app was not asked anything yet">
      {asked
        ? <p>Text or call <b>{asked.number}</b> from a phone: your app is asked at <code>{asked.sms_url || asked.voice_url}</code>, and what was sent, what came back and why it failed stands here.</p>
        : <p>No number has a URL. Give one its <code>SmsUrl</code> or <code>VoiceUrl</code> under Numbers, then text or call it from a phone.</p>}
    </Empty>
  );
}
