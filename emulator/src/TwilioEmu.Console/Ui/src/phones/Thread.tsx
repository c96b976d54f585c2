import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { Media } from '../parts/Media';
import { tell } from '../parts/Toasts';
import { bare, nice } from '../parts/words';
import { ask } from '../world/api';
import { messages, numbers as known } from '../world/records';
import { webhooks } from '../world/webhooks';
import { phones } from '../world/phones';
import type { Message, Phone, Text } from '../world/types';
import { Bubble } from './Bubble';
import { NoApp } from './NoApp';
import { pictureOf } from './picture';

interface Props { number: string; remembered: Phone | undefined; numbers: string[] }

/** What stands in a thread: a text the phone has, or one on its way to it. */
export interface Line { at: string; key: string; isMine: boolean; text: Text; message: Message | undefined }

function linesOf(number: string, remembered: Phone | undefined): Line[] {
  const lines = new Map<string, Line>();
  const story = phones.all.get(number)?.texts ?? [];
  for (const text of [...(remembered?.received ?? []), ...(remembered?.sent ?? []), ...story]) {
    const isMine = bare(text.from) === number;
    const key = text.message_sid && !text.message_sid.startsWith('#') ? text.message_sid : `${text.at}${text.body}`;
    lines.set(key, { at: lines.get(key)?.at ?? text.at, key, isMine, text, message: messages.find(text.message_sid) });
  }
  // Texts to this phone that have not come, or never will.
  for (const message of messages.order) {
    if (bare(message.to) !== number || lines.has(message.sid) || message.direction === 'inbound') continue;
    lines.set(message.sid, { at: message.at, key: message.sid, isMine: false, text: { ...message, message_sid: message.sid, media_urls: message.media_urls ?? [] }, message });
  }
  return [...lines.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export function Thread({ number, remembered, numbers }: Props) {
  const all = linesOf(number, remembered);
  const partners = [...new Set(all.map((l) => (l.isMine ? l.text.to : l.text.from)).reverse())];
  const [picked, setPicked] = useState<string | undefined>();
  const partner = picked ?? partners[0] ?? numbers[0] ?? '';
  const lines = all.filter((l) => (l.isMine ? l.text.to : l.text.from) === partner).slice(-200);
  const owner = known.order.find((n) => n.number === partner);
  const last = lines[lines.length - 1];
  const asksNobody = owner?.sms_url === '' && last?.isMine && !webhooks.order.some((w) => w.subject === last.text.message_sid) ? owner : undefined;
  const end = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    end.current?.parentElement?.scrollTo({ top: 1e9 });
  }, [lines.length, partner, asksNobody === undefined]);
  useEffect(() => setPicked(undefined), [number]);
  return (
    <>
      <div class="partners" role="group" aria-label="With">
        {[...new Set([...partners, ...numbers])].slice(0, 8).map((p) => (
          <button key={p} type="button" aria-pressed={p === partner} onClick={() => setPicked(p)}>{nice(p)}</button>
        ))}
      </div>
      <div class={`thread${partner.startsWith('whatsapp:') ? ' whatsapp' : ''}`} role="log" aria-label={`Texts with ${partner}`} tabIndex={0}>
        {lines.length === 0 && (
          <div class="thread-empty">
            <p>{partner ? <>Nothing between this phone and <b>{nice(partner)}</b> yet. Text it below, or let your app text this phone:</> : 'No account owns a number yet. Buy one under Numbers, then text it from here.'}</p>
            {partner && <pre>{`client.messages.create({\n  from: '${partner}',\n  to: '${number}',\n  body: 'Hello',\n})`}</pre>}
          </div>
        )}
        {lines.map((line, i) => <Bubble key={line.key} line={line} isFirst={lines[i - 1]?.isMine !== line.isMine || Date.parse(line.at) - Date.parse(lines[i - 1]!.at) > 300_000} />)}
        {asksNobody && <NoApp number={asksNobody} phone={number} field="SmsUrl" />}
        <div ref={end} />
      </div>
      <Composer number={number} to={partner} onTo={setPicked} />
    </>
  );
}

function Composer({ number, to, onTo }: { number: string; to: string; onTo: (to: string) => void }) {
  const [body, setBody] = useState('');
  const [media, setMedia] = useState<string | undefined>();
  async function take(files: FileList | null | undefined): Promise<void> {
    const file = files?.[0];
    if (!file) return;
    try {
      setMedia(await pictureOf(file));
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }

  async function share(): Promise<void> {
    const place = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(body);
    if (!place) {
      tell('Write where: latitude, longitude and a name, such as 37.7879, -122.4075 Union Square');
      return;
    }
    try {
      await ask('POST', `/handsets/${encodeURIComponent(number)}/messages`, { to, shares: { latitude: Number(place[1]), longitude: Number(place[2]), ...(place[3] ? { label: place[3] } : {}) } });
      setBody('');
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }

  async function send(): Promise<void> {
    if (!to || (!body.trim() && !media)) return;
    const text = { to, body, ...(media ? { media_urls: [media] } : {}) };
    setBody('');
    setMedia(undefined);
    try {
      const { warnings } = await ask<{ warnings?: string[] }>('POST', `/handsets/${encodeURIComponent(number)}/messages`, text);
      // A number without an app is told of below the text itself.
      if (warnings?.[0] && known.order.find((n) => n.number === to)?.sms_url !== '') tell(warnings[0], 'bad');
    } catch (refused) {
      setBody(body);
      tell((refused as Error).message, 'bad');
    }
  }
  return (
    <form class="composer" onDragOver={(e) => e.preventDefault()} onDrop={(e) => { e.preventDefault(); void take(e.dataTransfer?.files); }} onPaste={(e) => { if (e.clipboardData?.files.length) { e.preventDefault(); void take(e.clipboardData.files); } }} onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <label class="composer-to">To<input list="app-numbers" value={to} aria-label="To" onChange={(e) => onTo(e.currentTarget.value.trim())} />
        {to.startsWith('whatsapp:') && <button type="button" class="link" onClick={() => void share()}>share place</button>}
        <button type="button" class="link" aria-expanded={media !== undefined} onClick={() => setMedia(media === undefined ? '' : undefined)}>{media === undefined ? '+ picture' : 'no picture'}</button></label>
      {media?.startsWith('data:') && <div class="composer-picture"><Media url={media} /></div>}
      {media !== undefined && !media.startsWith('data:') && <div class="composer-attach"><label class="button small">Choose or drop a file<input type="file" class="unseen" accept="image/png,image/jpeg,image/gif,image/webp" onChange={(e) => void take(e.currentTarget.files)} /></label><input type="url" class="composer-media" value={media} placeholder="http://localhost/cat.png" aria-label="Address of a picture" onInput={(e) => setMedia(e.currentTarget.value)} /></div>}
      <div class="composer-row">
        <textarea rows={1} dir="auto" value={body} placeholder="Text message" aria-label="Text message" onInput={(e) => setBody(e.currentTarget.value)}
          onKeyDown={(e) => { if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); void send(); } }} />
        <button type="submit" class="round send" aria-label="Send" disabled={!to || (!body.trim() && !media)}><Icon path={icons.send} /></button>
      </div>
    </form>
  );
}
