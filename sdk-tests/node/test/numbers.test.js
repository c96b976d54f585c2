import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses } from '../lib/house.js';

const house = openHouse();

test('a number is found, bought, configured and released', async () => {
  const { client } = await house.newAccount();
  const found = await client.availablePhoneNumbers('US').local.list({ areaCode: 415, limit: 3 });
  assert.equal(found.length, 3);
  for (const n of found) assert.match(n.phoneNumber, /^\+1415\d{7}$/);

  const bought = await client.incomingPhoneNumbers.create({ phoneNumber: found[0].phoneNumber, friendlyName: 'front desk' });
  assert.match(bought.sid, /^PN[0-9a-f]{32}$/);
  assert.equal(bought.friendlyName, 'front desk');
  assert.equal(bought.capabilities.sms, true);

  const configured = await client.incomingPhoneNumbers(bought.sid).update({ smsUrl: 'https://example.com/sms', smsMethod: 'GET', voiceUrl: 'https://example.com/voice' });
  assert.equal(configured.smsUrl, 'https://example.com/sms');
  assert.equal(configured.smsMethod, 'GET');
  assert.equal(configured.voiceUrl, 'https://example.com/voice');
  assert.equal((await client.incomingPhoneNumbers.list({ phoneNumber: bought.phoneNumber }))[0].sid, bought.sid);

  assert.equal(await client.incomingPhoneNumbers(bought.sid).remove(), true);
  await refuses(client.incomingPhoneNumbers(bought.sid).fetch(), { code: 20404, status: 404 });
  await refuses(client.messages.create({ from: bought.phoneNumber, to: newPhone(), body: 'x' }), { code: 21659, status: 400 });
});

test('a number is sold once', async () => {
  const { number } = await house.newSender();
  const { client } = await house.newAccount();
  await refuses(client.incomingPhoneNumbers.create({ phoneNumber: number }), { code: 21422, status: 400 });
});
