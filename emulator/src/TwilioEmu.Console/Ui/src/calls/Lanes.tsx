import type { ComponentChildren } from 'preact';
import { Link } from '../app/Link';
import { Code, pretty } from '../parts/Code';
import { exactTime, shortUrl, span } from '../parts/words';
import { meaningOf } from '../world/kinds';
import { number, text, type Entry } from '../world/types';
import { isTrouble, webhooks } from '../world/webhooks';

type Lane = 'app' | 'twilio' | 'phone';

interface Cell { entry: Entry; lane: Lane; title: string; words?: ComponentChildren; tone?: string }

/** The call from top to bottom: the app on the left, Twilio in the middle, the phone on the right. */
export function Lanes({ story }: { story: Entry[] }) {
  const cells = story.map(cellOf).filter((c): c is Cell => c !== undefined);
  const begun = cells[0] ? Date.parse(cells[0].entry.at) : 0;
  return (
    <table class="lanes">
      <thead><tr><th scope="col"><span class="unseen">Time</span></th><th scope="col">App</th><th scope="col">Twilio</th><th scope="col">Phone</th></tr></thead>
      <tbody>
        {cells.map(({ entry, lane, title, words, tone }) => (
          <tr key={entry.seq}>
            <td class="lane-time"><time title={exactTime(entry.at)}>{span(Date.parse(entry.at) - begun)}</time></td>
            {(['app', 'twilio', 'phone'] as const).map((l) => (
              <td key={l} class={l}>{l === lane && <div class={`cell ${tone ?? ''}`}><b>{title}</b>{words && <div>{words}</div>}</div>}</td>
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

function cellOf(entry: Entry): Cell | undefined {
  const { kind, data } = entry;
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
    case 'call.heard': return { entry, lane: 'phone', title: text(data, 'kind') === 'speech' ? 'Hears' : `Hears ${text(data, 'kind')}`, words: <q>{text(data, 'words')}</q>, tone: 'heard' };
    case 'call.said': return { entry, lane: 'phone', title: 'Says', words: <q>{text(data, 'words')}</q>, tone: 'said' };
    case 'call.pressed': return { entry, lane: 'phone', title: 'Presses', words: <kbd>{text(data, 'digits') || text(data, 'words')}</kbd>, tone: 'said' };
    case 'call.gathered': return { entry, lane: 'twilio', title: 'Gathered', words: text(data, 'digits') || text(data, 'speech') || `nothing (${text(data, 'ended_by')})` };
  }
  const title = statuses[kind];
  if (title) return { entry, lane: 'twilio', title, tone: /fail|busy|answer$|cancel|cut/.test(kind) ? 'bad' : 'status', ...(kind === 'call.bridged' ? { words: `with ${text(data, 'party') || text(data, 'with')}` } : {}) };
  // Kinds without a form of their own: their name, and the words they carry.
  return { entry, lane: 'twilio', title: kind.replace(/^call\./, '').replaceAll(/[._]/g, ' '), words: text(data, 'words') || text(data, 'warning') || text(data, 'message') || meaningOf(kind) };
}
