import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses, VoiceResponse } from '../lib/house.js';

// Time moves when told, so that a person acting through the control API is never too late.
const house = openHouse({ clock: 'manual' });
const events = ['initiated', 'ringing', 'answered', 'completed'];

test('a call asks for digits, hears them, and is told of from start to end', async () => {
  const to = newPhone();
  house.app.on('/menu', () => {
    const twiml = new VoiceResponse();
    twiml.gather({ numDigits: 1, action: '/chosen', timeout: 10 }).say('Press 1 for sales');
    twiml.say('Too late');
    return twiml;
  });
  house.app.on('/chosen', ({ Digits }) => {
    const twiml = new VoiceResponse();
    twiml.say(`You chose ${Digits}`);
    twiml.hangup();
    return twiml;
  });
  house.app.on('/events', () => ({ status: 204 }));
  const { client, number: from, sid: accountSid } = await house.newSender();

  const call = await client.calls.create({ from, to, url: `${house.app.url}/menu`, statusCallback: `${house.app.url}/events`, statusCallbackEvent: events });
  assert.match(call.sid, /^CA[0-9a-f]{32}$/);
  assert.equal(call.status, 'queued');
  assert.equal(call.direction, 'outbound-api');

  await house.control.advance('6s');
  const [asked] = await house.app.until('/menu');
  assert.deepEqual(
    { CallSid: asked.params.CallSid, From: asked.params.From, To: asked.params.To, CallStatus: asked.params.CallStatus, Direction: asked.params.Direction, AccountSid: asked.params.AccountSid },
    { CallSid: call.sid, From: from, To: to, CallStatus: 'in-progress', Direction: 'outbound-api', AccountSid: accountSid });
  assert.equal((await client.calls(call.sid).fetch()).status, 'in-progress');

  await house.control.press(call.sid, '1');
  await house.control.advance('60s');
  const [chosen] = await house.app.until('/chosen');
  assert.equal(chosen.params.Digits, '1');
  const told = await house.app.until('/events', 4);
  assert.deepEqual(told.map((r) => r.params.CallStatus), ['initiated', 'ringing', 'in-progress', 'completed']);
  assert.deepEqual(told.map((r) => r.params.SequenceNumber), ['0', '1', '2', '3']);

  const ended = await client.calls(call.sid).fetch();
  assert.equal(ended.status, 'completed');
  assert.equal(ended.duration, told[3].params.CallDuration);
  const transcript = JSON.stringify(await house.control.transcript(call.sid));
  for (const words of ['Press 1 for sales', 'You chose 1']) assert.ok(transcript.includes(words), `"${words}" is missing in ${transcript}`);
  assert.ok(!transcript.includes('Too late'));
});

for (const [behaviour, status] of [[{ busy: true }, 'busy'], [{ no_answer: true }, 'no-answer'], [{ rejects: true }, 'no-answer']]) {
  test(`a phone with ${JSON.stringify(behaviour)} gives a call that ends ${status}`, async () => {
    const to = newPhone();
    const path = `/missed-${Object.keys(behaviour)[0]}`;
    house.app.on(path, () => ({ status: 204 }));
    await house.control.behave(to, behaviour);
    const { client, number: from } = await house.newSender();
    const call = await client.calls.create({ from, to, twiml: '<Response><Say>hello</Say></Response>', timeout: 10, statusCallback: house.app.url + path });
    await house.control.advance('2m');
    const [told] = await house.app.until(path);
    assert.equal(told.params.CallStatus, status);
    assert.equal(house.app.at(path).length, 1);
    const ended = await client.calls(call.sid).fetch();
    assert.equal(ended.status, status);
    assert.equal(ended.duration, '0');
  });
}

test('a running call is redirected and completed from outside', async () => {
  const to = newPhone();
  house.app.on('/new-plan', () => { const twiml = new VoiceResponse(); twiml.say('A new plan'); twiml.pause({ length: 60 }); return twiml; });
  const { client, number: from } = await house.newSender();
  const call = await client.calls.create({ from, to, twiml: '<Response><Pause length="60"/></Response>' });
  await house.control.advance('10s');
  await client.calls(call.sid).update({ url: `${house.app.url}/new-plan`, method: 'POST' });
  await house.control.advance('5s');
  await house.app.until('/new-plan');
  const ended = await client.calls(call.sid).update({ status: 'completed' });
  assert.equal(ended.sid, call.sid);
  await house.control.advance('1s');
  assert.equal((await client.calls(call.sid).fetch()).status, 'completed');
});

test('bad calls are refused with Twilio\'s codes', async () => {
  const { client, number: from } = await house.newSender();
  await refuses(client.calls.create({ from, to: 'nobody', url: 'https://example.com/' }), { code: 21211, status: 400 });
  await refuses(client.calls.create({ from: newPhone(), to: newPhone(), url: 'https://example.com/' }), { code: 21210, status: 400 });
  await refuses(client.calls(`CA${'0'.repeat(32)}`).fetch(), { code: 20404, status: 404 });
});
