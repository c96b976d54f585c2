import { Link } from '../app/Link';
import { Copy } from '../parts/Copy';
import { Media } from '../parts/Media';
import { bare, timeOfDay } from '../parts/words';
import { isTrouble, webhooks } from '../world/webhooks';
import { RichParts } from './RichParts';
import type { Line } from './Thread';

// A word of 4 to 8 digits, alone or as 123-456: what apps send to be typed in.
const code = /(?:^|[^\d+])(\d{4,8}|\d{3}[- ]\d{3})(?!\d|[.:/]\d)/;

/** What became of it, in a sign and a word. */
function fate(line: Line): { sign: string; words: string; tone: string; to?: string } {
  const { message, isMine } = line;
  const to = message ? `/messages/${message.sid}` : undefined;
  if (isMine) {
    const hook = message && webhooks.order.findLast((w) => w.subject === message.sid);
    if (hook && isTrouble(hook)) return { sign: '!', words: 'the app failed', tone: 'bad', to: `/webhooks/${hook.id}` };
    if (hook?.outcome === 'answered') return { sign: '✓✓', words: 'the app answered', tone: 'good', to: `/webhooks/${hook.id}` };
    if (hook) return { sign: '✓', words: 'the app is thinking', tone: 'live', to: `/webhooks/${hook.id}` };
    return { sign: '✓', words: 'sent', tone: 'plain', ...(to ? { to } : {}) };
  }
  const link = to ? { to } : {};
  switch (message?.status) {
    case 'failed': case 'undelivered': case 'canceled': return { sign: '!', words: `${message.status}${message.error_code ? `, ${message.error_code}` : ''}`, tone: 'bad', ...link };
    case 'queued': case 'accepted': case 'scheduled': case 'sending': case 'sent': return { sign: '✓', words: message.status, tone: 'live', ...link };
    case undefined: return { sign: '✓✓', words: 'received', tone: 'good', ...link };
    default: return { sign: '✓✓', words: message!.status, tone: 'good', ...link };
  }
}

export function Bubble({ line, isFirst }: { line: Line; isFirst: boolean }) {
  const { text, message, isMine } = line;
  const found = !isMine ? code.exec(text.body)?.[1] : undefined;
  const state = fate(line);
  const hasCome = isMine || !message || message.status === 'delivered' || message.status === 'read';
  const segments = message?.num_segments ?? 1;
  const words = <><span aria-hidden="true">{state.sign}</span> {state.words}</>;
  return (
    <div class={`bubble-row ${isMine ? 'mine' : 'theirs'}${isFirst ? ' first' : ''}`}>
      <div class={`bubble${hasCome ? '' : ' coming'}${state.tone === 'bad' ? ' bad' : ''}`}>
        {text.media_urls.map((url) => <Media key={url} url={url} />)}
        {text.body && <p dir="auto">{text.body}</p>}
        {text.content && <RichParts content={text.content} text={text} number={bare(text.to)} />}
        {found && <Copy words={found.replace(/\D/g, '')} what="code" label={`Copy ${found}`} />}
      </div>
      <div class={`fate ${state.tone}`}>
        <time>{timeOfDay(line.at)}</time>
        {segments > 1 && <span> · {segments} segments</span>}
        <span> · {state.to ? <Link to={state.to}>{words}</Link> : words}</span>
      </div>
    </div>
  );
}
