import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, VoiceResponse } from '../lib/house.js';

const house = openHouse();

/** An outbound dialler as people write it: calls a list, leaves its message on machines, asks people, and tries those again who were busy. */
function openDialler({ app, client, from, message }) {
  const results = new Map();
  const tries = new Map();
  const call = (to) => {
    tries.set(to, (tries.get(to) ?? 0) + 1);
    return client.calls.create({
      from, to, url: `${app.url}/dialler/answered`, machineDetection: 'DetectMessageEnd', timeout: 20,
      statusCallback: `${app.url}/dialler/status`, statusCallbackEvent: ['answered', 'completed'],
    });
  };
  app.on('/dialler/answered', ({ AnsweredBy, To }) => {
    const twiml = new VoiceResponse();
    if (AnsweredBy === 'human') twiml.gather({ numDigits: 1, action: '/dialler/chosen', timeout: 5 }).say(`${message} To confirm, press 1.`);
    else if (AnsweredBy.startsWith('machine_end')) {
      results.set(To, `message left (${AnsweredBy})`);
      twiml.say(message);
    } else results.set(To, AnsweredBy);
    twiml.hangup();
    return twiml;
  });
  app.on('/dialler/chosen', ({ Digits, To }) => {
    results.set(To, Digits === '1' ? 'confirmed' : 'declined');
    const twiml = new VoiceResponse();
    twiml.say('Thank you. Goodbye.');
    return twiml;
  });
  app.on('/dialler/status', async ({ CallStatus, To }) => {
    if (CallStatus === 'busy' && tries.get(To) < 2) await call(To);
    else if (['busy', 'no-answer', 'failed'].includes(CallStatus)) results.set(To, CallStatus);
    return { status: 204 };
  });
  return { call, results, tries };
}

test('a dialler leaves its message after the beep of a machine, and talks to people', async () => {
  const message = 'This is the dentist. Your appointment is tomorrow at nine.';
  const account = await house.newSender();
  const [machine, silent, person, fax, busy, away] = Array.from({ length: 6 }, newPhone);
  await house.control.behave(machine, { machine: '3s', greeting: 'Hi, this is Robin. I cannot come to the phone at the moment. Please leave a message and I will call you back.' });
  await house.control.behave(silent, { machine: '3s', greeting: 'You have reached the office. Please leave a message and we will call you back soon.', beep: false });
  await house.control.behave(person, { answers: '2s', script: [{ says: 'Hello?' }, { hears: 'press 1', within: '20s' }, { presses: '1' }, { hears: 'thank you', within: '20s' }] });
  await house.control.behave(fax, { fax: true });
  await house.control.behave(busy, { busy: true });
  await house.control.behave(away, { no_answer: true });

  const dialler = openDialler({ app: house.app, client: account.client, from: account.number, message });
  const calls = {};
  for (const [name, to] of Object.entries({ machine, silent, person, fax, busy, away })) calls[name] = await dialler.call(to);
  // 6 first calls, one more for the phone that was busy: two callbacks of each that answered, one of the others.
  const told = await house.app.until('/dialler/status', 4 * 2 + 2 + 1);

  assert.deepEqual(
    { machine: dialler.results.get(machine), silent: dialler.results.get(silent), person: dialler.results.get(person), fax: dialler.results.get(fax), busy: dialler.results.get(busy), away: dialler.results.get(away) },
    { machine: 'message left (machine_end_beep)', silent: 'message left (machine_end_silence)', person: 'confirmed', fax: 'fax', busy: 'busy', away: 'no-answer' });
  assert.equal(dialler.tries.get(busy), 2);
  for (const [name, answeredBy] of [['machine', 'machine_end_beep'], ['silent', 'machine_end_silence'], ['person', 'human'], ['fax', 'fax']]) {
    assert.equal((await account.client.calls(calls[name].sid).fetch()).answeredBy, answeredBy, name);
  }
  // The whole message is behind the beep: none of it is lost.
  const { entries } = await house.control.journal({ subject: calls.machine.sid });
  const beep = entries.findIndex((e) => e.kind === 'call.said' && e.data.words === 'beep');
  const left = entries.findIndex((e) => e.kind === 'call.heard' && e.data.words === message);
  assert.ok(beep >= 0 && left > beep, JSON.stringify(entries));
  assert.ok(!entries.some((e) => e.kind === 'call.cut_short'), 'nothing is cut short');
  const answered = told.find((r) => r.params.CallSid === calls.machine.sid && r.params.CallStatus === 'completed');
  assert.equal(answered.params.AnsweredBy, 'machine_end_beep');
});

test('a dialler that detects beside the call is told who answered while its document runs', async () => {
  const account = await house.newSender();
  const machine = newPhone();
  await house.control.behave(machine, { machine: '2s', greeting: 'This is the voice mail of nobody you know. Please leave a message after the tone and hang up.' });
  house.app.on('/async/answered', () => { const twiml = new VoiceResponse(); twiml.pause({ length: 60 }); return twiml; });
  house.app.on('/async/amd', async ({ CallSid, AnsweredBy }) => {
    if (AnsweredBy.startsWith('machine')) await account.client.calls(CallSid).update({ twiml: '<Response><Say>Please call us back.</Say></Response>' });
    return { status: 204 };
  });
  const call = await account.client.calls.create({
    from: account.number, to: machine, url: `${house.app.url}/async/answered`, machineDetection: 'DetectMessageEnd', asyncAmd: 'true', asyncAmdStatusCallback: `${house.app.url}/async/amd`,
  });
  const [told] = await house.app.until('/async/amd');
  assert.deepEqual(Object.keys(told.params).sort(), ['AccountSid', 'AnsweredBy', 'CallSid', 'MachineDetectionDuration']);
  assert.equal(told.params.AnsweredBy, 'machine_end_beep');
  await house.control.expect({ kind: 'call.heard', subject: call.sid, data: { words: 'Please call us back.' } });
});
