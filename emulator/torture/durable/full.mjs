// A disk that is full: node full.mjs PROGRAM [MEGABYTES=12]
//
// The folder of --data is a file system of its own of that size (tmpfs; needs root, else it is skipped). Posters fill it until the emulator says 500 (20500);
// what was answered 201 must be readable then, must be there after a kill -9 and a start with more room, and the emulator must go on by itself once there is
// room again. Exits 1 where that does not hold.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { atEnd, scratch } from '../../../sdk-tests/node/lib/scratch.js';
import { number, rate, sleep, start } from '../lib/emulator.mjs';

const [program, megabytes = '12'] = process.argv.slice(2);
if (!program) throw new Error('usage: node full.mjs PROGRAM [MEGABYTES]');
const data = scratch('full-');
const mount = (...options) => execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', data], { stdio: 'ignore' });
try {
  mount(`size=${megabytes}m`);
} catch {
  console.log('SKIPPED: no file system of its own may be mounted here');
  process.exit(0);
}
// Before the folder goes, however this ends; lazily, since who writes there may be in the act of ending.
atEnd(() => execFileSync('umount', ['--lazy', data]));

const faults = [];
const claim = (holds, words) => { console.log(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${words}`); if (!holds) faults.push(words); };
const config = `numbers:\n  - { number: "${number}", messages_per_second: 2000 }\n`;
const begin = () => start(program, { flags: ['--data', data, '--memory', '1GB'], config });
const answered = new Set();
let refused;

async function post(emulator) {
  // Words that cannot be squeezed.
  const answer = await emulator.message({ Body: randomBytes(750).toString('base64') });
  if (answer.status === 201) answered.add(JSON.parse(answer.text).sid);
  else refused = answer;
  return answer;
}

async function missing(emulator) {
  const seen = new Set();
  for (let page = 'Messages.json?PageSize=1000'; page;) {
    const list = JSON.parse((await emulator.get(page)).text);
    for (const message of list.messages) seen.add(message.sid);
    page = list.next_page_uri?.split(/Accounts\/[^/]+\//)[1];
  }
  return [...answered].filter((sid) => !seen.has(sid));
}

let emulator;
try {
  emulator = await begin();
  for (let i = 0; !refused && i < 100; i++) await rate(200, 8, () => post(emulator));
  claim(refused?.status === 500 && JSON.parse(refused.text).code === 20500, `a full disk is answered 500/20500 (after ${answered.size} messages: ${refused?.status} ${refused?.text.slice(0, 80)})`);
  const again = await rate(50, 8, () => post(emulator));
  claim(Object.keys(again.statuses).every((status) => status === '201' || status === '500'), `every request is answered: ${JSON.stringify(again.statuses)}`);
  claim((await missing(emulator)).length === 0, 'what was answered 201 can be read while the disk is full');
  execFileSync('mount', ['-o', `remount,size=${4 * Number(megabytes)}m`, data]);
  let recovered = false;
  for (let i = 0; !recovered && i < 200; i++) {
    recovered = (await post(emulator)).status === 201;
    if (!recovered) await sleep(50);
  }
  claim(recovered, 'it goes on by itself when there is room');
  const gone = new Promise((done) => emulator.child.once('exit', done));
  emulator.child.kill('SIGKILL');
  await gone;
  emulator.agent.destroy();
  emulator = await begin();
  const lost = await missing(emulator);
  claim(lost.length === 0, `all ${answered.size} that were answered 201 are there after a kill -9 (${lost.length} missing)`);
} finally {
  await emulator?.stop();
}
process.exit(faults.length === 0 ? 0 : 1);
