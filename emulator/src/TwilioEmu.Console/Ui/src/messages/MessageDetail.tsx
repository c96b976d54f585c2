import { Link, Subject } from '../app/Link';
import { Copy } from '../parts/Copy';
import { Media } from '../parts/Media';
import { Pill } from '../parts/Pill';
import { Steps, type Step } from '../parts/Steps';
import { tell } from '../parts/Toasts';
import { nice, span, timeOfDay } from '../parts/words';
import { accounts } from '../world/accounts';
import { rest, restCurl } from '../world/api';
import { writeMessage } from '../stories/writeStory';
import { now } from '../world/clock';
import { placeOf, useQueues } from '../world/queues';
import { messages, numbers } from '../world/records';
import { useStory } from '../world/story';
import { number, text, type Entry, type Message } from '../world/types';
import { isTrouble, took, webhooks } from '../world/webhooks';

/** One message, as what happened to it from the first word to the last. */
export function MessageDetail({ sid }: { sid: string }) {
  const story = useStory(sid);
  const last = story.findLast((e) => e.kind.startsWith('message.') && typeof e.data.status === 'string');
  const message = messages.find(sid) ?? (last && ({ ...last.data, sid, account: last.account, at: story[0]!.at } as unknown as Message));
  if (!message) return <div class="detail"><h2>Message {sid}</h2><p class="hint">It is not among what is remembered (any more).</p></div>;
  const account = accounts.value.find((a) => a.sid === message.account);
  const isIn = message.direction === 'inbound';
  const path = `/2010-04-01/Accounts/${message.account}/Messages.json`;
  const form = { From: message.from, To: message.to, Body: message.body, ...(message.media_urls?.[0] ? { MediaUrl: message.media_urls[0] } : {}) };
  async function again(): Promise<void> {
    try {
      await rest(account!, 'POST', path, form);
      tell('Sent again');
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  return (
    <article class="detail">
      <header class="detail-head">
        <Pill words={message.status} />
        <h2>{nice(message.from)} <span class="faint">→</span> {nice(message.to)}</h2>
        <p class="detail-sub"><code>{sid}</code><Copy words={sid} what="SID" quiet /></p>
      </header>
      {message.error_code ? <ErrorBox code={message.error_code} words={message.error_message ?? ''} /> : null}
      <blockquote dir="auto" class={isIn ? 'in' : 'out'}>{message.body || <i>No words</i>}
        {message.media_urls?.map((url) => <Media key={url} url={url} />)}
      </blockquote>
      <p class="facts">{message.direction} · {message.num_segments === 1 ? '1 segment' : `${message.num_segments} segments`} · on the phone <Subject of={isIn ? message.from : message.to} words={nice(isIn ? message.from : message.to)} /></p>
      <div class="actions">
        {!isIn && account && <button type="button" class="button small" onClick={() => void again()}>Send again</button>}
        {!isIn && <Copy words={() => restCurl(account, path, form)} what="curl command" label="Copy as curl" />}
        <Copy words={() => writeMessage(message, numbers.order)} what="story" label="Copy as story" />
      </div>
      <h3>What happened</h3>
      <Steps steps={story.map((e) => stepOf(e, message)).filter((s): s is Step => s !== undefined)} />
    </article>
  );
}

export function ErrorBox({ code, words }: { code: number; words: string }) {
  return (
    <div class="error-box" role="note">
      <b>{code}</b> <span>{words}</span>
      <a href={`https://www.twilio.com/docs/api/errors/${code}`} target="_blank" rel="noreferrer noopener">What it means</a>
    </div>
  );
}

const said: Record<string, string> = {
  'message.queued': 'Queued at its sender', 'message.sending': 'Handed to the carrier', 'message.sent': 'Taken by the carrier', 'message.delivered': 'The phone has it',
  'message.undelivered': 'Did not reach the phone', 'message.failed': 'Failed', 'message.received': 'Received from the phone', 'message.accepted': 'Accepted', 'message.scheduled': 'Scheduled',
  'message.canceled': 'Canceled', 'message.redacted': 'Its words were removed', 'message.read': 'Read', 'message.deleted': 'Deleted',
};

/** Where it stands in its sender's queue, while it does. */
function Place({ message }: { message: Message }) {
  useQueues();
  const found = placeOf(message);
  return found ? <>{found.place.toLocaleString('en')} of {found.of.toLocaleString('en')} in the queue · leaves at {timeOfDay(found.leaves)}, in {span(Math.max(0, found.leaves - now.value))} · <Link to="/queues">its queue</Link></> : null;
}

function stepOf(entry: Entry, message: Message): Step | undefined {
  if (entry.kind === 'webhook.sent') {
    const hook = webhooks.all.get(entry.seq);
    const purpose = text(entry.data, 'purpose');
    const name = purpose === 'status-callback' ? `Told the app: ${text((entry.data.parameters as Record<string, unknown>) ?? {}, 'MessageStatus')}` : 'Asked the app';
    const time = hook && took(hook);
    const answer = !hook ? '' : hook.outcome === 'in-flight' ? 'no answer yet' : hook.answer?.status ? `${hook.answer.status}${time === undefined ? '' : ` in ${span(time)}`}` : hook.answer?.error_message ?? 'no answer';
    return { entry, title: name, under: <>{text(entry.data, 'url')} <Link to={`/webhooks/${entry.seq}`}>{answer || 'see it'}</Link></>, tone: hook && isTrouble(hook) ? 'bad' : 'app' };
  }
  if (entry.kind === 'webhook.answered' || entry.kind === 'webhook.failed') return undefined;
  if (entry.kind === 'alert') return { entry, title: `Alert ${number(entry.data, 'code') ?? ''}`, under: text(entry.data, 'message'), tone: 'bad' };
  const title = said[entry.kind];
  return { entry, title: title ?? entry.kind, under: entry.kind === 'message.queued' && message.status === 'queued' ? <Place message={message} /> : undefined, tone: /fail|undeliv|cancel/.test(entry.kind) ? 'bad' : /deliver|received|read/.test(entry.kind) ? 'good' : 'plain' };
}
