// Messaging Services, Verify, Conversations and Proxy as an app uses them: the SDK over sockets, phones by the control API, webhooks to a listening app.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { newPhone, openHouse, refuses } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';

// Time stands still until told, so that what waits is seen waiting.
const house = openHouse({ clock: 'manual' });

/** An account with so many numbers, and a client whose every product goes to the emulator. */
const open = async (count = 1) => {
  const account = await house.newAccount();
  const { client } = redirected(house.emulator.url, account.sid, account.token);
  const found = await client.availablePhoneNumbers('US').local.list({ limit: count });
  const numbers = [];
  for (const { phoneNumber } of found) numbers.push(await client.incomingPhoneNumbers.create({ phoneNumber }));
  return { ...account, client, numbers };
};
const received = async (phone) => (await house.control.handset(phone)).received;
const bodies = async (phone) => (await received(phone)).map((t) => t.body);

test('a service chooses a sender of its pool, keeps it for a phone, and tells of each step', async () => {
  const { client, numbers } = await open(2);
  const service = await client.messaging.v1.services.create({ friendlyName: 'Notices', statusCallback: `${house.app.url}/of-service` });
  for (const { sid } of numbers) await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: sid });
  house.app.on('/of-service', () => ({ status: 204 }));
  const to = newPhone();
  const first = await client.messages.create({ messagingServiceSid: service.sid, to, body: 'one' });
  assert.deepEqual([first.status, first.from, first.numSegments, first.messagingServiceSid], ['accepted', null, '0', service.sid]);
  await house.control.advance('5s');
  const second = await client.messages.create({ messagingServiceSid: service.sid, to, body: 'two' });
  await house.control.advance('5s');
  const [one, two] = [await client.messages(first.sid).fetch(), await client.messages(second.sid).fetch()];
  assert.deepEqual([one.status, two.status, one.from === two.from], ['delivered', 'delivered', true]);
  assert.ok(numbers.some((n) => n.phoneNumber === one.from));
  const told = (await house.app.until('/of-service', 8)).filter((r) => r.params.MessageSid === first.sid);
  assert.deepEqual(told.map((r) => r.params.MessageStatus), ['queued', 'sending', 'sent', 'delivered']);
  assert.ok(told.every((r) => r.params.MessagingServiceSid === service.sid));
  await refuses(client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: numbers[0].sid }), { code: 21710, status: 409 });
});

test('a scheduled message leaves at its instant, and one that is taken back never', async () => {
  const { client, numbers } = await open();
  const service = await client.messaging.v1.services.create({ friendlyName: 'Reminders' });
  await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: numbers[0].sid });
  const to = newPhone();
  const { now } = await house.control.ask('GET', '/clock');
  const sendAt = new Date(Math.ceil(Date.parse(now) / 1000) * 1000 + 3_600_000);
  const schedule = (body) => client.messages.create({ messagingServiceSid: service.sid, to, body, scheduleType: 'fixed', sendAt });
  const [kept, dropped] = [await schedule('your appointment'), await schedule('never mind')];
  assert.deepEqual([kept.status, kept.from], ['scheduled', null]);
  assert.equal((await client.messages(dropped.sid).update({ status: 'canceled' })).status, 'canceled');
  await refuses(client.messages(dropped.sid).update({ status: 'canceled' }), { code: 30409, status: 400 });
  await house.control.advance('59m');
  assert.deepEqual(await bodies(to), []);
  await house.control.advance('2m');
  assert.deepEqual(await bodies(to), ['your appointment']);
  assert.deepEqual((await client.messages(kept.sid).fetch()).dateSent, sendAt);
  await refuses(client.messages.create({ from: numbers[0].phoneNumber, to, body: 'x', scheduleType: 'fixed', sendAt }), { code: 35118, status: 400 });
});

