import { useState } from 'preact/hooks';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { letGo } from '../world/breakpoint';
import type { Webhook } from '../world/types';

const answers: Record<string, string> = {
  sms: '<Response><Message>Thank you</Message></Response>',
  voice: '<Response><Say>Hello</Say></Response>',
  action: '<Response><Say>Thank you</Say></Response>',
};

/** A webhook that waits: to the app with it, or answer in the app's place. */
export function HeldForm({ hook }: { hook: Webhook }) {
  const [status, setStatus] = useState(200);
  const [type, setType] = useState('text/xml');
  const [body, setBody] = useState(answers[hook.request.purpose ?? ''] ?? '');
  return (
    <form class="held-form" aria-label="Held webhook" onSubmit={(e) => { e.preventDefault(); void letGo(hook.id, { status, content_type: type, body }); }}>
      <h3>Held before it goes out</h3>
      <p>The app has not been asked. Virtual time stands, and its 15 seconds have not begun.</p>
      <button type="button" class="button small primary" onClick={() => void letGo(hook.id)}><Icon path={icons.send} size={15} />Send it to the app</button>
      <p class="or">or answer in the app’s place</p>
      <div class="held-fields">
        <label>Status<input type="number" min={100} max={599} required value={status} onInput={(e) => setStatus(Number(e.currentTarget.value))} /></label>
        <label>Content-Type<input required value={type} onInput={(e) => setType(e.currentTarget.value.trim())} /></label>
      </div>
      <textarea rows={5} aria-label="Body of the answer" spellcheck={false} value={body} onInput={(e) => setBody(e.currentTarget.value)} />
      <button type="submit" class="button small">Answer by hand</button>
    </form>
  );
}
