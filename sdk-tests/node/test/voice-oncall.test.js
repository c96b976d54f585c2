// Apps that call people until one of them takes over, as people publish them: alerts of a pager, volunteers of a helpline.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, VoiceResponse } from '../lib/house.js';

const house = openHouse();
const twiml = (write) => { const response = new VoiceResponse(); write(response); return response; };

test('a pager: a menu that waits for its data, is repeated, and is acknowledged; the call is asked for by a POST of nothing', async () => {
  const { app, control } = house;
  const { client, number, sid: account } = await house.newSender();
  const [person, sleeper] = [newPhone(), newPhone()];
  await control.behave(person, { answers: '3s', script: [{ hears: 'disk is full', within: '1m' }, { hears: 'disk is full', within: '1m' }, { presses: '9' }, { hears: 'do not know', within: '20s' }, { presses: '4' }, { hears: 'Acknowledged', within: '20s' }] });
  await control.behave(sleeper, { no_answer: true });
  const query = (request, name) => new URLSearchParams(request.query).get(name);
  app.on('/pager/call', ({ Digits }, request) => {
    // The data are late: the same document again, a little after.
    const tries = Number(query(request, 'retry') ?? 0);
    if (tries < 2) return twiml((r) => { r.pause({ length: 2 }); r.redirect(`/pager/call?alert=17&retry=${tries + 1}`); });
    if (Digits === '4') return twiml((r) => { r.say({ voice: 'alice' }, 'Acknowledged. Goodbye.'); r.hangup(); });
    return twiml((r) => {
      const gather = r.gather({ numDigits: 1, timeout: 3, action: '/pager/call?alert=17&retry=2' });
      if (Digits) gather.say('I do not know that key.');
      gather.say('Alert 17. The disk is full. To acknowledge, press 4.');
      r.redirect('/pager/call?alert=17&retry=2');
    });
  });
  app.on('/pager/status', () => ({ status: 204 }));
  await control.setClock('manual');
  const page = (to) => client.calls.create({
    to, from: number, url: `${app.url}/pager/call?alert=17`, timeout: 20,
    statusCallback: `${app.url}/pager/status?alert=17`, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  });
  const [taken, missed] = [await page(person), await page(sleeper)];
  // As target/goalert asks after its calls: nothing is changed, whatever the state.
  const state = async (sid) => {
    const answer = await client.request({ method: 'post', uri: `${house.emulator.url}/2010-04-01/Accounts/${account}/Calls/${sid}.json` });
    assert.equal(answer.statusCode, 200, JSON.stringify(answer.body));
    return answer.body.status;
  };
  assert.deepEqual([await state(taken.sid), await state(missed.sid)], ['queued', 'queued']);
  await control.advance('2s');
  assert.deepEqual([await state(taken.sid), await state(missed.sid)], ['ringing', 'ringing']);
  await control.advance('3s');
  assert.equal(await state(taken.sid), 'in-progress');
  await control.advance('2m');
  assert.deepEqual([await state(taken.sid), await state(missed.sid)], ['completed', 'no-answer']);
  const told = (sid) => app.at('/pager/status').filter((r) => r.params.CallSid === sid).map((r) => r.params);
  assert.deepEqual(told(taken.sid).map((p) => [p.SequenceNumber, p.CallStatus]), [['0', 'initiated'], ['1', 'ringing'], ['2', 'in-progress'], ['3', 'completed']]);
  assert.deepEqual(told(missed.sid).map((p) => p.CallStatus), ['initiated', 'ringing', 'no-answer']);
  assert.deepEqual(app.at('/pager/call').map((r) => r.params.Digits).filter(Boolean), ['9', '4']);
  const { entries } = await control.journal({ kind: 'handset.script_failed', limit: '50' });
  assert.deepEqual(entries.filter((e) => e.subject === person), []);
  await control.setClock('auto');
});

test('a helpline: its caller waits in a conference while volunteers are called one after the other', async () => {
  const { app, control } = house;
  const [busy, declines, takes] = [newPhone(), newPhone(), newPhone()];
  await control.behave(busy, { busy: true });
  await control.behave(declines, { answers: '2s', script: [{ hears: 'press 1', within: '20s' }, { presses: '2' }, { wait: '30s' }] });
  await control.behave(takes, { answers: '2s', script: [{ hears: 'press 1', within: '20s' }, { presses: '1' }, { wait: '2s' }, { says: 'How can I help' }, { wait: '20s' }, { hangs_up: true }] });
  const volunteers = [busy, declines, takes];
  const asked = [];
  app.on('/helpline/voice', () => twiml((r) => {
    r.say('Please wait while we find somebody.');
    r.dial().conference({
      statusCallback: '/helpline/room', statusCallbackMethod: 'GET', statusCallbackEvent: 'start join end leave', beep: 'false', startConferenceOnEnter: false, endConferenceOnExit: true,
    }, 'helpline-1');
  }));
  const callNext = async (room) => {
    const to = volunteers[asked.length];
    asked.push(to);
    await client.calls.create({
      to, from: number, url: `${app.url}/helpline/answered?room=${room}`, method: 'GET', timeout: 15,
      statusCallback: `${app.url}/helpline/dialler?room=${room}`, statusCallbackMethod: 'GET', statusCallbackEvent: ['completed'],
    });
  };
  // As bmlt-enabled/yap begins: the first event of a room is its caller who joins.
  app.on('/helpline/room', async ({ SequenceNumber, StatusCallbackEvent, FriendlyName }) => {
    if (SequenceNumber === '1' && StatusCallbackEvent === 'participant-join') await callNext(FriendlyName);
    return { status: 200 };
  });
  app.on('/helpline/answered', ({ room }) => twiml((r) => { r.gather({ numDigits: 1, timeout: 15, action: `/helpline/key?room=${room}`, method: 'GET' }).say('A caller needs you. To take the call, press 1.'); }));
  const taken = [];
  app.on('/helpline/key', ({ Digits, room, To }) => twiml((r) => {
    if (Digits !== '1') return r.hangup();
    taken.push(To);
    return r.dial().conference({ endConferenceOnExit: true, beep: 'false' }, room);
  }));
  app.on('/helpline/dialler', async ({ room, To }) => {
    if (!taken.includes(To)) await callNext(room);
    return { status: 200 };
  });
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/helpline/voice`, voiceMethod: 'GET' });
  await control.setClock('manual');
  const { call_sid: caller } = await control.dial(newPhone(), number, [{ hears: 'please wait' }, { hears: 'how can I help', within: '5m' }, { says: 'I need a word with somebody' }, { wait: '1m' }]);
  for (let i = 0; i < 12; i++) await control.advance('5s');
  assert.deepEqual(asked, volunteers);
  assert.deepEqual(taken, [takes]);
  await control.advance('60s');
  assert.equal((await client.calls(caller).fetch()).status, 'completed');
  assert.deepEqual(app.at('/helpline/dialler').map((r) => [r.params.To, r.params.CallStatus]), [[busy, 'busy'], [declines, 'completed'], [takes, 'completed']]);
  const events = app.at('/helpline/room').map((r) => r.params.StatusCallbackEvent);
  assert.deepEqual([events[0], events.at(-1)], ['participant-join', 'conference-end']);
  assert.ok(app.at('/helpline/room').every((r) => r.method === 'GET'));
  const [room] = await client.conferences.list({ friendlyName: 'helpline-1' });
  assert.equal(room.reasonConferenceEnded, 'participant-with-end-conference-on-exit-left');
  await control.setClock('auto');
});