test('who says STOP to one number of a service is written to by none of it, until START', async () => {
  const { client, numbers } = await open(2);
  const service = await client.messaging.v1.services.create({ friendlyName: 'News' });
  for (const { sid } of numbers) await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: sid });
  const phone = newPhone();
  await house.control.text(phone, numbers[0].phoneNumber, 'Stop');
  await house.control.advance('5s');
  assert.match((await bodies(phone))[0], /^You have successfully been unsubscribed\./);
  await refuses(client.messages.create({ from: numbers[1].phoneNumber, to: phone, body: 'x' }), { code: 21610, status: 400 });
  const late = await client.messages.create({ messagingServiceSid: service.sid, to: phone, body: 'x' });
  await house.control.advance('5s');
  const failed = await client.messages(late.sid).fetch();
  assert.deepEqual([failed.status, failed.errorCode], ['failed', 30630]);
  await house.control.text(phone, numbers[0].phoneNumber, 'START');
  await client.messages.create({ from: numbers[1].phoneNumber, to: phone, body: 'welcome back' });
  await house.control.advance('10s');
  assert.equal((await bodies(phone)).at(-1), 'welcome back');
});

test('a picture is fetched, sent, listed, had again, and deleted', async () => {
  const { client, numbers, sid, token } = await open();
  const pictures = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/cat.png' }).end();
    else response.writeHead(200, { 'content-type': 'image/png', 'content-length': 12 }).end(request.method === 'HEAD' ? undefined : 'PNG of a cat');
  });
  await new Promise((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  try {
    const to = newPhone();
    const sent = await client.messages.create({ from: numbers[0].phoneNumber, to, mediaUrl: [`http://127.0.0.1:${pictures.address().port}/moved`] });
    assert.match(sent.sid, /^MM/);
    await house.control.advance('5s');
    assert.equal((await client.messages(sent.sid).fetch()).status, 'delivered');
    const [media] = await client.messages(sent.sid).media.list();
    assert.equal(media.contentType, 'image/png');
    const url = `${house.emulator.url}/2010-04-01/Accounts/${sid}/Messages/${sent.sid}/Media/${media.sid}`;
    const authorization = `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`;
    assert.equal(await (await fetch(url, { headers: { authorization } })).text(), 'PNG of a cat');
    const part = await fetch(url, { headers: { authorization, range: 'bytes=0-2' } });
    assert.deepEqual([part.status, await part.text()], [206, 'PNG']);
    assert.equal(await client.messages(sent.sid).media(media.sid).remove(), true);
    assert.deepEqual(await client.messages(sent.sid).media.list(), []);
  } finally {
    pictures.close();
    pictures.closeAllConnections();
  }
});

test('a login by code: sent, read by the phone, wrong once, right, and gone', async () => {
  const { client } = await open();
  const service = await client.verify.v2.services.create({ friendlyName: 'Shop', codeLength: 6 });
  const to = newPhone();
  const started = await client.verify.v2.services(service.sid).verifications.create({ to, channel: 'sms' });
  assert.deepEqual([started.status, started.valid, started.channel, started.sendCodeAttempts.length], ['pending', false, 'sms', 1]);
  await house.control.advance('5s');
  const [{ code }] = (await house.control.handset(to)).codes;
  assert.match(code, /^\d{6}$/);
  assert.ok((await bodies(to))[0].includes(code));
  const check = (given) => client.verify.v2.services(service.sid).verificationChecks.create({ to, code: given });
  const wrong = await check(code === '000000' ? '000001' : '000000');
  assert.deepEqual([wrong.status, wrong.valid], ['pending', false]);
  const again = await client.verify.v2.services(service.sid).verifications.create({ to, channel: 'sms' });
  assert.deepEqual([again.sid, again.sendCodeAttempts.length], [started.sid, 2]);
  const right = await check(code);
  assert.deepEqual([right.status, right.valid], ['approved', true]);
  await refuses(check(code), { code: 20404, status: 404 });
  await refuses(client.verify.v2.services(service.sid).verifications(started.sid).fetch(), { code: 20404, status: 404 });
  const [attempt] = await client.verify.v2.verificationAttempts.list({ verifyServiceSid: service.sid, limit: 5 });
  assert.equal(attempt.verificationSid, started.sid);
});

