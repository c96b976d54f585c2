import { signal } from '@preact/signals';
import { tell } from '../parts/Toasts';
import { ask, get } from './api';
import { follow } from './journal';
import { number, text, type Entry } from './types';

export type StoryState = 'running' | 'waiting' | 'passed' | 'failed' | 'stopped';

export interface StoryFile { file: string; name: string | null; steps: number; tags: string[]; faults: string[]; last: StoryState | null }

export interface StoryStep { line: number; words: string; state: 'to come' | 'waiting' | 'running' | 'passed' | 'failed' }

export interface StoryRun {
  run: number; file: string; name: string; state: StoryState; url: string | null; steps: StoryStep[]; world_seconds?: number; wall_seconds?: number;
  failure?: { line: number; step: string; cause: string | null; message: string; details: string[]; journal: string[] };
}

export const folder = signal<string | null>(null);
export const stories = signal<readonly StoryFile[]>([]);

/** False until the emulator has told which there are. */
export const isKnown = signal(false);

/** The one that runs, or ran last. */
export const run = signal<StoryRun | undefined>();

/** Files that wait for their turn: all of them were asked for. */
export const waiting = signal<readonly string[]>([]);

export async function look(): Promise<void> {
  const told = await get<{ folder: string | null; stories: StoryFile[]; run: StoryRun | null }>('/stories');
  folder.value = told.folder;
  stories.value = told.stories;
  isKnown.value = true;
  run.value = told.run ?? undefined;
}

export async function begin(file: string, stepped = false): Promise<void> {
  try {
    const begun = await ask<StoryRun>('POST', '/stories/run', { file, stepped });
    run.value = begun;
    mark(file, begun.state);
    // What happened before this answer came was not yet known to be of this run.
    await refresh();
  } catch (refused) {
    waiting.value = [];
    tell((refused as Error).message, 'bad');
  }
}

/** All that can be read, one after the other. */
export async function beginAll(): Promise<void> {
  const [first, ...others] = stories.value.filter((s) => s.faults.length === 0).map((s) => s.file);
  if (!first) return;
  waiting.value = others;
  await begin(first);
}

export async function act(what: 'continue' | 'stop', body: object = {}): Promise<void> {
  if (what === 'stop') waiting.value = [];
  try {
    await ask('POST', `/stories/${what}`, body);
  } catch (refused) {
    tell((refused as Error).message, 'bad');
  }
}

let ended = 0;

async function refresh(): Promise<void> {
  const whole = await get<StoryRun>('/stories/run');
  run.value = whole;
  mark(whole.file, whole.state);
  if (whole.state === 'running' || whole.state === 'waiting' || ended === whole.run) return;
  ended = whole.run;
  const [next, ...others] = waiting.value;
  waiting.value = others;
  if (next) await begin(next);
}

const mark = (file: string, last: StoryState): void => {
  stories.value = stories.value.map((s) => (s.file === file ? { ...s, last } : s));
};

// Runs are told in the journal, so that the page asks for nothing while one goes on; the whole of a failure is asked for once.
follow({
  fold({ kind, subject, data }: Entry): void {
    if (!kind.startsWith('story.') || !run.value || number(data, 'run') !== run.value.run) return;
    if (kind === 'story.begun') run.value = { ...run.value, url: text(data, 'url') };
    else if (kind === 'story.step') {
      const state = text(data, 'state') as StoryStep['state'];
      run.value = {
        ...run.value, state: state === 'waiting' ? 'waiting' : 'running',
        steps: run.value.steps.map((s, i) => (i === number(data, 'step') ? { ...s, state } : s)),
      };
    } else if (kind === 'story.ended') {
      const state = text(data, 'state') as StoryState;
      run.value = { ...run.value, state };
      mark(subject, state);
      void refresh().catch(() => undefined);
    }
  },
  clear(): void {},
});
