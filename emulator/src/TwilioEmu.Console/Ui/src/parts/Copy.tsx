import { Icon } from './Icon';
import { icons } from './icons';
import { tell } from './Toasts';

export async function copy(words: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // Pages of plain addresses other than this machine's have no clipboard of their own.
    const area = document.createElement('textarea');
    area.value = words;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  tell(`${what} copied`);
}

/** A button that puts words on the clipboard. */
export function Copy({ words, what, label, quiet }: { words: string | (() => string); what: string; label?: string; quiet?: boolean }) {
  return (
    <button type="button" class={quiet ? 'icon-button' : 'button small'} aria-label={label ? undefined : `Copy ${what}`} title={`Copy ${what}`}
      onClick={() => void copy(typeof words === 'string' ? words : words(), what)}>
      <Icon path={icons.copy} size={15} />{label}
    </button>
  );
}