test('a code is asked for five times, and guessed five times, and no more', async () => {
  const { client } = await open();
  const service = await client.verify.v2.services.create({ friendlyName: 'Shop' });
  const { verifications, verificationChecks } = client.verify.v2.services(service.sid);
  const to = newPhone();
  for (let i = 0; i < 5; i++) await verifications.create({ to, channel: 'sms' });
  await refuses(verifications.create({ to, channel: 'sms' }), { code: 60203, status: 429 });
  for (let i = 0; i < 5; i++) assert.equal((await verificationChecks.create({ to, code: '0000000000'.slice(0, 4 + i) })).status, 'pending');
  await refuses(verificationChecks.create({ to, code: '123456' }), { code: 60202, status: 429 });
});

test('two phones talk in a conversation behind one number, and the app hears of it', async () => {
  const { client, numbers } = await open();
  house.app.on('/conversation', () => ({ status: 200 }));
  await client.conversations.v1.configuration.webhooks().update({ postWebhookUrl: `${house.app.url}/conversation`, method: 'POST', filters: ['onMessageAdded', 'onDeliveryUpdated'] });
  const conversation = await client.conversations.v1.conversations.create({ friendlyName: 'Tea', attributes: '{"topic":"tea"}' });
  const { participants, messages } = client.conversations.v1.conversations(conversation.sid);
  const [ann, bob] = [newPhone(), newPhone()];
  const pair = (address) => ({ 'messagingBinding.address': address, 'messagingBinding.proxyAddress': numbers[0].phoneNumber });
  for (const phone of [ann, bob]) await participants.create(pair(phone));
  await refuses(participants.create(pair(ann)), { code: 50416, status: 409 });
  await house.control.text(ann, numbers[0].phoneNumber, 'kettle is on');
  await house.control.advance('5s');
  assert.deepEqual([await bodies(bob), await bodies(ann)], [['kettle is on'], []]);
  const said = await messages.create({ body: 'who brings milk?', author: 'host' });
  await house.control.advance('5s');
  assert.deepEqual([(await bodies(ann)).at(-1), (await bodies(bob)).at(-1)], ['who brings milk?', 'who brings milk?']);
  const receipts = await messages(said.sid).deliveryReceipts.list();
  assert.deepEqual(receipts.map((r) => [r.status, r.errorCode]), [['delivered', 0], ['delivered', 0]]);
  assert.equal((await messages(said.sid).fetch()).delivery.delivered, 'all');
  const [first] = await house.app.until('/conversation');
  assert.deepEqual([first.params.EventType, first.params.Author, first.params.Body, first.params.Source], ['onMessageAdded', ann, 'kettle is on', 'SMS']);
  await client.conversations.v1.conversations(conversation.sid).update({ state: 'closed' });
  await refuses(messages.create({ body: 'late' }), { code: 50377, status: 400 });
});

test('rider and driver text under numbers of a pool, until the session is closed', async () => {
  const { client, numbers } = await open(2);
  const service = await client.proxy.v1.services.create({ uniqueName: 'rides' });
  for (const { sid } of numbers) await client.proxy.v1.services(service.sid).phoneNumbers.create({ sid });
  const session = await client.proxy.v1.services(service.sid).sessions.create({ uniqueName: 'ride 1', ttl: 3600 });
  const { participants, interactions } = client.proxy.v1.services(service.sid).sessions(session.sid);
  const [rider, driver] = [newPhone(), newPhone()];
  const masks = new Map();
  for (const phone of [rider, driver]) masks.set(phone, (await participants.create({ identifier: phone })).proxyIdentifier);
  await house.control.text(rider, masks.get(rider), 'at the corner');
  await house.control.advance('5s');
  const [text] = await received(driver);
  assert.deepEqual([text.from, text.body], [masks.get(driver), 'at the corner']);
  const [passed] = await interactions.list();
  assert.deepEqual([passed.type, passed.outboundResourceStatus], ['message', 'delivered']);
  assert.equal((await client.proxy.v1.services(service.sid).sessions(session.sid).fetch()).status, 'in-progress');
  await client.proxy.v1.services(service.sid).sessions(session.sid).update({ status: 'closed' });
  await house.control.text(rider, masks.get(rider), 'hello?');
  await house.control.advance('5s');
  assert.equal((await received(driver)).length, 1);
});
