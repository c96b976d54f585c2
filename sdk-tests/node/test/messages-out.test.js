import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse } from '../lib/house.js';

const house = openHouse();

test('a message comes back queued, is delivered, and is told of in order', async () => {
  const { client, number } = await house.newSender();
  const to = newPhone();
  house.app.on('/status', () => ({ status: 204 }));

  const created = await client.messages.create({ from: number, to, body: 'Grüße & +1 %', statusCallback: `${house.app.url}/status` });
  assert.equal(created.status, 'queued');
  assert.match(created.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(created.direction, 'outbound-api');
  assert.equal(created.numSegments, '1');
  assert.ok(created.dateCreated instanceof Date && !Number.isNaN(created.dateCreated.getTime()));

  const told = await house.app.until('/status', 3);
  assert.deepEqual(told.map((r) => r.params.MessageStatus), ['sending', 'sent', 'delivered']);
  for (const { params } of told) {
    assert.equal(params.MessageSid, created.sid);
    assert.equal(params.SmsSid, created.sid);
    assert.equal(params.From, number);
    assert.equal(params.To, to);
  }

  const fetched = await client.messages(created.sid).fetch();
  assert.equal(fetched.status, 'delivered');
  assert.equal(fetched.errorCode, null);
  assert.ok(fetched.dateSent instanceof Date);
  const phone = await house.control.handset(to);
  assert.ok(JSON.stringify(phone.received).includes('Grüße & +1 %'));
});

test('an undelivered message ends with its error code', async () => {
  const { client, number } = await house.newSender();
  const to = newPhone();
  await house.control.behave(to, { texts: { status: 'undelivered', error_code: 30003 } });
  house.app.on('/undelivered', () => ({ status: 200 }));

  const { sid } = await client.messages.create({ from: number, to, body: 'hello?', statusCallback: `${house.app.url}/undelivered` });
  const told = await house.app.until('/undelivered', 3);
  assert.deepEqual(told.map((r) => [r.params.MessageStatus, r.params.ErrorCode]), [['sending', undefined], ['sent', undefined], ['undelivered', '30003']]);
  const fetched = await client.messages(sid).fetch();
  assert.equal(fetched.status, 'undelivered');
  assert.equal(fetched.errorCode, 30003);
});

test('messages of one long code leave one second apart', async () => {
  const { client, number } = await house.newSender();
  // Time stands still until all five wait: a clock that jumps to what is due may empty the queue between two creates.
  await house.control.setClock('manual');
  for (let i = 0; i < 5; i++) await client.messages.create({ from: number, to: newPhone(), body: `number ${i}` });
  await house.control.setClock('auto');
  await house.control.expect({ kind: 'message.delivered', account: client.accountSid }, { count: 5 });
  const sent = (await client.messages.list()).map((m) => m.dateSent.getTime()).sort((a, b) => a - b);
  assert.equal(sent.length, 5);
  sent.slice(1).forEach((at, i) => assert.equal(at - sent[i], 1000));
});

test('an app that answers 500 to status callbacks changes nothing for the message', async () => {
  const { client, number } = await house.newSender();
  house.app.on('/broken', () => ({ status: 500, body: 'oops' }));
  const { sid } = await client.messages.create({ from: number, to: newPhone(), body: 'x', statusCallback: `${house.app.url}/broken` });
  await house.app.until('/broken', 3);
  assert.equal((await client.messages(sid).fetch()).status, 'delivered');
});

test('messages posted by many at once are neither lost nor doubled, and each is told of in order', async () => {
  const senders = [];
  while (senders.length < 4) senders.push(await house.newSender());
  house.app.on('/crowd', () => ({ status: 204 }));
  const created = await Promise.all(senders.flatMap(({ client, number }) => Array.from({ length: 16 }, (_, i) =>
    client.messages.create({ from: number, to: newPhone(), body: `${i}`, statusCallback: `${house.app.url}/crowd` }))));
  const sids = created.map((m) => m.sid);
  assert.equal(new Set(sids).size, 64);

  const told = await house.app.until('/crowd', 192);
  for (const sid of sids) {
    assert.deepEqual(told.filter((r) => r.params.MessageSid === sid).map((r) => r.params.MessageStatus), ['sending', 'sent', 'delivered']);
  }
  for (const { client } of senders) assert.equal((await client.messages.list()).length, 16);
});
