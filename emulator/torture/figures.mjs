// Every figure that was measured when the published program was attacked, measured again: node figures.mjs PROGRAM [WORD...]
//
// Bounded, seeded, on loopback; each attack has an emulator of its own. Words choose attacks whose figure has them. One line a figure:
// point, figure, what it was, what it is now, and the machine's load beside it. Exits 1 when one does not hold.
// TORTURE_HEAP=268435456 gives the emulator the room of a container of 256 MB; TORTURE_RSS is what it may take (MB, 700).
import { attacks as bytes } from './attacks/bytes.mjs';
import { attacks as control } from './attacks/control.mjs';
import { attacks as doors } from './attacks/doors.mjs';
import { attacks as frames } from './attacks/frames.mjs';
import { attacks as loop } from './attacks/loop.mjs';
import { attacks as memory } from './attacks/memory.mjs';
import { attacks as spellings } from './attacks/spellings.mjs';
import { attacks as time } from './attacks/time.mjs';
import { attacks as tls } from './attacks/tls.mjs';
import { attacks as uploads } from './attacks/uploads.mjs';
import { load } from './lib/emulator.mjs';

const [program, ...words] = process.argv.slice(2);
if (!program) throw new Error('usage: node figures.mjs PROGRAM [WORD...]');
let [passed, failed] = [0, 0];
console.log('| point | figure | before | now | load |\n|---|---|---|---|---|');
for (const attack of [...time, ...doors, ...spellings, ...bytes, ...control, ...tls, ...frames, ...uploads, ...memory, ...loop]) {
  if (words.length > 0 && !words.some((word) => attack.figure.includes(word))) continue;
  const began = load();
  let result;
  try {
    result = await attack.run(program);
  } catch (fault) {
    result = { now: `fault: ${fault.message}`, ok: false };
  }
  if (result.ok) passed++; else failed++;
  console.log(`| ${attack.point} | ${attack.figure} | ${attack.before} | ${result.ok ? '' : '**does not hold**: '}${result.now} | ${began} |`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
