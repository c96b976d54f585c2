import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses } from '../lib/house.js';

// Time stands still, so that a queued message stays one until told.
const house = openHouse({ clock: 'manual' });

test('bad messages are refused with Twilio\'s codes', async () => {
  const { client, number: from } = await house.newSender();
  const to = newPhone();
  await refuses(client.messages.create({ from, to: '', body: 'x' }), { code: 21604, status: 400 });
  await refuses(client.messages.create({ to, body: 'x' }), { code: 21603, status: 400 });
  await refuses(client.messages.create({ from, to: 'nobody', body: 'x' }), { code: 21211, status: 400 });
  await refuses(client.messages.create({ from: newPhone(), to, body: 'x' }), { code: 21659, status: 400 });
  await refuses(client.messages.create({ from, to, body: 'x'.repeat(1601) }), { code: 21617, status: 400 });
  await refuses(client.messages.create({ from, to: from, body: 'x' }), { code: 21266, status: 400 });
  assert.deepEqual(await client.messages.list(), []);
});

test('a message that is still on its way can neither be deleted nor redacted', async () => {
  const { client, number: from } = await house.newSender();
  const { sid } = await client.messages.create({ from, to: newPhone(), body: 'secret' });
  await refuses(client.messages(sid).remove(), { code: 20009, status: 409 });
  await refuses(client.messages(sid).update({ body: '' }), { code: 20009, status: 409 });

  await house.control.advance('2m');
  assert.equal((await client.messages(sid).fetch()).status, 'delivered');
  const redacted = await client.messages(sid).update({ body: '' });
  assert.equal(redacted.body, '');
  assert.equal(await client.messages(sid).remove(), true);
  await refuses(client.messages(sid).fetch(), { code: 20404, status: 404 });
});

test('what does not exist is 20404', async () => {
  const { client } = await house.newAccount();
  await refuses(client.messages(`SM${'0'.repeat(32)}`).fetch(), { code: 20404, status: 404 });
});

test('a wrong token is 20003', async () => {
  const { sid } = await house.newAccount();
  await refuses(house.clientOf(sid, 'f'.repeat(32)).messages.list(), { code: 20003, status: 401 });
});
