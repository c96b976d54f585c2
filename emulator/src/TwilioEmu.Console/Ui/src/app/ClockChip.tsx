import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { count, day, span, timeOfDay } from '../parts/words';
import { advance, clock, isVirtual, nextWords, now, pause, switchTo, to, toNext, untilQuiet, waitedFor } from '../world/clock';

const steps: [by: string, words: string, isAtHand: boolean][] = [['1s', '1 s', true], ['10s', '10 s', true], ['1m', '1 min', true], ['1h', '1 h', true], ['1d', '1 day', false]];
const modes: [mode: string, words: string, means: string][] = [
  ['real', 'Real', 'as on the wall'],
  ['x10', 'Fast', 'ten times as fast as the wall'],
  ['auto', 'Auto', 'jumps to what is due when nothing is going on'],
  ['manual', 'Manual', 'stands until told to move'],
];

/** Stop, go on, and on to what comes next, always at hand. */
export function ClockHands() {
  const told = clock.value;
  if (!told) return null;
  const stands = told.mode === 'manual';
  return (
    <div class="clock-hands" role="group" aria-label="Clock">
      <button type="button" class="icon-button" aria-label={stands ? 'Let time go on' : 'Stop time'} title={stands ? 'Let time go on' : 'Stop time: it moves by hand then'} onClick={() => void pause()}>
        <Icon path={stands ? icons.play : icons.pause} size={16} />
      </button>
      {isVirtual.value && (
        <>
          <button type="button" class="icon-button" aria-label="On to what is due next" title={`On to what is due next (n)${nextWords.value ? `: ${nextWords.value}` : ''}`} disabled={!told.next_due} onClick={() => void toNext()}><Icon path={icons.next} size={16} /></button>
          {steps.filter(([, , isAtHand]) => isAtHand).map(([by, words]) => <button key={by} type="button" class="clock-step" title={by === '1s' ? 'One second on (.)' : undefined} onClick={() => void advance(by)}>+{words}</button>)}
        </>
      )}
    </div>
  );
}

/** The world's time, what it waits for, and how to move it. */
export function ClockChip() {
  const told = clock.value;
  if (!told) return <div class="clock" />;
  return (
    <details class="clock menu">
      <summary title="The world’s clock">
        <time class="clock-time" dateTime={new Date(now.value).toISOString()}>{timeOfDay(now.value)}</time>
        <span class={`clock-mode ${isVirtual.value ? 'virtual' : ''}`}>{told.mode}</span>
        <span class="clock-due">{told.pinned_by[0] ?? (told.holds.length ? `waits ${span(waitedFor(told.holds[0]!))} for ${told.holds[0]}` : nextWords.value ?? 'nothing due')}</span>
      </summary>
      <div class="menu-body clock-body">
        <p class="clock-day">{day(now.value)} <span>UTC</span></p>
        <fieldset class="modes">
          <legend>Time passes</legend>
          {modes.map(([value, words, means]) => (
            <label key={value}>
              <input type="radio" name="mode" checked={told.mode === value} onChange={() => void switchTo(value)} />
              <span><b>{words}</b> {means}</span>
            </label>
          ))}
        </fieldset>
        <div class="steps" role="group" aria-label="Move time">
          <button type="button" class="button small" disabled={!isVirtual.value || !told.next_due} title="On to what is due next (n)" onClick={() => void toNext()}>
            <Icon path={icons.next} size={14} />Next due
          </button>
          {steps.map(([by, words]) => (
            <button key={by} type="button" class="button small" disabled={!isVirtual.value} onClick={() => void advance(by)}>+{words}</button>
          ))}
          <button type="button" class="button small" disabled={!isVirtual.value || told.timers === 0} onClick={() => void untilQuiet()}>Until quiet</button>
        </div>
        <form class="steps" onSubmit={(e) => {
          e.preventDefault();
          const at = Date.parse(`${String(new FormData(e.currentTarget).get('at'))}Z`);
          if (at) void to(at);
        }}>
          <input type="datetime-local" name="at" step="1" aria-label="An instant, UTC" required disabled={!isVirtual.value} />
          <button type="submit" class="button small" disabled={!isVirtual.value}>Go there</button>
        </form>
        {!isVirtual.value && <p class="hint">Time moves by hand when the clock is manual or auto.</p>}
        {told.holds.length > 0 && <List title="Time waits for" words={told.holds.map((h) => `${h}, for ${span(waitedFor(h))}`)} />}
        {told.pinned_by.length > 0 && <List title="Bound to the wall by" words={told.pinned_by} />}
        {told.led_by.length > 0 && <List title="Led by" words={told.led_by} />}
        <p class="hint">{told.timers === 0 ? 'Nothing is due.' : `${count(told.timers, 'thing is', 'things are')} due; ${nextWords.value}.`}</p>
      </div>
    </details>
  );
}

function List({ title, words }: { title: string; words: string[] }) {
  return <div class="holds"><h3>{title}</h3><ul>{words.slice(0, 5).map((w) => <li key={w}>{w}</li>)}</ul></div>;
}
