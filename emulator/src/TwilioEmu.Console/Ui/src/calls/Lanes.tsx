import type { ComponentChildren } from 'preact';
import { Link } from '../app/Link';
import { Code, pretty } from '../parts/Code';
import { exactTime, nice, shortUrl } from '../parts/words';
import { meaningOf } from '../world/kinds';
import { number, text, type Call, type Entry } from '../world/types';
import { isTrouble, webhooks } from '../world/webhooks';

/** `app`, `twilio`, or the number of a party. */
type Lane = string;

interface Cell { entry: Entry; lane: Lane; title: string; words?: ComponentChildren; tone?: string }

/** Parties with a lane of their own; what more there are share the last. */
const most = 3;

/** The call from top to bottom: the app on the left, Twilio in the middle, each party on the right, in the order they came. */
export function Lanes({ story, phone, legs }: { story: Entry[]; phone: string; legs: readonly Call[] }) {
  const parties = [...new Set([phone, ...legs.map((leg) => leg.to)])].slice(0, most);
  const phoneOf = new Map(legs.map((leg) => [leg.sid, leg.to]));
  const laneOf = (party: string): Lane => (parties.includes(party) ? party : parties[parties.length - 1]!);
  const cells = story.map((entry) => cellOf(entry, phoneOf.get(entry.subject), phone)).filter((c): c is Cell => c !== undefined);
  const begun = cells[0] ? Date.parse(cells[0].entry.at) : 0;
  const lanes = ['app', 'twilio', ...parties];
  const names: Record<Lane, string> = { app: 'App', twilio: 'Twilio' };
  return (
    <table class={`lanes parties-${parties.length}`}>
      <thead><tr><th scope="col"><span class="unseen">Time</span></th>{lanes.map((l) => <th key={l} scope="col">{names[l] ?? (parties.length === 1 ? 'Phone' : nice(l))}</th>)}</tr></thead>
      <tbody>
        {cells.map(({ entry, lane, title, words, tone }, i) => (
          <tr key={entry.seq}>
            <td class="lane-time">{entry.at !== cells[i - 1]?.entry.at && <time title={exactTime(entry.at)}>{((Date.parse(entry.at) - begun) / 1000).toFixed(1)} s</time>}</td>
            {lanes.map((l) => (
              <td key={l} class={names[l] ? l : 'phone'} data-party={names[l] || parties.length === 1 ? undefined : nice(l)}>{l === (names[lane] ? lane : laneOf(lane)) && <div class={`cell ${tone ?? ''}`}><b>{title}</b>{words && <div>{words}</div>}</div>}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const statuses: Record<string, string> = {
  'call.queued': 'Queued', 'call.initiated': 'Dialling', 'call.ringing': 'Ringing', 'call.in-progress': 'Answered', 'call.completed': 'Completed', 'call.busy': 'Busy',
  'call.no-answer': 'No answer', 'call.failed': 'Failed', 'call.canceled': 'Canceled', 'call.bridged': 'Bridged', 'call.redirected': 'Redirected', 'call.cut_short': 'Cut short',
  'call.enqueued': 'Waits in a queue', 'call.dequeued': 'Taken from the queue', 'call.left_queue': 'Left the queue', 'call.parted': 'Parted',
};

/** What is shown of an entry; `leg` is the number of a party that the call itself dialled, where the entry is about that leg. */
function cellOf(entry: Entry, leg: string | undefined, phone: string): Cell | undefined {
  const { kind, data } = entry;
  const who = leg ?? (text(data, 'who') || phone);
  switch (kind) {
    case 'webhook.sent': {
      const hook = webhooks.all.get(entry.seq);
      const answer = hook?.answer;
      return {
        entry, lane: 'app', title: `Asked: ${text(data, 'purpose')}`, tone: hook && isTrouble(hook) ? 'bad' : 'doc',
        words: <><Link to={`/webhooks/${entry.seq}`}>{shortUrl(text(data, 'url'))} {answer?.status ?? answer?.error_message ?? '···'}</Link>{answer?.body && <Code words={pretty(answer.body.replace(/^<\?xml[^>]*\?>\s*/, ''), answer.content_type)} what="Document" />}</>,
      };
    }
    case 'webhook.answered': case 'webhook.failed': return undefined;
    case 'alert': return { entry, lane: 'app', title: `Alert ${number(data, 'code') ?? ''}`, words: text(data, 'message'), tone: 'bad' };
    case 'call.heard': return { entry, lane: who, title: text(data, 'kind') === 'speech' ? 'Hears' : `Hears ${text(data, 'kind')}`, words: <q dir="auto">{text(data, 'words')}</q>, tone: 'heard' };
    case 'call.said': return { entry, lane: who, title: 'Says', words: <q dir="auto">{text(data, 'words')}</q>, tone: 'said' };
    case 'call.pressed': return { entry, lane: who, title: 'Presses', words: <kbd>{text(data, 'digits') || text(data, 'words')}</kbd>, tone: 'said' };
    case 'call.gathered': return { entry, lane: 'twilio', title: 'Gathered', words: text(data, 'digits') || text(data, 'speech') || `nothing (${text(data, 'ended_by')})` };
  }
  const title = statuses[kind];
  if (title) return { entry, lane: leg ?? 'twilio', title, tone: /fail|busy|answer$|cancel|cut/.test(kind) ? 'bad' : 'status', ...(kind === 'call.bridged' ? { words: `with ${nice(text(data, 'party') || text(data, 'with'))}` } : {}) };
  // Kinds without a form of their own: their name, and the words they carry.
  return { entry, lane: 'twilio', title: kind.replace(/^call\./, '').replaceAll(/[._]/g, ' '), words: text(data, 'words') || text(data, 'warning') || text(data, 'message') || meaningOf(kind) };
}
