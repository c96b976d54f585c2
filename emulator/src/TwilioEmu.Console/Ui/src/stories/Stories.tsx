import { useEffect } from 'preact/hooks';
import { filter, go, place, within } from '../app/route';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { Head, Panes } from '../parts/Panes';
import { Pill } from '../parts/Pill';
import { Search } from '../parts/Search';
import { VirtualList } from '../parts/VirtualList';
import { count } from '../parts/words';
import { tell } from '../parts/Toasts';
import { beginAll, folder, isKnown, look, run, stories, waiting, type StoryFile } from '../world/stories';
import { Lately } from './Lately';
import { StoryDetail } from './StoryDetail';

const lately = 'what-happened';
const tones: Record<string, string> = { passed: 'good', failed: 'bad', running: 'live', waiting: 'live', stopped: 'plain' };

/** Stories of the folder, run from here; and what happened here, as one more. */
export function Stories() {
  useEffect(() => void look().catch((refused: Error) => tell(refused.message, 'bad')), []);
  const words = filter('q').toLowerCase().split(/\s+/).filter(Boolean);
  const found = stories.value.filter((s) => words.every((w) => `${s.file} ${s.name ?? ''} ${s.tags.join(' ')} ${s.last ?? ''}`.toLowerCase().includes(w)));
  const open = place.value.slice(1).join('/');
  const passed = stories.value.filter((s) => s.last === 'passed').length;
  const failed = stories.value.filter((s) => s.last === 'failed').length;
  const isBusy = run.value?.state === 'running' || run.value?.state === 'waiting';
  return (
    <Panes back={within('/stories')} isUsual={open === ''} detail={open === '' || open === lately ? <Lately /> : <StoryDetail key={open} file={open} />} list={
      <>
        <Head title="Stories">
          {stories.value.length > 0 && <button type="button" class="button small" disabled={isBusy} onClick={() => void beginAll()}><Icon path={icons.play} size={14} />Run all</button>}
          <Search label="Name, file, tag" />
        </Head>
        {passed + failed > 0 && <p class="tally" role="status"><b class="good">{passed} passed</b>{failed > 0 && <b class="bad">{failed} failed</b>}{waiting.value.length > 0 && <span>{waiting.value.length} to come</span>}</p>}
        <button type="button" class={`row-like${open === lately || open === '' ? ' open' : ''}`} onClick={() => go(within(`/stories/${lately}`))}><b>What happened here</b><span>as a story to keep</span></button>
        {stories.value.length === 0 ? !isKnown.value ? <p class="hint pad" role="status">Reading the stories…</p> : (
          <p class="hint pad">{folder.value ? <>There are no stories in <code>{folder.value}</code>.</> : <>No folder of stories. Start with <code>--stories FOLDER</code>, or where there is one named <code>scenarios</code> or <code>stories</code>: they are listed and run here.</>}</p>
        ) : (
          <VirtualList items={found} rowHeight={56} label={`Stories, ${found.length}`} keyOf={(s) => s.file} isOpen={(s) => s.file === open}
            onPick={(s) => go(within(`/stories/${s.file.split('/').map(encodeURIComponent).join('/')}`), { replace: open !== '' })} render={(s) => <Row story={s} />} />
        )}
      </>
    } />
  );
}

function Row({ story }: { story: StoryFile }) {
  const state = waiting.value.includes(story.file) ? undefined : story.last;
  return (
    <>
      <span class="two-lines">
        <span class="line-top"><b>{story.name ?? story.file}</b></span>
        <span class="line-under">{story.file} · {count(story.steps, 'step')}</span>
      </span>
      <span class="row-end">{story.faults.length > 0 ? <Pill words="cannot be read" tone="bad" /> : state ? <Pill words={state} tone={tones[state]!} /> : null}</span>
    </>
  );
}
