import { Icon } from '../parts/Icon';
import { tick } from '../world/journal';
import { calls, isOver } from '../world/records';
import { isTrouble, webhooks } from '../world/webhooks';
import { base, go, place } from './route';
import { views } from './views';

/** What asks for a look: how many, and whether it is bad. */
function badge(view: string): { n: number; tone: string; words: string } | undefined {
  if (view === 'webhooks') {
    const n = webhooks.order.filter(isTrouble).length;
    return n ? { n, tone: 'bad', words: 'in trouble' } : undefined;
  }
  if (view === 'calls') {
    const n = calls.order.filter((c) => !isOver(c)).length;
    return n ? { n, tone: 'live', words: 'going on' } : undefined;
  }
  return undefined;
}

export function Nav() {
  tick.value;
  const here = place.value[0] ?? 'phones';
  return (
    <nav class="nav" aria-label="Views">
      {views.map(({ name, title, icon }) => {
        const mark = badge(name);
        return (
          <a key={name} href={`${base}/${name}`} class={here === name ? 'here' : ''} aria-current={here === name ? 'page' : undefined}
            onClick={(e) => {
              if (e.metaKey || e.ctrlKey || e.shiftKey) return;
              e.preventDefault();
              go(`/${name}`);
            }}>
            <Icon path={icon} />
            <span class="nav-title">{title}</span>
            {mark && <span class={`badge ${mark.tone}`} title={`${mark.n} ${mark.words}`}>{mark.n > 99 ? '99+' : mark.n}</span>}
          </a>
        );
      })}
    </nav>
  );
}
