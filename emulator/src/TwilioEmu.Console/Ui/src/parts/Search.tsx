import { filter, setFilter } from '../app/route';
import { Icon } from './Icon';
import { icons } from './icons';

/** The filter that `/` leads to. */
export function Search({ label, name = 'q', list }: { label: string; name?: string; list?: string }) {
  return (
    <label class="search">
      <Icon path={icons.search} size={15} />
      <input type="search" data-search list={list} aria-label={label} placeholder={label} value={filter(name)} onInput={(e) => setFilter(name, e.currentTarget.value)} />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}

/** A choice of a few words. */
export function Choice({ name, label, options }: { name: string; label: string; options: [value: string, words: string][] }) {
  const now = filter(name);
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map(([value, words]) => (
        <button key={value} type="button" aria-pressed={now === value} onClick={() => setFilter(name, value)}>{words}</button>
      ))}
    </div>
  );
}
