import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpectationFailedError } from '../src/index.js';
import { newPhone, number, openHouse } from './house.js';

const house = openHouse();

test('a code the app texts is read once', async () => {
  const phone = house.client.handset(newPhone());
  await phone.text(number, 'Your Acme login code is 4711');
  assert.equal(await phone.code({ service: 'Acme' }), '4711');
  await assert.rejects(phone.code(), ExpectationFailedError);
  const { codes } = await phone.state();
  assert.deepEqual(codes.map((c) => [c.code, c.service, c.channel, c.from]), [['4711', 'Acme', 'sms', number]]);
});
