import type { ComponentChildren } from 'preact';
import { go } from '../app/route';
import { Icon } from './Icon';
import { icons } from './icons';

/** A list on the left, what is open of it on the right; on a narrow screen one or the other. What is there unasked (`isUsual`) gives way to the list. */
export function Panes({ list, detail, back, isUsual }: { list: ComponentChildren; detail?: ComponentChildren; back: string; isUsual?: boolean }) {
  return (
    <div class={`panes${detail ? ' has-detail' : ''}${isUsual ? ' is-usual' : ''}`}>
      <div class="pane-list">{list}</div>
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

/** Nothing is here yet: says how something comes. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
