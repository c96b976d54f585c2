import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props<T> {
  items: readonly T[];
  rowHeight: number;
  label: string;
  keyOf: (item: T) => string | number;
  isOpen?: (item: T) => boolean;
  render: (item: T) => ComponentChildren;
  /** Drawn over the rows from one index to before another, which are in the document. */
  over?: (first: number, last: number) => ComponentChildren;
  onPick: (item: T) => void;
  onEnd?: () => void;
}

const spare = 12;

/** A list of any length of which only what is seen is in the document; up and down, `j` and `k` walk through it. */
export function VirtualList<T>({ items, rowHeight, label, keyOf, isOpen, render, over, onPick, onEnd }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useLayoutEffect(() => {
    const measure = new ResizeObserver(() => setHeight(box.current?.clientHeight ?? 600));
    measure.observe(box.current!);
    return () => measure.disconnect();
  }, []);
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - spare, items.length - 1));
  const last = Math.min(items.length, first + Math.min(150, Math.ceil(height / rowHeight) + 2 * spare));
  useEffect(() => {
    if (onEnd && last > items.length - 200) onEnd();
  }, [last, items.length]);
  const open = isOpen ? items.findIndex(isOpen) : -1;
  const opened = open < 0 ? undefined : keyOf(items[open]!);

  // What a link leads to is seen in the list too.
  useLayoutEffect(() => {
    const list = box.current!;
    const at = open * rowHeight;
    if (open >= 0 && (at < list.scrollTop || at + rowHeight > list.scrollTop + list.clientHeight)) list.scrollTop = at - (list.clientHeight - rowHeight) / 2;
  }, [opened]);

  // Rows that come above what somebody looks at do not push it away.
  const seen = useRef<{ key: string | number; at: number; length: number } | undefined>(undefined);
  useLayoutEffect(() => {
    const list = box.current!;
    const was = seen.current;
    if (was && list.scrollTop > rowHeight) {
      const now = was.at + items.length - was.length;
      if (now !== was.at && items[now] && keyOf(items[now]) === was.key) list.scrollTop += (now - was.at) * rowHeight;
    }
    const at = Math.floor(list.scrollTop / rowHeight);
    seen.current = items[at] && { key: keyOf(items[at]), at, length: items.length };
  });

  function step(by: number): void {
    const next = Math.max(0, Math.min(items.length - 1, open < 0 ? (by > 0 ? 0 : items.length - 1) : open + by));
    const item = items[next];
    if (!item) return;
    onPick(item);
    const list = box.current!;
    const at = next * rowHeight;
    if (at < list.scrollTop) list.scrollTop = at;
    else if (at + rowHeight > list.scrollTop + height) list.scrollTop = at + rowHeight - height;
  }

  useEffect(() => {
    const onStep = (event: Event) => step((event as CustomEvent<number>).detail);
    addEventListener('step', onStep);
    return () => removeEventListener('step', onStep);
  });

  return (
    <div ref={box} class="list" role="listbox" tabIndex={0} aria-label={label} aria-activedescendant={open >= first && open < last ? `row-${keyOf(items[open]!)}` : undefined}
      onScroll={(e) => setTop(e.currentTarget.scrollTop)}
      onKeyDown={(e) => {
        const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -items.length, End: items.length }[e.key];
        if (by === undefined) return;
        e.preventDefault();
        step(by);
      }}>
      <div class="list-all" style={{ height: `${items.length * rowHeight}px` }} role="presentation">
        {items.slice(first, last).map((item, i) => (
          <div key={keyOf(item)} id={`row-${keyOf(item)}`} class={`row${open === first + i ? ' open' : ''}`} role="option" aria-selected={open === first + i}
            aria-setsize={items.length} aria-posinset={first + i + 1} style={{ top: `${(first + i) * rowHeight}px`, height: `${rowHeight}px` }} onClick={() => onPick(item)}>
            {render(item)}
          </div>
        ))}
        {over?.(first, last)}
      </div>
    </div>
  );
}
