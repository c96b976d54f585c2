import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse } from '../lib/house.js';

const house = openHouse();

test('lists page, filter and stop where asked', async () => {
  const { client, number: from } = await house.newSender();
  const [ann, bob] = [newPhone(), newPhone()];
  for (let i = 0; i < 7; i++) await client.messages.create({ from, to: i % 2 ? bob : ann, body: `${i}` });
  await house.control.expect({ kind: 'message.delivered', account: client.accountSid }, { count: 7 });

  const all = await client.messages.list({ pageSize: 2 });
  assert.deepEqual(all.map((m) => m.body), ['6', '5', '4', '3', '2', '1', '0']);
  assert.equal((await client.messages.list({ limit: 3, pageSize: 2 })).length, 3);
  assert.deepEqual((await client.messages.list({ to: bob })).map((m) => m.body), ['5', '3', '1']);
  assert.equal((await client.messages.list({ from: ann })).length, 0);

  const seen = [];
  await new Promise((resolve) => client.messages.each({ pageSize: 3, done: resolve }, (m) => seen.push(m.body)));
  assert.deepEqual(seen, all.map((m) => m.body));

  const first = await client.messages.page({ pageSize: 4 });
  assert.equal(first.instances.length, 4);
  const second = await first.nextPage();
  assert.deepEqual(second.instances.map((m) => m.body), ['2', '1', '0']);
  assert.equal(await second.nextPage(), undefined);
  assert.deepEqual((await second.previousPage()).instances.map((m) => m.body), ['6', '5', '4', '3']);
});

test('lists filter by the day and the instant of sending', async () => {
  const { client, number: from } = await house.newSender();
  const { sid } = await client.messages.create({ from, to: newPhone(), body: 'today' });
  await house.control.expect({ kind: 'message.delivered', subject: sid });
  const { dateSent } = await client.messages(sid).fetch();
  const [hourAgo, inAnHour] = [-1, 1].map((h) => new Date(dateSent.getTime() + h * 3_600_000));
  assert.equal((await client.messages.list({ dateSent })).length, 1);
  assert.equal((await client.messages.list({ dateSentAfter: hourAgo, dateSentBefore: inAnHour })).length, 1);
  assert.equal((await client.messages.list({ dateSentAfter: inAnHour })).length, 0);
  assert.equal((await client.messages.list({ dateSentBefore: hourAgo })).length, 0);
});
