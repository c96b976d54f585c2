// What few apps do with products, as those few do it: push factors, masked calls, opt-out in other languages, files of Chat, pictures at their links.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { startBackend } from '../lib/backend.js';
import { newPhone, openHouse, refuses } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';

const house = openHouse({ clock: 'manual' });
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const open = async (count = 0) => {
  const account = await house.newAccount();
  const { client } = redirected(house.emulator.url, account.sid, account.token);
  const found = count === 0 ? [] : await client.availablePhoneNumbers('US').local.list({ limit: count });
  const numbers = [];
  for (const { phoneNumber } of found) numbers.push(await client.incomingPhoneNumbers.create({ phoneNumber }));
  return { ...account, client, numbers };
};
const received = async (phone) => (await house.control.handset(phone)).received;
const basic = ({ sid, token }) => ({ Authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}` });

test('a device is enrolled by its key, and what it is asked is approved by hand, denied by its signature, or too late', async () => {
  const account = await open();
  const app = await startBackend(account.token);
  try {
    const { verify } = account.client;
    const { sid: service } = await verify.v2.services.create({ friendlyName: 'Bank' });
    await verify.v2.services(service).webhooks.create({ friendlyName: 'backend', eventTypes: ['factor.verified', 'challenge.approved', 'challenge.denied'], webhookUrl: `${app.url}/verify` });
    const identity = 'customer-0001';
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const { newFactors, factors, challenges } = verify.v2.services(service).entities(identity);
    const made = await newFactors.create({
      friendlyName: "Ann's phone", factorType: 'push', 'binding.alg': 'ES256', 'binding.publicKey': publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      'config.appId': 'com.example.bank', 'config.notificationPlatform': 'none', 'config.sdkVersion': '1.0.0',
    });
    assert.deepEqual([made.status, made.config.app_id], ['unverified', 'com.example.bank']);
    await refuses(challenges.create({ factorSid: made.sid, 'details.message': 'Pay?' }), { code: 60318, status: 403 });
    const proof = sign('sha256', Buffer.from(made.sid), privateKey).toString('base64');
    assert.equal((await factors(made.sid).update({ authPayload: proof })).status, 'verified');

    const ask = (message) => challenges.create({ factorSid: made.sid, 'details.message': message, 'details.fields': [{ label: 'Amount', value: '$10' }], hiddenDetails: { ip: '127.0.0.1' } });
    const first = await ask('Pay ten dollars?');
    assert.deepEqual([first.status, first.details.message, first.details.fields, first.respondedReason], ['pending', 'Pay ten dollars?', [{ label: 'Amount', value: '$10' }], 'none']);
    await house.control.ask('POST', `/challenges/${first.sid}/answer`, { status: 'approved' });
    assert.equal((await challenges(first.sid).fetch()).status, 'approved');

    const second = await ask('Pay again?');
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ factor_sid: made.sid, sid: second.sid, status: 'denied' })}`;
    const jwt = `${head}.${sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    assert.equal((await challenges(second.sid).update({ authPayload: jwt })).status, 'denied');
    await refuses(challenges(second.sid).update({ authPayload: jwt }), { code: 60322, status: 400 });

    const third = await ask('Pay at last?');
    await house.control.advance('301s');
    assert.equal((await challenges(third.sid).fetch()).status, 'expired');
    await assert.rejects(house.control.ask('POST', `/challenges/${third.sid}/answer`, { status: 'approved' }), /409/);
    assert.deepEqual((await challenges.list({ status: 'approved' })).map((c) => c.sid), [first.sid]);

    await house.control.advance('1s');
    assert.deepEqual(app.told.map((t) => [t.params.type, t.isSigned]), [['factor.verified', true], ['challenge.approved', true], ['challenge.denied', true]]);
    const approved = app.told[1].params;
    assert.deepEqual([approved.challenge_sid, approved.factor_sid, approved.identity, approved.account_sid], [first.sid, made.sid, identity, account.sid]);
    assert.equal(JSON.parse(approved.challenge_details).message, 'Pay ten dollars?');
    assert.deepEqual(JSON.parse(approved.challenge_hidden_details), { ip: '127.0.0.1' });
  } finally {
    await app.stop();
  }
});

test('rider and driver call each other behind numbers of a pool, and the app hears of both legs', async () => {
  const account = await open(2);
  let blocks = false;
  const app = await startBackend(account.token, { '/ask': () => ({ status: blocks ? 403 : 200 }) });
  try {
    const { proxy } = account.client;
    const { sid: service } = await proxy.v1.services.create({ uniqueName: 'rides', callbackUrl: `${app.url}/told`, interceptCallbackUrl: `${app.url}/ask` });
    for (const { sid } of account.numbers) await proxy.v1.services(service).phoneNumbers.create({ sid });
    const { sid: session } = await proxy.v1.services(service).sessions.create({ uniqueName: 'ride 1', mode: 'voice-only' });
    const { participants, interactions } = proxy.v1.services(service).sessions(session);
    const [rider, driver] = [newPhone(), newPhone()];
    const masks = new Map();
    for (const phone of [rider, driver]) masks.set(phone, (await participants.create({ identifier: phone })).proxyIdentifier);
    for (const phone of [rider, driver]) await house.control.behave(phone, { script: [{ answers: '2s' }, { wait: '10s' }, { hangs_up: true }] });

    const call = async (from, to) => {
      await house.control.dial(from, masks.get(from), [{ wait: '60s' }]);
      await house.control.advance('90s');
      const [newest] = await interactions.list({ limit: 1 });
      const outbound = await account.client.calls(newest.outboundResourceSid).fetch();
      assert.deepEqual([outbound.from, outbound.to, outbound.status], [masks.get(to), to, 'completed'], 'each sees the other by the number of their own pool');
      assert.deepEqual([newest.type, newest.inboundResourceStatus, newest.outboundResourceStatus], ['voice', 'completed', 'completed']);
      assert.ok(Number(JSON.parse(newest.data).duration) >= 10, newest.data);
      return newest;
    };
    const there = await call(rider, driver);
    const back = await call(driver, rider);
    assert.notEqual(there.sid, back.sid);

    assert.ok(app.told.every((t) => t.isSigned));
    const asked = app.told.filter((t) => t.path === '/ask').map((t) => t.params);
    assert.deepEqual(asked.map((p) => [p.interactionSid, p.interactionType, p.inboundResourceStatus]), [[there.sid, 'Voice', 'ringing'], [back.sid, 'Voice', 'ringing']]);
    const last = app.told.filter((t) => t.path === '/told').at(-1).params;
    assert.deepEqual([last.interactionSid, last.interactionType, last.inboundResourceStatus, last.outboundResourceStatus, last.interactionAccountSid], [back.sid, 'Voice', 'completed', 'completed', account.sid]);
    assert.equal(last.outboundResourceSid, back.outboundResourceSid);

    blocks = true;
    const before = (await account.client.calls.list({ to: driver })).length;
    await house.control.dial(rider, masks.get(rider), [{ wait: '20s' }]);
    await house.control.advance('60s');
    assert.equal((await account.client.calls.list({ to: driver })).length, before, 'the app said no');
    await house.control.text(rider, masks.get(rider), 'are you there?');
    await house.control.advance('5s');
    assert.deepEqual(await received(driver), [], 'the session is for calls');
  } finally {
    await app.stop();
  }
});

test('keywords of other languages stop a service with words of their own, and CANCEL is the app\'s where it was taken away', async () => {
  const account = await open(1);
  const { client } = account;
  const { sid: service } = await client.messaging.v1.services.create({ friendlyName: 'Rendez-vous', inboundRequestUrl: `${house.app.url}/sms`, useInboundWebhookOnNumber: false });
  await client.messaging.v1.services(service).phoneNumbers.create({ phoneNumberSid: account.numbers[0].sid });
  await house.control.ask('PUT', `/opt-outs/${service}?account=${account.sid}`, {
    keywords: [
      { type: 'stop', words: ['ARRET', 'BAJA'], reply: 'Désabonné. Répondez REPRENDRE.', without: ['cancel'] },
      { type: 'start', words: ['REPRENDRE'], reply: 'Réabonné.' },
      { type: 'help', words: ['AIDE'], reply: 'Appelez-nous.' },
    ],
  });
  house.app.on('/sms', () => '<Response/>');
  const phone = newPhone();
  const { phoneNumber: number } = account.numbers[0];
  const say = async (body) => {
    await house.control.text(phone, number, body);
    await house.control.advance('5s');
    return (await received(phone)).at(-1)?.body;
  };
  assert.equal(await say('Cancel'), undefined);
  assert.equal(await say('aide'), 'Appelez-nous.');
  assert.equal(await say('Arret'), 'Désabonné. Répondez REPRENDRE.');
  await refuses(client.messages.create({ from: number, to: phone, body: 'x' }), { code: 21610, status: 400 });
  assert.equal(await say('reprendre'), 'Réabonné.');
  await client.messages.create({ from: number, to: phone, body: 'Bonjour' });
  assert.deepEqual(house.app.at('/sms').map((r) => r.params.OptOutType), [undefined, 'HELP', 'STOP', 'START']);
  assert.ok(house.app.at('/sms').every((r) => r.params.MessagingServiceSid === service));
  await assert.rejects(house.control.ask('PUT', `/opt-outs/${service}?account=${account.sid}`, { keywords: [{ type: 'stop', without: ['STOP'] }] }), /400.*STOP/s);
});

test('a file is uploaded for Chat, said in a channel, had again, and gone with its message', async () => {
  const account = await open();
  const { chat } = account.client;
  const { sid: service } = await chat.v2.services.create({ friendlyName: 'Help desk' });
  const { sid: channel } = await chat.v2.services(service).channels.create({ uniqueName: 'orders' });
  const files = `${house.emulator.url}/mcs/v1/Services/${service}/Media`;
  const file = await (await fetch(`${files}?Filename=cat.png`, { method: 'POST', headers: { ...basic(account), 'Content-Type': 'image/png' }, body: png })).json();
  const { messages } = chat.v2.services(service).channels(channel);
  const said = await messages.create({ mediaSid: file.sid, from: 'ann' });
  assert.deepEqual([said.type, said.from, said.index, said.wasEdited, said.to], ['media', 'ann', 0, false, channel]);
  assert.deepEqual(said.media, { sid: file.sid, size: png.length, content_type: 'image/png', filename: 'cat.png' });
  assert.equal((await messages.create({ body: 'hello' })).type, 'text');
  const { links } = await (await fetch(`${files}/${file.sid}`, { headers: basic(account) })).json();
  assert.deepEqual(Buffer.from(await (await fetch(links.content_direct_temporary)).arrayBuffer()), png);
  await refuses(messages.create({ mediaSid: file.sid }), { code: 50508, status: 400 });
  await refuses(messages(said.sid).update({ body: 'a cat' }), { code: 50509, status: 400 });
  assert.equal(await messages(said.sid).remove(), true);
  assert.equal((await fetch(`${files}/${file.sid}`, { headers: basic(account) })).status, 404);
});

test('a phone\'s picture is where the webhook\'s URL leads, and nowhere for who follows nothing', async () => {
  const account = await open(1);
  house.app.on('/mms', () => '<Response/>');
  await account.client.incomingPhoneNumbers(account.numbers[0].sid).update({ smsUrl: `${house.app.url}/mms` });
  await house.control.ask('POST', `/handsets/${encodeURIComponent(newPhone())}/messages`, { to: account.numbers[0].phoneNumber, body: 'look', media_urls: [`data:image/png;base64,${png.toString('base64')}`] });
  const [{ params }] = await house.app.until('/mms');
  assert.deepEqual([params.NumMedia, params.MediaContentType0], ['1', 'image/png']);
  assert.match(params.MediaUrl0, /^http:\/\/127\.0\.0\.1:\d+\/2010-04-01\/Accounts\/AC/);
  assert.equal((await fetch(params.MediaUrl0)).status, 401);
  const led = await fetch(params.MediaUrl0, { headers: basic(account), redirect: 'manual' });
  assert.deepEqual([led.status, (await led.arrayBuffer()).byteLength], [307, 0]);
  const had = await fetch(led.headers.get('location'));
  assert.deepEqual([had.status, had.headers.get('content-type')], [200, 'image/png']);
  assert.deepEqual(Buffer.from(await had.arrayBuffer()), png);
});
