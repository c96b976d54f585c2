import { Code } from '../parts/Code';
import { Copy } from '../parts/Copy';
import { entries, tick } from '../world/journal';
import { numbers } from '../world/records';
import { writeStory } from './writeStory';

/** What phones did here lately, as a story that can be run again. */
export function Lately() {
  tick.value;
  const story = writeStory(entries, numbers.order);
  return (
    <article class="detail">
      <header class="detail-head"><h2>What happened here</h2></header>
      <p>A story is a test in plain words: who there is, what they do, what must be seen. This one tells what phones did here lately; keep it in a file and run it in a fresh world, in virtual time:</p>
      <div class="actions"><Copy words={() => story} what="story" label="Copy" /></div>
      <pre class="teach">twilioemu run what-happened.yaml</pre>
      <Code words={story} what="Story" tall />
    </article>
  );
}
