// An ordinary test suite against a running emulator: timers, callbacks, calls led by hand, cancels right after creates.
// node suite.mjs URL REPEATS; one line of JSON for what it measured. Needs nothing but Node.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [url, repeats] = [process.argv[2] ?? 'http://127.0.0.1:4010', Number(process.argv[3] ?? 1)];
const token = '00000000000000000000000000000001';
let account = 'AC00000000000000000000000000000001';

const seen = [];
const app = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { pathname } = new URL(request.url, 'http://app');
  const form = Object.fromEntries(new URLSearchParams(body));
  seen.push({ path: pathname, ...form });
  const twiml = {
    '/menu': '<Gather numDigits="1" action="/picked" timeout="5"><Say>Press 1</Say></Gather><Say>No input</Say>',
    '/picked': `<Say>You pressed ${form.Digits}</Say>`,
    '/long': '<Pause length="60"/>',
    '/bridge': '<Dial>+14155550177</Dial>',
    '/hello': '<Say>Redirected</Say>',
    '/sms': `<Message>echo ${form.Body}</Message>`,
    '/later': '',
  }[pathname];
  response.setHeader('content-type', 'text/xml');
  response.end(`<Response>${twiml ?? ''}</Response>`);
  // An app that does something on its own a while after it has answered.
  if (pathname === '/later') setTimeout(() => post('Messages.json', { To: '+14155550166', From: number, Body: 'later' }), 150);
});
await new Promise((done) => app.listen(0, '127.0.0.1', done));
const home = `http://127.0.0.1:${app.address().port}`;

