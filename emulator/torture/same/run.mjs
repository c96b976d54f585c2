// The same run is the same run: a session over sockets, with an app that takes 0 to 5 ms for each answer, many times; the journals are compared byte for byte.
// node run.mjs PROGRAM [RUNS=50] [manual,auto]; one line of JSON for each clock. Every run has an emulator of its own.
import { createHash } from 'node:crypto';
import { app, load, number, sleep, start } from '../lib/emulator.mjs';

const [program, runs = '50', clocks = 'manual,auto'] = process.argv.slice(2);
if (!program) throw new Error('usage: node run.mjs PROGRAM [RUNS] [CLOCKS]');
const phone = '+14155550199';

/** Answers after 0 to 5 ms, another each time: nothing here is seeded. */
const scripts = { '/sms': (form) => `<Message>echo ${form.get('Body')}</Message>`, '/voice': () => '<Say>Hello there</Say><Pause length="20"/>', '/menu': () => '<Gather numDigits="1" action="/picked" timeout="5"><Say>Press 1</Say></Gather><Say>No input</Say>', '/picked': (form) => `<Say>You pressed ${form.get('Digits')}</Say>` };
async function answer(request, response) {
  let body = '';
  for await (const part of request) body += part;
  const twiml = scripts[request.url.split('?')[0]]?.(new URLSearchParams(body)) ?? '';
  await sleep(Math.random() * 5);
  response.setHeader('content-type', 'text/xml');
  response.removeHeader('date');
  response.sendDate = false;
  response.end(`<Response>${twiml}</Response>`);
}

async function session(clock) {
  const served = await app(answer);
  const config = `numbers:
  - { number: "${number}", messages_per_second: 10, sms_url: "http://app.test/sms", voice_url: "http://app.test/voice" }
  - { number: "+14155550101", voice_url: "http://app.test/menu" }
public_names:
  "http://app.test": "${served.url}"
`;
  const emulator = await start(program, { flags: ['--clock', clock, '--start', '2026-01-05T09:00:00Z'], config });
  const must = async (asked, what) => { const { status, text } = await asked; if (status >= 300) throw new Error(`${what}: ${status} ${text}`); return JSON.parse(text); };
  const expect = (match, count = 1, within = '60s') => must(emulator.control('POST', 'expect', { match, count, within }), `expect ${JSON.stringify(match)}`);
  try {
    for (let i = 0; i < 4; i++) await must(emulator.control('POST', `handsets/+1415555020${i}/messages`, { to: number, body: `text ${i}` }), 'text');
    await expect({ kind: 'message.delivered' }, 4);
    for (let i = 0; i < 5; i++) await must(emulator.message({ Body: `callbacks, please ${i}`, StatusCallback: 'http://app.test/status' }), 'message');
    await expect({ kind: 'webhook.answered' }, 4 + 5 * 2);
    const canceled = await must(emulator.post('Calls.json', { To: phone, From: number, Url: 'http://app.test/voice' }), 'call');
    await must(emulator.post(`Calls/${canceled.sid}.json`, { Status: 'canceled' }), 'cancel');
    const call = await must(emulator.post('Calls.json', { To: phone, From: number, Url: 'http://app.test/voice', StatusCallback: 'http://app.test/status' }), 'call');
    await expect({ kind: 'call.completed', subject: call.sid });
    const dialled = await must(emulator.control('POST', `handsets/${phone}/calls`, { to: '+14155550101', script: [{ hears: 'Press 1' }, { presses: '1' }, { hears: 'You pressed 1' }, { hangs_up: true }] }), 'dial');
    await expect({ kind: 'call.completed', subject: dialled.call_sid });
    await must(emulator.control('POST', 'clock/advance', { by: '1m' }), 'advance');
    const lines = [];
    for (let after = 0; ;) {
      const page = await must(emulator.control('GET', `journal?after=${after}&limit=1000`), 'journal');
      lines.push(...page.entries.map((entry) => JSON.stringify(entry)));
      if (page.entries.length < 1000) return lines;
      after = page.next_after;
    }
  } finally {
    await emulator.stop();
    served.close();
  }
}

/** What a reader needs to see where two journals part: the entries before and after, in short. */
const around = (lines, at) => lines.slice(Math.max(0, at - 3), at + 8).map((line) => line.slice(0, 260));

let isSame = true;
for (const clock of clocks.split(',')) {
  const seen = new Map();
  let [first, difference] = [null, null];
  const began = performance.now();
  for (let run = 0; run < Number(runs); run++) {
    const lines = await session(clock).catch((fault) => [`fault: ${fault.message}`]);
    first ??= lines;
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12);
    seen.set(hash, (seen.get(hash) ?? 0) + 1);
    const at = lines.findIndex((line, i) => line !== first[i]);
    if (at >= 0) difference ??= { run, at, was: around(first, at), is: around(lines, at) };
  }
  console.log(JSON.stringify({ clock, runs: Number(runs), journals: seen.size, most_alike: Math.max(...seen.values()), entries: first.length, seconds: Math.round((performance.now() - began) / 1000), load: load(), ...(difference && { difference }) }));
  isSame &&= seen.size === 1 && !first[0].startsWith('fault');
}
process.exitCode = isSame ? 0 : 1;
