import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';

const house = openHouse();

test('two accounts never see each other\'s things', async () => {
  const [mine, yours] = [await house.newSender(), await house.newSender()];
  const { sid } = await mine.client.messages.create({ from: mine.number, to: newPhone(), body: 'mine' });
  await house.control.expect({ kind: 'message.delivered', subject: sid });

  assert.deepEqual(await yours.client.messages.list(), []);
  await refuses(yours.client.messages(sid).fetch(), { code: 20404, status: 404 });
  await refuses(yours.client.messages(sid).remove(), { code: 20404, status: 404 });
  await refuses(yours.client.incomingPhoneNumbers(mine.numberSid).fetch(), { code: 20404, status: 404 });
  await refuses(yours.client.messages.create({ from: mine.number, to: newPhone(), body: 'x' }), { code: 21660, status: 400 });
  assert.equal((await mine.client.messages(sid).fetch()).body, 'mine');
});

test('a token opens no other account', async () => {
  const [mine, yours] = [await house.newAccount(), await house.newAccount()];
  const burglar = house.clientOf(mine.sid, mine.token, { accountSid: yours.sid });
  await assert.rejects(burglar.messages.list(), (error) => error.status === 401 || error.status === 404);
});

test('a promoted token opens the account, and the old one no longer', async () => {
  const { sid, token } = await house.newAccount();
  const { client } = redirected(house.emulator.url, sid, token);
  const { secondaryAuthToken } = await client.accounts.v1.secondaryAuthToken().create();
  const { authToken } = await redirected(house.emulator.url, sid, token).client.accounts.v1.authTokenPromotion().update();
  assert.equal(authToken, secondaryAuthToken);
  assert.deepEqual(await house.clientOf(sid, authToken).messages.list(), []);
  await refuses(house.clientOf(sid, token).messages.list(), { code: 20003, status: 401 });
});
