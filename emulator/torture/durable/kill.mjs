// kill -9 at random moments, many times in a row with one data folder: node kill.mjs PROGRAM [ROUNDS=5] [SEED=1]
//
// 32 posters post messages, each with words of its own and a status callback, until the process is killed; the next one goes on from the folder. In the end:
// every message that was answered 201 is in the list once and delivered, and its end was told to the app at least once. Exits 1 where that does not hold.
import { scratch } from '../../../sdk-tests/node/lib/scratch.js';
import { app, number, sleep, start } from '../lib/emulator.mjs';

const [program, rounds = '5', seed = '1'] = process.argv.slice(2);
if (!program) throw new Error('usage: node kill.mjs PROGRAM [ROUNDS] [SEED]');
const posters = 32;
let state = Number(seed);
const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;

const data = scratch('kill-');
const answered = new Map();
const ends = new Map();
const starts = [];
let posted = 0;

const hears = await app((request, answer) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    const status = form.get('MessageStatus');
    if (status === 'delivered' || status === 'failed' || status === 'undelivered') ends.set(form.get('MessageSid'), [...(ends.get(form.get('MessageSid')) ?? []), status]);
    answer.end();
  });
  request.on('error', () => {});
});

async function begin() {
  const at = performance.now();
  const emulator = await start(program, { flags: ['--data', data, '--memory', '2GB'], config: `numbers:\n  - { number: "${number}", messages_per_second: 2000 }\n` });
  while ((await emulator.control('GET', 'health').catch(() => ({ status: 0 }))).status !== 200) await sleep(20);
  starts.push(performance.now() - at);
  return emulator;
}

for (let round = 1; round <= Number(rounds); round++) {
  const emulator = await begin();
  let isDead = false;
  const posting = Array.from({ length: posters }, async () => {
    while (!isDead) {
      const body = `words ${++posted}`;
      try {
        const { status, text } = await emulator.message({ Body: body, StatusCallback: `${hears.url}/status` });
        if (status === 201) answered.set(JSON.parse(text).sid, body);
      } catch {
        return;
      }
    }
  });
  await sleep(100 + chance() * 1200);
  const gone = new Promise((done) => emulator.child.once('exit', done));
  emulator.child.kill('SIGKILL');
  isDead = true;
  await gone;
  emulator.agent.destroy();
  await Promise.all(posting);
  if (round % 10 === 0 || round === Number(rounds)) console.log(`round ${round}: ${answered.size} answered of ${posted} posted, ${ends.size} ends told, start ${Math.round(starts.at(-1))} ms`);
}

const last = await begin();
for (let quiet = 0, before = -1; quiet < 20;) {
  await sleep(250);
  quiet = ends.size === before && [...answered.keys()].every((sid) => ends.has(sid)) ? quiet + 10 : ends.size === before ? quiet + 1 : 0;
  before = ends.size;
}
const seen = new Map();
const bodies = new Map();
for (let page = `Messages.json?PageSize=1000`; page;) {
  const list = JSON.parse((await last.get(page)).text);
  for (const message of list.messages) {
    seen.set(message.sid, [...(seen.get(message.sid) ?? []), message.status]);
    bodies.set(message.body, (bodies.get(message.body) ?? 0) + 1);
  }
  page = list.next_page_uri?.split(/Accounts\/[^/]+\//)[1];
}
const faults = [];
const report = (what, list) => { if (list.length > 0) faults.push(`${list.length} ${what}, such as ${list.slice(0, 3).join(', ')}`); };
report('answered and not there', [...answered.keys()].filter((sid) => !seen.has(sid)));
report('there twice', [...answered].filter(([sid, body]) => seen.get(sid)?.length > 1 || bodies.get(body) > 1).map(([sid]) => sid));
report('not delivered', [...answered.keys()].filter((sid) => seen.get(sid)?.[0] !== 'delivered').map((sid) => `${sid} ${seen.get(sid)?.[0]}`));
report('whose end was not told', [...answered.keys()].filter((sid) => !ends.has(sid)));
const sorted = starts.toSorted((a, b) => a - b);
console.log(`${rounds} kills, ${answered.size} answered of ${posted} posted, ${seen.size} kept, ${[...ends.values()].filter((e) => e.length > 1).length} ends told more than once; start: median ${Math.round(sorted[sorted.length >> 1])} ms, longest ${Math.round(sorted.at(-1))} ms`);
for (const fault of faults) console.log(`FAULT: ${fault}`);
console.log(faults.length === 0 ? 'holds' : 'does not hold');
await last.stop();
hears.close();
process.exit(faults.length === 0 ? 0 : 1);
