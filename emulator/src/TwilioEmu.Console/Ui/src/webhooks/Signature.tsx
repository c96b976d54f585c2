import { origin } from './explain';
import { Code } from '../parts/Code';
import type { Webhook } from '../world/types';

/** What was signed, piece by piece, so that a validator that says no can be compared with it. */
export function Signature({ hook }: { hook: Webhook }) {
  const { signature, signed, url, method, parameters } = hook.request;
  if (!signature) return null;
  const fields = Object.entries(parameters ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const isForm = method === 'POST' && signed !== undefined && fields.length > 0;
  const signedUrl = isForm && signed.endsWith(fields.map(([n, v]) => n + v).join('')) ? signed.slice(0, signed.length - fields.map(([n, v]) => n + v).join('').length) : url;
  return (
    <details class="signature" open={hook.answer?.status === 403 || hook.answer?.status === 401}>
      <summary>Signature</summary>
      <p>The header <code>X-Twilio-Signature</code> is the HMAC-SHA1, under the account’s auth token, of the URL with the POST fields behind it, sorted by name, nothing between them.</p>
      <p class="signed"><mark>{signedUrl}</mark>{isForm && fields.map(([name, value]) => <span key={name}><b>{name}</b>{value}</span>)}</p>
      {(hook.answer?.status === 403 || hook.answer?.status === 401) && (
        <p class="bad-words" role="note">Your app seems to validate another URL. Give it this one, or tell the emulator where the one it expects leads: <code>public_names: {'{'} https://your.app: {origin(url)} {'}'}</code>.</p>
      )}
      <Code words={signature} what="Signature" />
      <p class="hint">Your app’s validator must see exactly this URL: scheme, host, port, path and query. Behind a proxy it often builds another one; <code>--public-names</code> makes the emulator sign the one it builds.</p>
    </details>
  );
}
