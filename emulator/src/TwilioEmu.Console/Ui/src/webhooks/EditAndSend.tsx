import { useState } from 'preact/hooks';
import { Code, pretty } from '../parts/Code';
import { tell } from '../parts/Toasts';
import { ask } from '../world/api';
import type { Webhook } from '../world/types';
import { go } from '../app/route';

/** The same request with other parameters: signed anew, and sent by the emulator as the first was. */
export function EditAndSend({ hook }: { hook: Webhook }) {
  const [fields, setFields] = useState(Object.entries(hook.request.parameters ?? {}));
  const [url, setUrl] = useState(hook.request.url ?? '');
  async function send(): Promise<void> {
    try {
      const again = await ask<Webhook>('POST', `/webhooks/${hook.id}/replay`, { url, parameters: Object.fromEntries(fields.filter(([name]) => name)) });
      tell(`Sent: ${again.answer?.status ?? again.answer?.error_message ?? again.outcome}`);
      go(`/webhooks/${again.id}`);
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  const change = (at: number, what: 0 | 1, value: string): void => setFields(fields.map((f, i) => (i === at ? (what ? [f[0], value] : [value, f[1]]) : f)));
  return (
    <form class="edit" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <label class="edit-url">URL<input type="url" required value={url} onInput={(e) => setUrl(e.currentTarget.value)} /></label>
      <div class="edit-fields">
        {fields.map(([name, value], i) => (
          <div key={i}>
            <input aria-label="Name" value={name} onInput={(e) => change(i, 0, e.currentTarget.value)} />
            <input aria-label={`Value of ${name}`} value={value} onInput={(e) => change(i, 1, e.currentTarget.value)} />
          </div>
        ))}
      </div>
      <div class="actions">
        <button type="submit" class="button small primary">Sign and send</button>
        <button type="button" class="button small" onClick={() => setFields([...fields, ['', '']])}>Add a parameter</button>
      </div>
      {hook.answer?.body && <details><summary>The first answer, to compare</summary><Code words={pretty(hook.answer.body, hook.answer.content_type)} what="First answer" /></details>}
    </form>
  );
}
