import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { Pill } from '../parts/Pill';
import { count } from '../parts/words';
import { act, begin, run, stories, type StoryRun } from '../world/stories';

const tones: Record<string, string> = { passed: 'good', failed: 'bad', running: 'live', waiting: 'live', stopped: 'plain' };
const signs: Record<string, string> = { passed: '✓', failed: '✕', running: '…', waiting: '‖', 'to come': '' };

/** A story: its steps as they go, and why it failed. */
export function StoryDetail({ file }: { file: string }) {
  const story = stories.value.find((s) => s.file === file);
  const mine = run.value?.file === file ? run.value : undefined;
  const isBusy = run.value !== undefined && (run.value.state === 'running' || run.value.state === 'waiting');
  if (!story) return <div class="detail"><h2>{file}</h2><p class="hint">There is no such story in the folder (any more).</p></div>;
  const state = mine?.state ?? story.last;
  return (
    <article class="detail">
      <header class="detail-head">
        {state && <Pill words={state} tone={tones[state]!} />}
        <h2>{story.name ?? file}</h2>
        <p class="detail-sub"><code>{file}</code> · {count(story.steps, 'step')}{story.tags.map((t) => <span key={t} class="tag">{t}</span>)}</p>
      </header>
      {story.faults.length > 0 ? (
        <div class="error-box" role="note"><b>It cannot be read</b>{story.faults.map((f) => <p key={f}>{f}</p>)}</div>
      ) : (
        <div class="actions">
          {mine && isBusy ? (
            <>
              <button type="button" class="button small primary" disabled={mine.state !== 'waiting'} onClick={() => void act('continue')}><Icon path={icons.next} size={15} />Next step</button>
              <button type="button" class="button small" disabled={mine.state !== 'waiting'} onClick={() => void act('continue', { to_end: true })}>To the end</button>
              <button type="button" class="button small" onClick={() => void act('stop')}>Stop</button>
            </>
          ) : (
            <>
              <button type="button" class="button small primary" disabled={isBusy} onClick={() => void begin(file)}><Icon path={icons.play} size={15} />Run</button>
              <button type="button" class="button small" disabled={isBusy} onClick={() => void begin(file, true)}><Icon path={icons.next} size={15} />Step</button>
            </>
          )}
          {mine?.url && <a class="button small" href={`${mine.url}_emu/ui/timeline`} target="_blank" rel="noopener">Open its world</a>}
        </div>
      )}
      {mine ? <Telling run={mine} /> : story.faults.length === 0 && <p class="hint">It runs in a fresh world of its own, in virtual time; nothing here is touched. From a terminal: <code>twilioemu run {file}</code></p>}
    </article>
  );
}

function Telling({ run: told }: { run: StoryRun }) {
  return (
    <>
      <h3>Steps</h3>
      <ol class="story-steps">
        {told.steps.map((step, i) => (
          <li key={i} class={step.state.replace(' ', '-')} aria-current={step.state === 'running' || step.state === 'waiting' ? 'step' : undefined}>
            <span class="step-sign" aria-hidden="true">{signs[step.state]}</span><code>{step.words}</code><span class="unseen">, {step.state}</span><span class="step-line">line {step.line}</span>
          </li>
        ))}
      </ol>
      {told.failure && told.state === 'failed' && (
        <>
          <div class="error-box" role="note">
            {told.failure.cause && <p class="cause">{told.failure.cause}</p>}
            <span>{told.failure.message}</span>
            {told.failure.details.map((d) => <p key={d}>{d}</p>)}
          </div>
          <h3>The journal around it</h3>
          <pre class="story-journal" tabIndex={0} aria-label="The journal around it">{told.failure.journal.join('\n')}</pre>
        </>
      )}
      {told.world_seconds !== undefined && told.state !== 'stopped' && <p class="hint">{told.world_seconds.toLocaleString('en')} s of world time in {told.wall_seconds} s. Its world is kept until the next story runs.</p>}
    </>
  );
}
