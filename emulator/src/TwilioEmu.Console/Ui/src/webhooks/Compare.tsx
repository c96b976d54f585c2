import { useEffect, useState } from 'preact/hooks';
import { pretty } from '../parts/Code';
import { diff } from '../parts/diff';
import { timeOfDay } from '../parts/words';
import { get } from '../world/api';
import type { Webhook } from '../world/types';
import { webhooks } from '../world/webhooks';

/** So many others are offered, the newest first. */
const offered = 20;

/** This answer beside another's: what it was sent again from, or one that asked the same of the same URL. */
export function Compare({ hook }: { hook: Webhook }) {
  const others = webhooks.order.filter((h) => h.id !== hook.id && h.answer?.status && (h.id === hook.cause || hook.id === h.cause || (h.request.url === hook.request.url && h.request.purpose === hook.request.purpose))).slice(-offered).reverse();
  const first = others.find((h) => h.id === hook.cause);
  const [picked, setPicked] = useState<number | undefined>();
  const [other, setOther] = useState<Webhook | undefined>();
  const id = picked ?? first?.id;
  useEffect(() => {
    if (id !== undefined) get<Webhook>(`/webhooks/${id}`).then(setOther, () => undefined);
  }, [id]);
  if (others.length === 0 || !hook.answer?.status) return null;
  return (
    <details class="compare" open={first !== undefined}>
      <summary>Compare answers</summary>
      <label>With that of <select value={id ?? ''} onChange={(e) => setPicked(Number(e.currentTarget.value) || undefined)}>
        <option value="">another request…</option>
        {others.map((h) => <option key={h.id} value={h.id}>{h.id}: {timeOfDay(h.at)}, {h.answer?.status}{h.id === hook.cause ? ', what this was sent again from' : ''}</option>)}
      </select></label>
      {other && id !== undefined && (
        <pre class="diff" tabIndex={0} aria-label="Differences">
          {diff(lines(other), lines(hook)).map(({ sign, words }, i) => <span key={i} class={sign === '+' ? 'come' : sign === '-' ? 'gone' : ''}>{`${sign} ${words}\n`}</span>)}
        </pre>
      )}
    </details>
  );
}

const lines = ({ answer }: Webhook): string => `${answer?.status ?? ''} ${answer?.content_type ?? ''}\n${pretty(answer?.body ?? '', answer?.content_type)}`;
