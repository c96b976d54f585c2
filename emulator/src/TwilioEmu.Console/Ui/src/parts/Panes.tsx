import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { go } from '../app/route';
import { Icon } from './Icon';
import { icons } from './icons';
import { connection } from '../world/journal';

/** A list on the left, what is open of it on the right; on a narrow screen one or the other. What is there unasked (`isUsual`) gives way to the list. */
export function Panes({ list, detail, back, isUsual }: { list: ComponentChildren; detail?: ComponentChildren; back: string; isUsual?: boolean }) {
  const left = useRef<HTMLDivElement>(null);
  const isOpen = Boolean(detail) && !isUsual;
  const wasOpen = useRef(isOpen);
  // Who closed it by keyboard is back in the list, and not at the top of the page.
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) left.current?.querySelector<HTMLElement>('.list')?.focus({ preventScroll: true });
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <div class={`panes${detail ? ' has-detail' : ''}${isUsual ? ' is-usual' : ''}`}>
      <div class="pane-list" ref={left}>{list}</div>
      {detail && (
        <section class="pane-detail" aria-label="Details">
          {!isUsual && <button type="button" class="icon-button pane-close" aria-label="Close details" title="Close (Esc)" onClick={() => go(back)}><Icon path={icons.close} /></button>}
          {detail}
        </section>
      )}
    </div>
  );
}

export function Head({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <header class="head">
      <h1>{title}</h1>
      <div class="head-tools">{children}</div>
    </header>
  );
}

/** Nothing is here yet: says how something comes. Before the world was read nobody knows that. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  if (connection.value === 'connecting') return <div class="empty"><p>Reading what happened…</p></div>;
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
