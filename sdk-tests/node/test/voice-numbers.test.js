// Apps around a number, as people publish them: call tracking, masked numbers, simulring with screening, click to call, voicemail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses, VoiceResponse } from '../lib/house.js';

const house = openHouse();
const twiml = (write) => { const response = new VoiceResponse(); write(response); return response; };
const ended = (sid, kind = 'call.completed') => house.control.expect({ kind, subject: sid }, { within: '10m' });
const statuses = (requests) => requests.map((r) => r.params.CallStatus);

test('call tracking: the shop hears a whisper, the call is recorded in two channels, and the lead is put down', async () => {
  const shop = newPhone();
  const caller = newPhone();
  const { app, control } = house;
  await control.behave(shop, {
    answers: '3s',
    script: [{ hears: 'spring campaign', within: '20s' }, { presses: '1' }, { hears: 'opening hours', within: '30s' }, { says: 'From nine to five' }, { wait: '2s' }, { hangs_up: true }],
  });
  app.on('/track/voice', ({ From }) => twiml((r) => {
    const dial = r.dial({
      callerId: From, action: '/track/done', timeout: 20, record: 'record-from-answer-dual',
      recordingStatusCallback: '/track/recorded', recordingStatusCallbackEvent: 'in-progress completed absent',
    });
    dial.number({ url: '/track/whisper', statusCallback: '/track/leg', statusCallbackEvent: 'initiated ringing answered completed' }, shop);
  }));
  app.on('/track/whisper', () => twiml((r) => {
    r.gather({ numDigits: 1, action: '/track/accepted', timeout: 6 }).say('Call from the spring campaign. Press 1 to take it.');
    r.hangup();
  }));
  app.on('/track/accepted', ({ Digits }) => twiml((r) => { if (Digits !== '1') r.hangup(); }));
  app.on('/track/done', () => twiml(() => {}));
  for (const path of ['/track/leg', '/track/recorded', '/track/status']) app.on(path, () => ({ status: 204 }));
  const { client, number, sid: account, token } = await house.newSender({ voiceUrl: `${app.url}/track/voice`, statusCallback: `${app.url}/track/status` });

  const { call_sid: sid } = await control.dial(caller, number, [{ wait: '14s' }, { says: 'What are your opening hours' }, { hears: 'nine to five', within: '30s' }, { wait: '60s' }]);
  await ended(sid);
  const [done] = await app.until('/track/done');
  const [status] = await app.until('/track/status');
  const legs = await app.until('/track/leg', 4);
  const recorded = await app.until('/track/recorded', 2);

  const [whisper] = app.at('/track/whisper');
  assert.equal(whisper.params.ParentCallSid, sid);
  assert.deepEqual([whisper.params.Direction, whisper.params.CallStatus, whisper.params.From, whisper.params.To], ['outbound-dial', 'in-progress', caller, shop]);
  const child = whisper.params.CallSid;
  assert.equal(app.at('/track/accepted')[0].params.CallSid, child);
  assert.deepEqual(statuses(legs), ['initiated', 'ringing', 'in-progress', 'completed']);
  assert.deepEqual(legs.map((r) => r.params.SequenceNumber), ['0', '1', '2', '3']);
  assert.ok(legs.every((r) => r.params.CallSid === child && r.params.ParentCallSid === sid && r.params.CallbackSource === 'call-progress-events'));
  assert.deepEqual(
    [done.params.CallSid, done.params.DialCallStatus, done.params.DialCallSid, done.params.DialBridged, done.params.CallStatus],
    [sid, 'completed', child, 'true', 'in-progress']);
  assert.equal(done.params.RecordingUrl, `${house.emulator.url}/2010-04-01/Accounts/${account}/Recordings/${done.params.RecordingSid}`);
  assert.ok(Number(done.params.DialCallDuration) > Number(done.params.RecordingDuration), 'the whisper is not recorded, and counts as the leg\'s time');
  assert.equal(legs[3].params.RecordingSid, done.params.RecordingSid);
  assert.deepEqual(statuses([status]), ['completed']);

  assert.deepEqual(recorded.map((r) => r.params.RecordingStatus), ['in-progress', 'completed']);
  assert.ok(recorded.every((r) => r.params.CallSid === sid && r.params.RecordingSource === 'DialVerb' && r.params.RecordingChannels === '2'));
  assert.equal(recorded[0].params.RecordingDuration, undefined);
  assert.match(recorded[1].params.RecordingStartTime, /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
  const recording = await client.recordings(done.params.RecordingSid).fetch();
  assert.deepEqual([recording.channels, recording.source, recording.status, recording.callSid], [2, 'DialVerb', 'completed', sid]);
  const wav = Buffer.from(await (await fetch(`${done.params.RecordingUrl}.wav`, { headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` } })).arrayBuffer());
  assert.deepEqual([wav.toString('latin1', 0, 4), wav.readUInt16LE(22), wav.readUInt32LE(24)], ['RIFF', 2, 8000]);
  assert.deepEqual((await client.calls.list({ parentCallSid: sid })).map((c) => c.sid), [child]);
  assert.deepEqual((await client.calls(sid).recordings.list()).map((r) => r.sid), [recording.sid]);
});

test('masked numbers: two people talk through a number that neither knows the other by', async () => {
  const [ada, ben, stranger] = [newPhone(), newPhone(), newPhone()];
  const { app, control } = house;
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/mask/voice` });
  const pairs = new Map([[ada, ben], [ben, ada]]);
  app.on('/mask/voice', ({ From, To }) => twiml((r) => {
    if (!pairs.has(From)) return r.reject({ reason: 'busy' });
    return r.dial({ callerId: To, timeout: 15, answerOnBridge: true, action: '/mask/done' }, pairs.get(From));
  }));
  app.on('/mask/done', ({ DialCallStatus }) => twiml((r) => { if (DialCallStatus !== 'completed') r.say('The other side cannot be reached.'); }));
  await control.behave(ben, { answers: '4s', script: [{ says: 'Ben here' }, { hears: 'on my way', within: '20s' }, { hangs_up: true }] });
  const { call_sid: sid } = await control.dial(ada, number, [{ hears: 'Ben here', within: '30s' }, { says: 'I am on my way' }, { wait: '30s' }]);
  await ended(sid);
  const [done] = await app.until('/mask/done');
  assert.equal(done.params.DialCallStatus, 'completed');
  const child = await client.calls(done.params.DialCallSid).fetch();
  assert.deepEqual([child.from, child.to, child.direction, child.parentCallSid, child.status], [number, ben, 'outbound-dial', sid, 'completed']);
  const rung = await control.expect({ kind: 'handset.ringing', subject: ben });
  assert.equal(JSON.stringify(rung).includes(ada), false, 'the called phone is not shown the caller');

  // Nobody knows the pair: busy, never answered, not billed.
  const { call_sid: refused } = await control.dial(stranger, number);
  await ended(refused, 'call.busy');
  const call = await client.calls(refused).fetch();
  assert.deepEqual([call.status, call.price], ['busy', null]);

  // The other one does not pick up: with answerOnBridge the caller is answered for the words alone.
  await control.behave(ada, { no_answer: true });
  const { call_sid: back } = await control.dial(ben, number, [{ hears: 'cannot be reached', within: '60s' }, { wait: '5s' }]);
  await ended(back);
  const [, second] = await app.until('/mask/done', 2);
  assert.deepEqual([second.params.DialCallStatus, second.params.DialBridged, second.params.CallStatus, second.params.DialCallDuration], ['no-answer', 'false', 'ringing', undefined]);
});

test('simulring with screening: the first who presses the key has the call, who declines leads to the voicemail', async () => {
  const [desk, mobile] = [newPhone(), newPhone()];
  const { app, control } = house;
  app.on('/ring/voice', () => twiml((r) => {
    const dial = r.dial({ action: '/ring/done', timeout: 18 });
    for (const phone of [desk, mobile]) dial.number({ url: '/ring/screen', statusCallback: '/ring/leg' }, phone);
  }));
  app.on('/ring/screen', () => twiml((r) => {
    r.gather({ numDigits: 1, action: '/ring/screened', timeout: 4 }).say('Press any key to accept this call.');
    r.hangup();
  }));
  app.on('/ring/screened', () => twiml((r) => r.say('Connecting.')));
  app.on('/ring/done', ({ DialCallStatus, DialBridged }) => twiml((r) => {
    if (DialCallStatus === 'completed' && DialBridged === 'true') return r.hangup();
    r.say('Please leave a message.');
    return r.record({ action: '/ring/message', maxLength: 30, transcribe: true, transcribeCallback: '/ring/text', recordingStatusCallback: '/ring/file', playBeep: true });
  }));
  app.on('/ring/message', () => twiml((r) => r.say('Thank you.')));
  for (const path of ['/ring/leg', '/ring/text', '/ring/file']) app.on(path, () => ({ status: 204 }));
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/ring/voice` });

  await control.behave(desk, { answers: '9s', script: [{ wait: '60s' }] });
  await control.behave(mobile, { answers: '3s', script: [{ hears: 'press any key', within: '20s' }, { presses: '5' }, { hears: 'hello', within: '20s' }, { says: 'Hi' }, { wait: '1s' }, { hangs_up: true }] });
  const { call_sid: taken } = await control.dial(newPhone(), number, [{ wait: '13s' }, { says: 'hello there' }, { wait: '60s' }]);
  await ended(taken);
  const legs = await app.until('/ring/leg', 2);
  assert.deepEqual(Object.fromEntries(legs.map((r) => [r.params.To, r.params.CallStatus])), { [desk]: 'canceled', [mobile]: 'completed' });
  assert.equal(app.at('/ring/done')[0].params.DialBridged, 'true');

  // Picked up by a voicemail that presses nothing.
  await control.behave(desk, { no_answer: true });
  await control.behave(mobile, { machine: '3s', greeting: 'You have reached my mobile. Please leave a message.' });
  const { call_sid: missed } = await control.dial(newPhone(), number, [{ hears: 'leave a message', within: '2m' }, { hears: 'beep', within: '10s' }, { says: 'This is Ada, please call me back tomorrow' }, { wait: '20s' }]);
  await ended(missed);
  const done = app.at('/ring/done')[1];
  assert.deepEqual([done.params.DialCallStatus, done.params.DialBridged], ['completed', 'false']);
  const [message] = await app.until('/ring/message');
  assert.equal(message.params.Digits, '');
  const [text] = await app.until('/ring/text');
  assert.deepEqual([text.params.TranscriptionStatus, text.params.TranscriptionText, text.params.RecordingSid], ['completed', 'This is Ada, please call me back tomorrow', message.params.RecordingSid]);
  const [file] = await app.until('/ring/file');
  assert.deepEqual([file.params.RecordingSource, file.params.RecordingChannels, file.params.RecordingTrack], ['RecordVerb', '1', 'inbound']);
  assert.ok(Number(file.params.RecordingDuration) < Number(message.params.RecordingDuration), 'the silence at its end is left out of the file, not out of what the action is told');
  const transcription = await client.transcriptions(text.params.TranscriptionSid).fetch();
  assert.equal(transcription.transcriptionText, text.params.TranscriptionText);
  assert.equal((await client.recordings(file.params.RecordingSid).transcriptions.list())[0].sid, transcription.sid);
});

test('click to call: whose number may be shown, and one after another is tried before the voicemail', async () => {
  const { app, control } = house;
  const [owner, first, second, agent] = [newPhone(), newPhone(), newPhone(), newPhone()];
  const { client, number } = await house.newSender();
  const click = { to: agent, from: owner, url: `${app.url}/click/agent`, timeout: 10, statusCallback: `${app.url}/click/status`, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] };
  await refuses(client.calls.create(click), { code: 21210, status: 400 });

  // The owner's number is verified: Twilio calls it, and the code is typed.
  const request = await client.validationRequests.create({ phoneNumber: owner, friendlyName: 'Owner', callDelay: 10, statusCallback: `${app.url}/click/verified` });
  app.on('/click/verified', () => ({ status: 204 }));
  await control.behave(owner, { answers: '1s', script: [{ hears: 'code', within: '20s' }, { presses: request.validationCode }, { wait: '10s' }] });
  const [verified] = await app.until('/click/verified');
  assert.deepEqual([verified.params.VerificationStatus, verified.params.To], ['success', owner]);
  assert.equal((await client.outgoingCallerIds(verified.params.OutgoingCallerIdSid).fetch()).phoneNumber, owner);

  app.on('/click/agent', () => twiml((r) => {
    r.say('Connecting you.');
    const dial = r.dial({ callerId: owner, sequential: true, timeout: 6, action: '/click/done' });
    for (const phone of [first, second]) dial.number({ statusCallback: '/click/leg', statusCallbackEvent: 'initiated completed' }, phone);
  }));
  app.on('/click/done', ({ DialCallStatus }) => twiml((r) => { if (DialCallStatus !== 'completed') r.say('Nobody is in. Leave a message.'); }));
  for (const path of ['/click/status', '/click/leg']) app.on(path, () => ({ status: 204 }));
  await control.behave(agent, { answers: '1s', script: [{ hears: 'leave a message', within: '2m' }, { wait: '2s' }] });
  await control.behave(first, { busy: true });
  await control.behave(second, { no_answer: true });
  const call = await client.calls.create(click);
  assert.deepEqual([call.status, call.direction, call.from, call.startTime], ['queued', 'outbound-api', owner, null]);
  await ended(call.sid);
  const told = await app.until('/click/status', 4);
  assert.deepEqual(statuses(told), ['initiated', 'ringing', 'in-progress', 'completed']);
  assert.deepEqual(told.map((r) => r.params.SequenceNumber), ['0', '1', '2', '3']);
  assert.equal(told[3].params.SipResponseCode, '200');
  assert.equal(told[3].params.Duration, String(Math.ceil(Number(told[3].params.CallDuration) / 60)));
  const legs = await app.until('/click/leg', 4);
  assert.deepEqual(legs.map((r) => [r.params.To, r.params.CallStatus]), [[first, 'initiated'], [first, 'busy'], [second, 'initiated'], [second, 'no-answer']]);
  assert.deepEqual([legs[1].params.SipResponseCode, legs[3].params.SipResponseCode], ['486', '487']);
  assert.deepEqual([legs[1].params.CallDuration, legs[1].params.Duration], ['0', '0']);
  // Six seconds and Twilio's own five.
  assert.equal((Date.parse(legs[3].params.Timestamp) - Date.parse(legs[2].params.Timestamp)) / 1000, 11);
  const [done] = app.at('/click/done');
  assert.deepEqual([done.params.DialCallStatus, done.params.DialBridged, done.params.DialCallSid], ['no-answer', 'false', legs[3].params.CallSid]);

  // Whose number may not be shown is not called, and the document goes on.
  app.on('/click/agent', () => twiml((r) => r.dial({ callerId: '+14155550123', action: '/click/failed' }, first)));
  app.on('/click/failed', () => twiml((r) => r.say('That did not work. Leave a message.')));
  const wrong = await client.calls.create({ ...click, from: number });
  await ended(wrong.sid);
  const [failed] = await app.until('/click/failed');
  assert.deepEqual([failed.params.DialCallStatus, failed.params.DialCallSid], ['failed', undefined]);
  const [notice] = await client.calls(wrong.sid).notifications.list();
  assert.deepEqual([notice.errorCode, notice.log], ['13247', '0']);
});
