// The helper beside the control API's own list of calls, which tells what has no method and why (no_method).
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { EmulatorClient, ExpectationFailedError } from '../src/index.js';
import { newPhone, number, openHouse } from './house.js';

const house = openHouse();

// Beyond what the API's own rows say to have none.
const withoutMethod = { 'GET /accounts': "one opens one's own; send" };

const partPattern = (part) => (part.startsWith('{**') ? '.+' : part.startsWith('{') ? '[^/]+' : part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
const pattern = (call) => new RegExp(`^${call.split('/').map(partPattern).join('/')}$`);

/** Calls each method of a client once, of a server that knows nothing; what was asked. */
async function askEverything() {
  const asked = new Set();
  const server = createServer((request, response) => {
    asked.add(`${request.method} ${decodeURIComponent(request.url.split('?')[0]).slice('/_emu/v1'.length)}`);
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const client = new EmulatorClient(`http://127.0.0.1:${server.address().port}`, { patience: 1000 });
  const [phone, call, match] = [client.handset('+12125550100'), client.call('CA1'), { kind: 'x' }];
  const all = [
    () => client.health(), () => client.reset(), () => client.snapshot(), () => client.snapshots(), () => client.restore('1'), () => client.clock(), () => client.setClock('auto'), () => client.advance('1s'), () => client.openAccount(),
    () => phone.state(), () => phone.configure({}), () => phone.text('+1', 'x'), () => phone.dial('+1'), () => call.answer(), () => call.press('1'), () => call.say('x'),
    () => call.hangUp(), () => call.act({ says: 'x' }), () => call.transcript(), () => call.play(new Uint8Array(1)), () => call.audio(), () => client.webhooks(), () => client.webhook(1), () => client.replayWebhook(1),
    () => client.journal(), async () => { for await (const _ of client.followJournal()) break; }, () => client.expect(match), () => client.fidelity(),
    () => client.putResource('video', '/v1/Rooms', {}), () => client.caPem(), () => client.caBundlePem(), () => client.smppLinks(),
  ];
  // What is answered is nothing the helper knows; what it asked is what counts.
  for (const one of all) await Promise.resolve().then(one).catch(() => {});
  server.closeAllConnections();
  server.close();
  return [...asked];
}

test('every call of the control API has a method, or a reason to have none', async () => {
  const { calls: index } = await house.client.send('GET', '/');
  // What is not built needs no method.
  const calls = index.filter(({ built, no_method: why }) => built && !why).map(({ method, path }) => `${method} ${path.slice('/_emu/v1'.length)}`);
  assert.ok(calls.length > 25);
  const asked = await askEverything();
  const isAsked = (call) => asked.some((one) => pattern(call).test(one));
  assert.deepEqual(calls.filter((call) => !withoutMethod[call] && !isAsked(call)), [], 'the helper has a method for each, which askEverything calls; or its row a NoMethod');
  assert.deepEqual(Object.keys(withoutMethod).filter((call) => !calls.includes(call)), [], 'what is gone needs no reason');
});

test('any deed is done by its word', async () => {
  const call = await house.client.handset(newPhone()).dial(number);
  await call.shouldHear('press one');
  await call.act({ presses: '1' });
  await call.shouldHear('You pressed 1');
  await assert.rejects(call.act({ wait: '1s' }), (fault) => fault.status === 400);
});

test('troubles nobody asked about are told, and fail a strict claim', async () => {
  const phone = house.client.handset(newPhone());
  const { last_seq: after } = await house.client.journal({ limit: 1 });
  const { sid: subject } = await phone.dial(number, { script: [{ hears: 'never said', within: '2s' }] });
  const match = { kind: 'call.completed', subject };
  const found = await house.client.expect(match, { within: '60s', after });
  assert.equal(found.length, 1);
  assert.ok(found.also.some(({ told, entry }) => told.includes('never said') && entry.subject === phone.number), JSON.stringify(found.also));
  await assert.rejects(house.client.expect(match, { within: '60s', after, strict: true }), (fault) => fault instanceof ExpectationFailedError && fault.also.length > 0);
});
