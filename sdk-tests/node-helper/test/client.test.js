import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { EmulatorClient, EmulatorError, ExpectationFailedError } from '../src/index.js';
import { newPhone, number, openHouse } from './house.js';

const house = openHouse();

test('time is looked at, moved and switched', async () => {
  const before = await house.client.clock();
  const after = await house.client.advance(90_500);
  assert.equal(Date.parse(after.now) - Date.parse(before.now), 90_500);
  assert.equal((await house.client.setClock('auto')).mode, 'auto');
  await assert.rejects(house.client.setClock('fast'), /"fast" is not a clock/);
  await house.client.setClock('manual');
});

test('a test opens an account of its own', async () => {
  const account = await house.client.openAccount({ friendlyName: 'Mine' });
  assert.equal(account.friendly_name, 'Mine');
  await assert.rejects(house.client.openAccount({ sid: account.sid, authToken: 'x' }), (fault) => fault instanceof EmulatorError && fault.status === 409);
});

test('requests to the app are listed, shown whole and sent again', async () => {
  const phone = house.client.handset(newPhone());
  const { message_sid: sid } = await phone.text(number, 'hello');
  await phone.shouldReceive();
  const { webhooks: [webhook] } = await house.client.webhooks({ subject: sid });
  assert.deepEqual([webhook.outcome, webhook.request.url, webhook.answer.status], ['answered', 'http://app/sms', 200]);
  assert.ok((await house.client.webhook(webhook.id)).request.headers['X-Twilio-Signature']);
  assert.equal((await house.client.replayWebhook(webhook.id)).cause, webhook.id);
  await assert.rejects(house.client.webhook(999_999), (fault) => fault.status === 404);
});

test('the journal is paged and followed as it is written', async () => {
  const phone = house.client.handset(newPhone());
  const { last_seq: after } = await house.client.journal({ limit: 1 });
  await phone.text(number, 'first');
  const kinds = [];
  for await (const entry of house.client.followJournal({ after, subject: phone.number })) {
    kinds.push(entry.kind);
    if (kinds.length === 1) await house.client.advance('5s');
    if (entry.kind === 'handset.received') break;
  }
  assert.deepEqual(kinds, ['handset.texted', 'handset.received']);
});

test('a follower may be stopped from outside', async () => {
  const stop = new AbortController();
  const following = assert.rejects(async () => { for await (const _ of house.client.followJournal({}, { signal: stop.signal })) stop.abort(); }, { name: 'AbortError' });
  await house.client.openAccount({ friendlyName: 'Something happens' });
  stop.abort();
  await following;
});

test('so many and no more', async () => {
  const phone = house.client.handset(newPhone());
  await phone.text(number, 'a');
  await phone.text(number, 'b');
  const match = { kind: 'handset.received', subject: phone.number };
  assert.equal((await house.client.expect(match, { count: 2, within: '10s' })).length, 2);
  assert.equal((await house.client.expectExactly(match, 2)).length, 2);
  await assert.rejects(house.client.expectExactly(match, 1), (fault) => fault instanceof ExpectationFailedError && fault.found.length === 2);
  await assert.rejects(house.client.expect({ kind: 'call.busy' }), /happened #/);
  await assert.rejects(house.client.expect({}), (fault) => fault instanceof EmulatorError && fault.status === 400);
  await assert.rejects(house.client.advance(-1), TypeError);
});

test('the rest of the control API', async () => {
  assert.equal((await house.client.untilReady()).status, 'ready');
  assert.ok((await house.client.fidelity({ product: 'lookups' })).operations.every((o) => o.product === 'lookups'));
  await house.client.putResource('video', '/v1/Rooms/RM00000000000000000000000000000001', { unique_name: 'Daily' });
  assert.match(await house.client.caPem(), /BEGIN CERTIFICATE/);
  assert.match(await house.client.caBundlePem(), /BEGIN CERTIFICATE/);
  assert.equal((await house.client.send('GET', '/health')).seed, 1);
  await assert.rejects(house.client.send('GET', '/nothing'), /GET \/nothing answered 404/);
  assert.equal((await house.client.reset()).status, 'reset');
});

test('a call that hangs ends with what holds time', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/_emu/v1/clock') response.end(JSON.stringify({ mode: 'manual', holds: ['webhook POST http://app/sms'] }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new EmulatorClient(`http://127.0.0.1:${server.address().port}`, { patience: 50 });
  await assert.rejects(client.expect({ kind: 'x' }, { within: 0 }), /not answered after 50 ms; time \(manual\) is held by: webhook POST/);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(client.health(), /ECONNREFUSED|closed/);
  await assert.rejects(client.untilReady(), /no emulator is ready at/);
});