async function ask(method, path, body, type) {
  const answer = await fetch(url + path, { method, body, headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`, ...(type && { 'content-type': type }) } });
  const text = await answer.text();
  return { status: answer.status, json: text ? JSON.parse(text) : null };
}
const post = (path, form) => ask('POST', `/2010-04-01/Accounts/${account}/${path}`, new URLSearchParams(form));
const get = (path) => ask('GET', `/2010-04-01/Accounts/${account}/${path}`);
const act = (path, body = {}) => ask('POST', `/_emu/v1/${path}`, JSON.stringify(body), 'application/json');
const expect = (match, within = '10s', after = 0) => act('expect', { match, within, after });
const claim = (is, what) => { if (!is) throw new Error(what); };
const clock = async () => Date.parse((await ask('GET', '/_emu/v1/clock')).json.now);

const number = '+14155550100';
const tests = {
  async 'cancels a call right after it was made'() {
    const { json } = await post('Calls.json', { To: '+14155550161', From: number, Url: `${home}/long` });
    await get(`Calls/${json.sid}.json`);
    claim((await post(`Calls/${json.sid}.json`, { Status: 'canceled' })).status === 200, 'not canceled');
  },
  async 'redirects a call that has just been answered'() {
    const { json } = await post('Calls.json', { To: '+14155550162', From: number, Url: `${home}/long` });
    claim((await expect({ kind: 'call.in-progress', subject: json.sid })).status === 200, 'not answered');
    claim((await post(`Calls/${json.sid}.json`, { Url: `${home}/hello` })).status === 200, 'not redirected');
    claim((await expect({ kind: 'call.completed', subject: json.sid }, '60s')).status === 200, 'not completed');
  },
  async 'deletes a message right after it was delivered'() {
    const { json } = await post('Messages.json', { To: '+14155550163', From: number, Body: 'secret' });
    claim((await expect({ kind: 'message.delivered', subject: json.sid }, '60s')).status === 200, 'not delivered');
    claim((await post(`Messages/${json.sid}.json`, { Body: '' })).status === 200, 'not redacted');
  },
  async 'a caller who thinks presses a key in time'() {
    const { json } = await act('handsets/+14155550164/calls', { to: number });
    claim((await expect({ kind: 'call.heard', subject: json.call_sid, data: { words: { contains: 'Press 1' } } })).status === 200, 'no menu');
    await sleep(100);
    claim((await act(`calls/${json.call_sid}/digits`, { digits: '1' })).status === 200, 'key refused');
    claim((await expect({ kind: 'call.heard', subject: json.call_sid, data: { words: { contains: 'You pressed 1' } } })).status === 200, 'key unheard');
  },
  async 'a caller who presses nothing is told so'() {
    const { json } = await act('handsets/+14155550165/calls', { to: number });
    claim((await expect({ kind: 'call.heard', subject: json.call_sid, data: { words: { contains: 'No input' } } }, '20s')).status === 200, 'no time-out');
  },
  async 'expects what the app does a while later'() {
    const after = (await ask('GET', '/_emu/v1/journal?limit=1')).json.last_seq;
    await fetch(`${home}/later`, { method: 'POST' });
    claim((await expect({ kind: 'handset.received', subject: '+14155550166' }, '10s', after)).status === 200, 'never came');
  },
  async 'two phones led by hand talk without losing hours'() {
    await ask('POST', `/2010-04-01/Accounts/${account}/IncomingPhoneNumbers/${numberSid}.json`, new URLSearchParams({ VoiceUrl: `${home}/bridge` }));
    const { json } = await act('handsets/+14155550167/calls', { to: number });
    claim((await expect({ kind: 'handset.answered', subject: '+14155550177' })).status === 200, 'no bridge');
    const before = await clock();
    await sleep(600);
    claim((await clock()) - before < 60_000, 'time ran away');
    claim((await act(`calls/${json.call_sid}/hangup`, { handset: '+14155550167' })).status === 200, 'not hung up');
    await ask('POST', `/2010-04-01/Accounts/${account}/IncomingPhoneNumbers/${numberSid}.json`, new URLSearchParams({ VoiceUrl: `${home}/menu` }));
  },
  async 'ten texts leave one a second, and every callback comes'() {
    const sids = [];
    for (let i = 0; i < 10; i++) sids.push((await post('Messages.json', { To: '+14155550168', From: number, Body: `${i}`, StatusCallback: `${home}/status` })).json.sid);
    claim((await expect({ kind: 'message.delivered', subject: sids[9] }, '60s')).status === 200, 'not delivered');
    for (let i = 0; i < 50 && !sids.every((s) => seen.some((r) => r.MessageSid === s && r.MessageStatus === 'delivered')); i++) await sleep(20);
    claim(sids.every((s) => seen.some((r) => r.MessageSid === s && r.MessageStatus === 'delivered')), 'a callback is missing');
  },
  async 'a text is answered before the test goes on'() {
    const { json } = await act('handsets/+14155550169/messages', { to: number, body: 'hi' });
    claim(seen.some((r) => r.path === '/sms' && r.MessageSid === json.message_sid), 'not yet');
  },
  async 'a minute of silence passes'() {
    const { json } = await post('Calls.json', { To: '+14155550170', From: number, Url: `${home}/long` });
    claim((await expect({ kind: 'call.completed', subject: json.sid }, '120s')).status === 200, 'not over');
  },
  async 'nothing comes where nothing was sent'() {
    claim((await expect({ kind: 'handset.received', subject: '+14155550171' }, '10s')).status === 408, 'something came');
  },
};

const { json: numbers } = await get('IncomingPhoneNumbers.json');
const numberSid = numbers.incoming_phone_numbers.find((n) => n.phone_number === number).sid;
await post(`IncomingPhoneNumbers/${numberSid}.json`, { SmsUrl: `${home}/sms`, VoiceUrl: `${home}/menu` });
const failures = {};
let passed = 0;
const [wall, world] = [performance.now(), await clock()];
for (let i = 0; i < repeats; i++) {
  let isFine = true;
  for (const [name, test] of Object.entries(tests)) {
    try { await test(); } catch (fault) { isFine = false; (failures[name] ??= []).push(fault.message); }
  }
  if (isFine) passed++;
}
console.log(JSON.stringify({
  suite: 'node', passed, of: repeats, tests: Object.keys(tests).length, wall_seconds: +((performance.now() - wall) / 1000).toFixed(2),
  world_seconds: +(((await clock()) - world) / 1000).toFixed(1), failures,
}));
app.close();
app.closeAllConnections();
process.exitCode = passed === repeats ? 0 : 1;
