// What connectors do that people plug into their account: a workflow tool, an inbox, a masked group, a gateway of a messaging platform.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBackend } from '../lib/backend.js';
import { newPhone, openHouse } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';

const house = openHouse({ clock: 'manual' });
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const open = async (count = 1) => {
  const account = await house.newAccount();
  const { client } = redirected(house.emulator.url, account.sid, account.token);
  const found = await client.availablePhoneNumbers('US').local.list({ limit: count });
  const numbers = [];
  for (const { phoneNumber } of found) numbers.push(await client.incomingPhoneNumbers.create({ phoneNumber }));
  return { ...account, client, numbers };
};
const basic = (user, password) => ({ Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });
const received = async (phone) => (await house.control.handset(phone)).received.map((r) => r.body);

test('a workflow tool subscribes to texts with plain requests, believes the JSON it is sent, and takes its sink away last', async () => {
  const account = await open();
  const app = await startBackend(account.token);
  const ask = async (method, path, form) => {
    const response = await fetch(`${house.emulator.url}/events/v1/${path}`, {
      method, headers: basic(account.sid, account.token), body: form && new URLSearchParams(form),
    });
    return { status: response.status, body: response.status === 204 ? null : await response.json() };
  };
  try {
    const { body: { types } } = await ask('GET', 'Types?PageSize=200');
    const type = 'com.twilio.messaging.inbound-message.received';
    assert.ok(types.find((t) => t.type === type)?.schema_id);
    const sink = await ask('POST', 'Sinks', {
      Description: 'made by a workflow', SinkType: 'webhook', SinkConfiguration: `{\t"destination": "${app.url}/hook?flow=1",\t"method": "POST"\t}`,
    });
    assert.deepEqual([sink.status, sink.body.status, sink.body.sink_configuration.destination], [201, 'active', `${app.url}/hook?flow=1`]);
    const subscription = await ask('POST', 'Subscriptions', { Description: 'made by a workflow', SinkSid: sink.body.sid, Types: `{ "type": "${type}" }` });
    assert.equal(subscription.status, 201);
    const { body: { types: subscribed } } = await ask('GET', `Subscriptions/${subscription.body.sid}/SubscribedEvents`);
    assert.deepEqual(subscribed.map((t) => t.type), [type]);

    await house.control.text(newPhone(), account.numbers[0].phoneNumber, 'start the flow');
    await house.control.advance('10s');
    assert.deepEqual(app.told.map((t) => [t.path, t.isSigned, t.search.startsWith('?flow=1&bodySHA256='), t.params.type, t.params.data.body]), [['/hook', true, true, type, 'start the flow']]);

    const early = await ask('DELETE', `Sinks/${sink.body.sid}`);
    assert.deepEqual([early.status, early.body.code], [400, 91007]);
    assert.equal((await ask('DELETE', `Subscriptions/${subscription.body.sid}`)).status, 204);
    assert.equal((await ask('DELETE', `Sinks/${sink.body.sid}`)).status, 204);
  } finally {
    await app.stop();
  }
});

test('an inbox looks whether its number leads to it, mends that, and keeps the pictures of who writes, with an API key', async () => {
  const account = await open();
  const [number] = account.numbers;
  const key = await account.client.newKeys.create({ friendlyName: 'inbox' });
  const { client } = redirected(house.emulator.url, key.sid, key.secret, { accountSid: account.sid });
  const app = await startBackend(account.token, { '/inbox': () => ({ status: 204 }) });
  try {
    const [mine] = await client.incomingPhoneNumbers.list({ phoneNumber: number.phoneNumber });
    assert.deepEqual([mine.sid, mine.smsApplicationSid || null, mine.trunkSid, mine.capabilities.sms], [number.sid, null, null, true]);
    assert.notEqual(mine.smsUrl, `${app.url}/inbox`);
    await client.incomingPhoneNumbers(mine.sid).update({ smsMethod: 'POST', smsUrl: `${app.url}/inbox` });

    const phone = newPhone();
    await house.control.ask('POST', `/handsets/${encodeURIComponent(phone)}/messages`, {
      to: number.phoneNumber, body: 'see', media_urls: [`data:image/png;base64,${png.toString('base64')}`, 'data:text/vcard,BEGIN%3AVCARD'],
    });
    await house.control.advance('5s');
    const [{ params, isSigned }] = app.at('/inbox');
    assert.ok(isSigned);
    assert.deepEqual([params.SmsSid, params.From, params.FromCountry, params.NumMedia], [params.MessageSid, phone, 'US', '2']);
    const kept = [];
    for (let i = 0; i < Number(params.NumMedia); i++) {
      const media = await fetch(params[`MediaUrl${i}`], { headers: basic(key.sid, key.secret) });
      kept.push([media.status, media.redirected, media.headers.get('content-type'), Buffer.from(await media.arrayBuffer())]);
    }
    assert.deepEqual(kept[0], [200, true, 'image/png', png]);
    assert.deepEqual([...kept[1].slice(0, 3), kept[1][3].toString()], [200, true, 'text/vcard', 'BEGIN:VCARD']);
    assert.equal((await fetch(params.MediaUrl0, { headers: basic(key.sid, account.token) })).status, 401, "a key has no use for the account's token");
  } finally {
    await app.stop();
  }
});

