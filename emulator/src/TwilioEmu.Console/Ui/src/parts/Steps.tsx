import type { ComponentChildren } from 'preact';
import { exactTime, span } from './words';
import type { Entry } from '../world/types';

export interface Step { entry: Entry; title: string; under?: ComponentChildren; tone: string }

/** What happened to one thing, from top to bottom, with how long each step took. */
export function Steps({ steps }: { steps: Step[] }) {
  return (
    <ol class="steps-list">
      {steps.map(({ entry, title, under, tone }, i) => {
        const since = i === 0 ? 0 : Date.parse(entry.at) - Date.parse(steps[i - 1]!.entry.at);
        return (
          <li key={entry.seq} class={tone}>
            <span class="step-mark" aria-hidden="true" />
            <div class="step-words"><b>{title}</b>{under && <span>{under}</span>}</div>
            <time title={exactTime(entry.at)}>{i === 0 ? exactTime(entry.at) : since === 0 ? 'at once' : `+${span(since)}`}</time>
          </li>
        );
      })}
    </ol>
  );
}
