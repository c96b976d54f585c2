import { computed, signal } from '@preact/signals';
import { base } from './base';

export { base };

const path = signal(location.pathname.slice(base.length));
const search = signal(location.search);

addEventListener('popstate', read);

function read(): void {
  path.value = location.pathname.slice(base.length);
  search.value = location.search;
}

/** The view and what is open in it: `['webhooks', '14']`. */
export const place = computed(() => path.value.split('/').filter(Boolean).map(decoded));

// An address typed by hand may hold a percent sign that begins nothing.
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A filter that stands in the address; a blank where a number begins is the plus of an address typed by hand. */
export const filter = (name: string): string => (new URLSearchParams(search.value).get(name) ?? '').replace(/(^|:) (?=\d)/g, '$1+');

export function go(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', base + to);
  else history.pushState(null, '', base + to);
  read();
}

export function setFilter(name: string, value: string): void {
  const query = new URLSearchParams(search.value);
  if (value) query.set(name, value);
  else query.delete(name);
  const text = query.toString();
  go(path.value + (text ? `?${text}` : ''), { replace: true });
}

/** Keeps the filters of the list while one of it is opened. */
export const within = (to: string): string => to + search.value;

/** Where a thing is shown, by its name. */
export function linkTo(subject: string): string | undefined {
  if (/^(SM|MM)[0-9a-f]{32}$/.test(subject)) return `/messages/${subject}`;
  if (/^CA[0-9a-f]{32}$/.test(subject)) return `/calls/${subject}`;
  if (/^PN|^SC/.test(subject)) return '/numbers';
  if (/^\+\d{5,}$/.test(subject)) return `/phones/${encodeURIComponent(subject)}`;
  return undefined;
}
