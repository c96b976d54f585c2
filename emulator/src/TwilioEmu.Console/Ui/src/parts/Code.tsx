import { Copy } from './Copy';

/** Text that is code: shown as it is, with a way to take it along. */
export function Code({ words, what, tall }: { words: string; what: string; tall?: boolean }) {
  return (
    <div class="code">
      <pre tabIndex={0} aria-label={what} class={tall ? 'tall' : ''}>{words}</pre>
      <Copy words={words} what={what} quiet />
    </div>
  );
}

/** Markup with its elements on lines of their own, where it is well made; else as it is. */
export function pretty(body: string, type?: string | null): string {
  const trimmed = body.trim();
  if (type?.includes('json') || /^[[{]/.test(trimmed)) {
    try {
      return JSON.stringify(JSON.parse(trimmed), null, 2);
    } catch {
      return body;
    }
  }
  if (!trimmed.startsWith('<') || trimmed.includes('\n')) return body;
  let depth = 0;
  return trimmed.replace(/>\s*</g, '>\n<').split('\n').map((line) => {
    if (/^<\//.test(line)) depth--;
    const indented = '  '.repeat(Math.max(0, depth)) + line;
    if (/^<[^!?/][^>]*[^/]>$/.test(line) || /^<[^!?/][^/>]>$/.test(line)) depth++;
    return indented;
  }).join('\n');
}

/** Names and values, as a table that can be read aloud. */
export function Pairs({ pairs, label }: { pairs: Record<string, unknown>; label: string }) {
  return (
    <table class="pairs" aria-label={label}>
      <tbody>
        {Object.entries(pairs).map(([name, value]) => (
          <tr key={name}><th scope="row">{name}</th><td>{typeof value === 'string' ? value : JSON.stringify(value)}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
