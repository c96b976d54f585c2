import type { ComponentChildren } from 'preact';
import { base, go, linkTo } from './route';

export function Link({ to, children, class: name }: { to: string; children: ComponentChildren; class?: string }) {
  return (
    <a href={base + to} class={name} onClick={(e) => {
      if (e.metaKey || e.ctrlKey || e.shiftKey) return;
      e.preventDefault();
      e.stopPropagation();
      go(to);
    }}>{children}</a>
  );
}

/** A SID or number, as a link to what it names where that can be shown. */
export function Subject({ of, words }: { of: string; words?: string }) {
  const to = linkTo(of);
  const shown = words ?? (/^[A-Z]{2}[0-9a-f]{32}$/.test(of) ? `${of.slice(0, 10)}…` : of);
  const look = /^[A-Z]{2}[0-9a-f]/.test(shown) ? 'subject' : 'subject-number';
  return to ? <Link to={to} class={look}>{shown}</Link> : <span class={look} title={of}>{shown}</span>;
}
