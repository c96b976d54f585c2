import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, VoiceResponse } from '../lib/house.js';

const house = openHouse();

const say = (text, after = () => {}) => {
  const twiml = new VoiceResponse();
  twiml.say(text);
  after(twiml);
  return twiml;
};

const menu = () => {
  const twiml = new VoiceResponse();
  twiml.gather({ input: 'dtmf speech', numDigits: 1, action: 'department' }).say('Press 1 or say sales');
  return twiml;
};

test('a caller finds the way through a menu by keypad and by speech', async () => {
  house.app.on('/ivr/menu', menu);
  house.app.on('/ivr/department', ({ Digits, SpeechResult }) => say(Digits === '1' || /sales/i.test(SpeechResult ?? '') ? 'Sales here' : 'Nobody here', (t) => t.hangup()));
  const { client, number } = await house.newSender({ voiceUrl: `${house.app.url}/ivr/menu` });

  for (const act of [{ presses: '1' }, { says: 'sales please' }]) {
    const from = newPhone();
    const { call_sid: sid } = await house.control.dial(from, number, [{ hears: 'press 1', within: '10s' }, act, { hears: 'sales here', within: '10s' }]);
    await house.control.expect({ kind: 'call.completed', subject: sid });
    const call = await client.calls(sid).fetch();
    assert.equal(call.status, 'completed');
    assert.equal(call.direction, 'inbound');
    assert.equal(call.from, from);
  }
  const asked = await house.app.until('/ivr/department', 2);
  assert.equal(asked[0].params.Digits, '1');
  assert.match(asked[1].params.SpeechResult, /sales please/i);
  assert.deepEqual(house.app.at('/ivr/menu').map((r) => r.params.CallStatus), ['ringing', 'ringing']);
});

test('a call is put through to a second phone', async () => {
  const agent = newPhone();
  await house.control.behave(agent, { answers: '2s', script: [{ wait: '5s' }, { hangs_up: true }] });
  house.app.on('/through', () => { const twiml = new VoiceResponse(); twiml.dial({ action: '/after' }, agent); return twiml; });
  house.app.on('/after', ({ DialCallStatus }) => say(`That was ${DialCallStatus}`, (t) => t.hangup()));
  const { number } = await house.newSender({ voiceUrl: `${house.app.url}/through` });
  const { call_sid: sid } = await house.control.dial(newPhone(), number);
  await house.control.expect({ kind: 'call.completed', subject: sid });
  const [after] = await house.app.until('/after');
  assert.equal(after.params.DialCallStatus, 'completed');
  assert.match(after.params.DialCallSid, /^CA[0-9a-f]{32}$/);
});

test('a rejected caller is busy, and a broken app is covered by its fallback', async () => {
  house.app.on('/reject', () => { const twiml = new VoiceResponse(); twiml.reject({ reason: 'busy' }); return twiml; });
  const rejecting = await house.newSender({ voiceUrl: `${house.app.url}/reject` });
  const { call_sid: rejected } = await house.control.dial(newPhone(), rejecting.number);
  await house.control.expect({ kind: 'call.busy', subject: rejected });
  assert.equal((await rejecting.client.calls(rejected).fetch()).status, 'busy');

  house.app.on('/bad-twiml', () => '<Response><Say>never closed</Response>');
  house.app.on('/cover', () => say('One moment', (t) => t.hangup()));
  const failing = await house.newSender({ voiceUrl: `${house.app.url}/bad-twiml`, voiceFallbackUrl: `${house.app.url}/cover` });
  const { call_sid: covered } = await house.control.dial(newPhone(), failing.number);
  await house.control.expect({ kind: 'call.completed', subject: covered });
  const [told] = await house.app.until('/cover');
  assert.equal(told.params.ErrorCode, '12100');
  assert.equal(told.params.ErrorUrl, `${house.app.url}/bad-twiml`);
});
