import { Code } from '../parts/Code';
import { Head } from '../parts/Panes';
import { entries, tick } from '../world/journal';
import { numbers } from '../world/records';
import { Copy } from '../parts/Copy';
import { writeStory } from './writeStory';

/** What lately happened, as a story that can be run again. */
export function Stories() {
  tick.value;
  const story = writeStory(entries, numbers.order);
  return (
    <div class="page narrow">
      <Head title="Stories"><Copy words={() => story} what="story" label="Copy" /></Head>
      <p>A story is a test in plain words: who there is, what they do, what must be seen. This one tells what phones did here lately; keep it in a file and run it in a fresh world, in virtual time:</p>
      <pre class="teach">twilioemu run what-happened.yaml</pre>
      <Code words={story} what="Story" tall />
      <p class="hint">Stories run from the command line: <code>twilioemu run FILE…</code>, each step told green or red, with <code>--junit</code> for CI. The language is in scenarios/README.md.</p>
    </div>
  );
}
