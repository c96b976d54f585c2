const good = new Set(['delivered', 'received', 'completed', 'answered', 'read', 'behaves', '2xx', 'connected']);
const bad = new Set(['failed', 'undelivered', 'busy', 'no-answer', 'canceled', 'refused', 'error']);
const live = new Set(['queued', 'accepted', 'sent', 'scheduled', 'sending', 'ringing', 'in-progress', 'in-flight', 'dialling', 'initiated']);

/** The colour that a status stands for. */
export const toneOf = (status: string): string => (good.has(status) ? 'good' : bad.has(status) ? 'bad' : live.has(status) ? 'live' : 'plain');

export function Pill({ words, tone }: { words: string; tone?: string }) {
  return <span class={`pill ${tone ?? toneOf(words)}`}>{words}</span>;
}
