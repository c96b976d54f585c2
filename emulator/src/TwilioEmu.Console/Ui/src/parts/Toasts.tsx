import { signal } from '@preact/signals';

interface Toast { id: number; words: string; tone: 'good' | 'bad' }

const toasts = signal<Toast[]>([]);
let last = 0;

/** Says something for a moment, to eyes and screen readers. */
export function tell(words: string, tone: Toast['tone'] = 'good'): void {
  const toast = { id: ++last, words, tone };
  toasts.value = [...toasts.value.slice(-2), toast];
  setTimeout(() => (toasts.value = toasts.value.filter((t) => t !== toast)), tone === 'bad' ? 8000 : 2500);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((t) => <div key={t.id} class={`toast ${t.tone}`}>{t.words}</div>)}
    </div>
  );
}