test('a group of three is masked by one conversation; who calls is joined to the others in a conference; closed, it is deleted', async () => {
  const account = await open(2);
  const pool = account.numbers.map((n) => n.phoneNumber);
  const { conversations } = account.client.conversations.v1;
  const { participantConversations } = account.client.conversations.v1;
  const people = [newPhone(), newPhone(), newPhone()];
  const deleted = [];
  const app = await startBackend(account.token, {
    '/after': async ({ EventType, StateTo, State, ConversationSid }) => {
      if (EventType === 'onConversationStateUpdated' && (StateTo ?? State) === 'closed') deleted.push(ConversationSid);
      return { status: 200 };
    },
    '/call': async ({ From, To }) => {
      const found = (await participantConversations.list({ address: From }))
        .find((p) => p.conversationState !== 'closed' && p.participantMessagingBinding.proxy_address === To);
      if (!found) return { status: 200, body: '<Response><Say>Nobody</Say></Response>' };
      const others = (await conversations(found.conversationSid).participants.list())
        .filter((p) => p.messagingBinding.type === 'sms' && p.messagingBinding.address !== From);
      for (const { messagingBinding: { address, proxy_address: from } } of others) {
        await account.client.calls.create({ to: address, from, twiml: '<Response><Dial><Conference>masked</Conference></Dial></Response>' });
      }
      return { status: 200, body: '<Response><Dial><Conference endConferenceOnExit="true">masked</Conference></Dial></Response>' };
    },
  });
  try {
    await account.client.conversations.v1.configuration.webhooks().update({ method: 'POST', filters: ['onConversationStateUpdated'], postWebhookUrl: `${app.url}/after` });
    for (const { sid } of account.numbers) await account.client.incomingPhoneNumbers(sid).update({ voiceUrl: `${app.url}/call` });
    const { sid } = await conversations.create({ friendlyName: 'order 7' });
    for (const phone of people) {
      const taken = (await participantConversations.list({ address: phone })).map((p) => p.participantMessagingBinding.proxy_address);
      assert.deepEqual(taken, []);
      await conversations(sid).participants.create({ 'messagingBinding.address': phone, 'messagingBinding.proxyAddress': pool[0] });
    }
    // The same pair is free for no second conversation: the next number of the pool is tried.
    const { sid: second } = await conversations.create({ friendlyName: 'order 8' });
    const pair = (proxy) => conversations(second).participants.create({ 'messagingBinding.address': people[0], 'messagingBinding.proxyAddress': proxy });
    await assert.rejects(pair(pool[0]), ({ code, status, message }) => code === 50416 && status === 409 && message.includes(sid));
    await pair(pool[1]);
    assert.equal((await participantConversations.list({ address: people[0] })).length, 2);

    await house.control.text(people[0], pool[0], 'on my way');
    await house.control.advance('10s');
    assert.deepEqual([await received(people[1]), await received(people[2])], [['on my way'], ['on my way']]);

    for (const phone of people.slice(1)) await house.control.behave(phone, { script: [{ answers: '2s' }, { wait: '60s' }] });
    await house.control.dial(people[0], pool[0], [{ wait: '30s' }, { hangs_up: true }]);
    await house.control.advance('90s');
    const [room] = await account.client.conferences.list({ friendlyName: 'masked' });
    assert.equal(room.status, 'completed');
    const calls = await account.client.calls.list();
    assert.deepEqual(calls.filter((c) => c.direction === 'outbound-api').map((c) => [c.from, c.to, c.status]).sort(), people.slice(1).map((p) => [pool[0], p, 'completed']).sort());

    await conversations(sid).update({ state: 'closed' });
    await house.control.advance('5s');
    assert.deepEqual(deleted, [sid]);
    assert.equal(await conversations(sid).remove(), true);
    assert.ok(app.told.every((t) => t.isSigned));
  } finally {
    await app.stop();
  }
});

test("a platform's gateway sends long words in parts of 1600 with its own id in the callback, and learns who said stop", async () => {
  const account = await open();
  const { phoneNumber: from } = account.numbers[0];
  const app = await startBackend(account.token);
  const send = async (to, body) => {
    const response = await fetch(`${house.emulator.url}/2010-04-01/Accounts/${account.sid}/Messages.json`, {
      method: 'POST',
      headers: { ...basic(account.sid, account.token), Accept: 'application/json' },
      body: new URLSearchParams({ To: to, From: from, Body: body, StatusCallback: `${app.url}/status?id=42&action=callback` }),
    });
    return response.json();
  };
  try {
    const phone = newPhone();
    const words = 'wörter '.repeat(300);
    for (const part of words.match(/[\s\S]{1,1600}/g)) assert.match((await send(phone, part)).sid, /^SM/);
    assert.equal((await send(phone, words)).code, 21617);
    await house.control.advance('120s');
    assert.deepEqual((await received(phone)).map((b) => b.length), [1600, 500]);
    const told = app.at('/status');
    assert.ok(told.every((t) => t.isSigned && t.search === '?id=42&action=callback'));
    assert.deepEqual([...new Set(told.map((t) => t.params.MessageStatus))].sort(), ['delivered', 'sending', 'sent']);
    assert.ok(told.filter((t) => t.params.MessageStatus === 'delivered').every((t) => /^\d{10}$/.test(t.params.RawDlrDoneDate)));

    await house.control.text(phone, from, 'STOP');
    await house.control.advance('5s');
    const refused = await send(phone, 'again');
    assert.deepEqual([refused.status, refused.code, refused.more_info], [400, 21610, 'https://www.twilio.com/docs/errors/21610']);
  } finally {
    await app.stop();
  }
});
