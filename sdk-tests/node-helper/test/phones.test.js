import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EmulatorError, ExpectationFailedError } from '../src/index.js';
import { newPhone, number, openHouse } from './house.js';

const house = openHouse();

test('a phone texts and receives the reply', async () => {
  const phone = house.client.handset(newPhone());
  const sent = await phone.text(number, 'hello & <goodbye>');
  assert.match(sent.message_sid, /^SM[0-9a-f]{32}$/);
  const text = await phone.shouldReceive('hello & <goodbye>', { from: number });
  assert.deepEqual({ from: text.from, to: text.to, body: text.body, media: text.media_urls }, { from: number, to: phone.number, body: 'You said: hello & <goodbye>', media: [] });
  const { received, sent: own } = await phone.state();
  assert.deepEqual(received, [text]);
  assert.equal(own[0].body, 'hello & <goodbye>');
});

test('each text is found once', async () => {
  const phone = house.client.handset(newPhone());
  for (const body of ['one', 'two', 'three']) {
    await phone.text(number, body);
    await house.client.advance('2s');
  }
  assert.equal((await phone.shouldReceive(/THREE$/)).body, 'You said: three');
  assert.equal((await phone.shouldReceive()).body, 'You said: one');
  assert.equal((await phone.shouldReceive()).body, 'You said: two');
  await assert.rejects(phone.shouldReceive(), ExpectationFailedError);
  await phone.shouldNotReceive();
});

test('a text that did not come is told with the one that did', async () => {
  const phone = house.client.handset(newPhone());
  await phone.text(number, 'table');
  await assert.rejects(phone.shouldReceive('order'), (fault) => {
    assert.ok(fault instanceof ExpectationFailedError);
    assert.ok(fault.message.startsWith(`${phone.number} should receive "order"`), fault.message);
    assert.match(fault.message, /nearest .*You said: table/);
    assert.match(fault.message, /but data\.body is .* does not contain "order"/);
    assert.equal(fault.nearest[0].entry.kind, 'handset.received');
    return true;
  });
  await assert.rejects(phone.shouldNotReceive('table'), /should not receive "table"/);
});

test('a caller hears, presses and hears on', async () => {
  const phone = house.client.handset(newPhone());
  const call = await phone.dial(number, { script: [] });
  await call.shouldHear('press ONE', { by: phone.number });
  await call.press('7');
  await call.shouldGather({ digits: '7' });
  await call.shouldHear('/you pressed \\d/');
  await call.hangUp();
  await call.shouldBecome('completed');
  const { lines } = await call.transcript();
  assert.deepEqual(lines.filter((l) => l.who === phone.number).map((l) => l.what).slice(0, 2), ['heard', 'pressed']);
  await assert.rejects(call.press('1'), (fault) => fault instanceof EmulatorError && fault.status === 409);
});

test('a phone behaves as it is told', async () => {
  const phone = house.client.handset(newPhone());
  const { behaviour } = await phone.configure({ busy: '1s', texts: { status: 'undelivered', error_code: 30005 } });
  assert.equal(behaviour.busy, '1s');
  await assert.rejects(phone.configure({ bussy: true }), (fault) => fault instanceof EmulatorError && fault.status === 400 && /bussy/.test(fault.message));
  await assert.rejects(house.client.handset(number).state(), (fault) => fault.status === 409);
});

test('a phone that is called rings, and the test answers', async () => {
  const phone = house.client.handset(newPhone());
  await phone.configure({ driven_from_outside: true });
  const { accountSid, authToken, url } = house.emulator;
  const answer = await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Calls.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    body: new URLSearchParams({ To: phone.number, From: number, Twiml: '<Response><Say>Good day.</Say></Response>' }),
  });
  assert.equal(answer.status, 201);
  const call = await phone.shouldRing({ from: number });
  await call.answer();
  await call.shouldHear('good day');
  await call.shouldBecome('completed');
});
