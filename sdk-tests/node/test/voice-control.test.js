// Apps that lead calls by REST, as people publish them: a campaign, recordings in the midst of a call, browsers that call each other, a transfer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses, VoiceResponse } from '../lib/house.js';

const house = openHouse();
const twiml = (write) => { const response = new VoiceResponse(); write(response); return response; };
const ended = (sid, kind = 'call.completed') => house.control.expect({ kind, subject: sid }, { within: '20m' });

test('a campaign: machines are found out beside the call and left a message, and the rest is called off', async () => {
  const { app, control } = house;
  const { client, number, sid: account } = await house.newSender();
  const [machine, person, rings, queued] = [newPhone(), newPhone(), newPhone(), newPhone()];
  await control.behave(machine, { machine: '2s', greeting: 'You have reached the Miller family. Nobody is at home now. Leave a message and we will call you back.' });
  await control.behave(person, { answers: '2s', script: [{ says: 'Hello?' }, { hears: 'press 1', within: '20s' }, { presses: '1' }, { wait: '20s' }] });
  await control.behave(rings, { no_answer: true });
  app.on('/camp/voice', () => twiml((r) => { r.gather({ numDigits: 1, action: '/camp/key', timeout: 20 }).say('This is the town hall. Press 1 to hear the news.'); }));
  app.on('/camp/key', () => twiml((r) => r.say('The bridge is closed.')));
  app.on('/camp/amd', async ({ CallSid, AnsweredBy }) => {
    if (AnsweredBy === 'machine_end_beep') await client.calls(CallSid).update({ twiml: '<Response><Say>The bridge is closed until Friday.</Say></Response>' });
    return { status: 204 };
  });
  app.on('/camp/status', () => ({ status: 204 }));
  await control.setClock('manual');
  const call = (to) => client.calls.create({
    to, from: number, url: `${app.url}/camp/voice`, machineDetection: 'DetectMessageEnd', asyncAmd: 'true', asyncAmdStatusCallback: `${app.url}/camp/amd`,
    statusCallback: `${app.url}/camp/status`, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  });
  const calls = [];
  for (const to of [machine, person, rings, queued]) calls.push(await call(to));
  assert.deepEqual(calls.map((c) => c.queueTime), ['0', '1000', '2000', '3000']);
  await control.advance('2500ms');
  assert.deepEqual(await Promise.all(calls.map(async (c) => (await client.calls(c.sid).fetch()).status)), ['in-progress', 'ringing', 'ringing', 'queued']);
  for (const c of calls.slice(2)) assert.equal((await client.calls(c.sid).update({ status: 'canceled' })).status, 'canceled');
  // In progress, canceled says nothing.
  assert.equal((await client.calls(calls[0].sid).update({ status: 'canceled' })).status, 'in-progress');
  await refuses(client.calls(calls[2].sid).update({ status: 'completed' }), { code: 21220, status: 400 });
  await refuses(client.calls(calls[3].sid).update({ twiml: '<Response/>' }), { code: 21220, status: 400 });
  await control.advance('60s');
  const told = (sid) => app.at('/camp/status').filter((r) => r.params.CallSid === sid).map((r) => r.params.CallStatus);
  assert.deepEqual(told(calls[0].sid), ['initiated', 'ringing', 'in-progress', 'completed']);
  assert.deepEqual(told(calls[1].sid), ['initiated', 'ringing', 'in-progress', 'completed']);
  assert.deepEqual(told(calls[2].sid), ['initiated', 'ringing', 'canceled']);
  assert.deepEqual(told(calls[3].sid), [], 'what is called off in the queue tells nobody');
  const amd = app.at('/camp/amd').map((r) => r.params);
  assert.deepEqual(Object.fromEntries(amd.map((p) => [p.CallSid, p.AnsweredBy])), { [calls[0].sid]: 'machine_end_beep', [calls[1].sid]: 'human' });
  assert.ok(amd.every((p) => Object.keys(p).sort().join() === 'AccountSid,AnsweredBy,CallSid,MachineDetectionDuration' && p.AccountSid === account));
  const heard = (await control.journal({ subject: calls[0].sid, limit: '500' })).entries.filter((e) => e.kind === 'call.heard').map((e) => e.data.words);
  assert.ok(heard.includes('The bridge is closed until Friday.'));
  assert.deepEqual((await client.calls(calls[0].sid).fetch()).answeredBy, 'machine_end_beep');
  const summary = (await client.calls.list({ status: 'canceled' })).map((c) => c.to).sort();
  assert.deepEqual(summary, [rings, queued].sort());
  await control.setClock('auto');
});

test('recordings in the midst of a call: begun, paused, resumed and stopped by REST, by SID and as the current one', async () => {
  const { app, control } = house;
  const agent = newPhone();
  await control.behave(agent, { answers: '1s', script: Array.from({ length: 30 }, (_, i) => [{ says: `This is sentence number ${i + 1} of mine` }, { wait: '1s' }]).flat() });
  app.on('/rec/voice', () => twiml((r) => { r.dial(agent); }));
  app.on('/rec/told', () => ({ status: 204 }));
  const { client, number, sid: account, token } = await house.newSender({ voiceUrl: `${app.url}/rec/voice` });
  await control.setClock('manual');
  const { call_sid: sid } = await control.dial(newPhone(), number, [{ wait: '4m' }]);
  await control.advance('5s');
  const recordings = client.calls(sid).recordings;
  await refuses(recordings('Twilio.CURRENT').update({ status: 'paused' }), { code: 20404, status: 404 });
  const dual = await recordings.create({ recordingChannels: 'dual', recordingStatusCallback: `${app.url}/rec/told`, recordingStatusCallbackEvent: ['in-progress', 'completed'] });
  assert.deepEqual([dual.status, dual.channels, dual.source, dual.track, dual.duration], ['in-progress', 2, 'StartCallRecordingAPI', 'both', null]);
  await control.advance('10s');
  assert.equal((await recordings('Twilio.CURRENT').update({ status: 'paused', pauseBehavior: 'skip' })).status, 'paused');
  await control.advance('30s');
  assert.equal((await recordings(dual.sid).update({ status: 'in-progress' })).status, 'in-progress');
  await control.advance('10s');
  assert.equal((await recordings('Twilio.CURRENT').update({ status: 'stopped' })).status, 'stopped');
  await refuses(recordings(dual.sid).update({ status: 'paused' }), { code: 16114, status: 400 });
  await control.advance('5s');
  const whole = await client.recordings(dual.sid).fetch();
  assert.deepEqual([whole.status, whole.duration, whole.callSid], ['completed', '20', sid]);

  // Silence keeps the time, and trimming takes what is silent at both ends.
  const mono = await recordings.create({ recordingTrack: 'inbound', trim: 'do-not-trim' });
  await control.advance('5s');
  await recordings('Twilio.CURRENT').update({ status: 'paused' });
  await control.advance('5s');
  await recordings('Twilio.CURRENT').update({ status: 'in-progress' });
  await control.advance('5s');
  await recordings('Twilio.CURRENT').update({ status: 'stopped' });
  await control.advance('5s');
  const silent = await recordings(mono.sid).fetch();
  // The caller never says a word.
  assert.deepEqual([silent.channels, silent.track, silent.duration, silent.status], [1, 'inbound', '15', 'completed']);
  const trimmed = await recordings.create({ recordingTrack: 'inbound', trim: 'trim-silence' });
  await control.advance('5s');
  await recordings(trimmed.sid).update({ status: 'stopped' });
  await control.advance('5s');
  assert.deepEqual([(await client.recordings(trimmed.sid).fetch()).status, (await client.recordings(trimmed.sid).fetch()).errorCode], ['absent', 16102]);

  const told = app.at('/rec/told').map((r) => r.params);
  assert.deepEqual(told.map((p) => [p.RecordingStatus, p.RecordingDuration, p.ErrorCode]), [['in-progress', undefined, '0'], ['completed', '20', '0']]);
  assert.ok(told.every((p) => p.RecordingSid === dual.sid && p.CallSid === sid && p.RecordingUrl.endsWith(`/Recordings/${dual.sid}`)));
  const headers = { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` };
  const file = await fetch(`${told[1].RecordingUrl}.wav?RequestedChannels=2`, { headers });
  assert.equal(file.headers.get('content-type'), 'audio/x-wav');
  const wav = Buffer.from(await file.arrayBuffer());
  assert.equal(wav.length, 44 + 20 * 8000 * 2 * 2);
  const samples = (channel) => Array.from({ length: (wav.length - 44) / 4 }, (_, i) => Math.abs(wav.readInt16LE(44 + i * 4 + channel * 2))).reduce((a, b) => a + b, 0);
  assert.equal(samples(0), 0, 'the caller, who says nothing, is in the first channel');
  assert.ok(samples(1) > 0);
  const part = await fetch(`${told[1].RecordingUrl}.wav`, { headers: { ...headers, range: 'bytes=0-43' } });
  assert.deepEqual([part.status, (await part.arrayBuffer()).byteLength, part.headers.get('content-range')], [206, 44, `bytes 0-43/${wav.length}`]);
  const refused = await fetch(`${house.emulator.url}/2010-04-01/Accounts/${account}/Recordings/${silent.sid}.wav?RequestedChannels=2`, { headers });
  assert.deepEqual([refused.status, /<Code>(\d+)</.exec(await refused.text())?.[1]], [400, '16113']);
  assert.equal(await client.recordings(dual.sid).remove(), true);
  assert.deepEqual((await client.recordings.list({ callSid: sid })).map((r) => r.sid).sort(), [mono.sid, trimmed.sid].sort());
  await client.calls(sid).update({ status: 'completed' });
  await refuses(recordings.create(), { code: 21220, status: 400 });
  await control.setClock('auto');
});

test('browsers call each other: parameters of the page reach the app, parameters of the document reach the other page', async () => {
  const { app, control } = house;
  const { client, number } = await house.newSender();
  app.on('/web/voice', ({ To, From, table }) => twiml((r) => {
    const dial = r.dial({ answerOnBridge: true, timeout: 10, action: '/web/done' });
    const bob = dial.client({ statusCallback: '/web/leg', statusCallbackEvent: 'ringing answered completed' });
    bob.identity(To.replace('client:', ''));
    bob.parameter({ name: 'table', value: table });
    bob.parameter({ name: 'by', value: From });
  }));
  app.on('/web/done', ({ DialCallStatus }) => twiml((r) => { if (DialCallStatus !== 'completed') r.say('Bob is away.'); }));
  app.on('/web/leg', () => ({ status: 204 }));
  const softphone = await client.applications.create({ friendlyName: 'Softphone', voiceUrl: `${app.url}/web/voice` });
  await control.behave('client:bob', { answers: '2s', script: [{ says: 'Bob here' }, { hears: 'Alice', within: '20s' }, { hangs_up: true }] });
  const dial = () => control.ask('POST', `/handsets/${encodeURIComponent('client:alice')}/calls`, {
    to: `app:${softphone.sid}`, parameters: { To: 'client:bob', table: '4 & 5' }, script: [{ hears: 'Bob', within: '30s' }, { says: 'Alice speaking' }, { wait: '30s' }],
  });
  const { call_sid: sid } = await dial();
  await ended(sid);
  const [asked] = app.at('/web/voice');
  assert.deepEqual(
    [asked.params.From, asked.params.Caller, asked.params.To, asked.params.table, asked.params.ApplicationSid, asked.params.Direction, asked.params.CallStatus],
    ['client:alice', 'client:alice', 'client:bob', '4 & 5', softphone.sid, 'inbound', 'ringing']);
  assert.ok(!('FromCity' in asked.params));
  const rung = await control.expect({ kind: 'handset.ringing', subject: 'client:bob' });
  assert.match(JSON.stringify(rung), /"table":"4 & 5"/);
  const legs = app.at('/web/leg').map((r) => r.params);
  assert.deepEqual(legs.map((p) => [p.CallStatus, p.To, p.From]), ['ringing', 'in-progress', 'completed'].map((s) => [s, 'client:bob', 'client:alice']));
  assert.equal(app.at('/web/done')[0].params.DialCallStatus, 'completed');

  await control.behave('client:bob', { rejects: true });
  const { call_sid: second } = await dial();
  await ended(second);
  // Declined is busy or no-answer as the phone has it; nothing was said between them.
  const declined = app.at('/web/done')[1].params;
  assert.equal(declined.DialBridged, 'false');
  assert.ok(['busy', 'no-answer'].includes(declined.DialCallStatus));
  // A browser that calls a telephone needs a caller ID of the document's.
  app.on('/web/voice', () => twiml((r) => r.dial({ action: '/web/done' }, newPhone())));
  const { call_sid: third } = await dial();
  await ended(third);
  assert.deepEqual((await client.calls(third).notifications.list()).map((n) => n.errorCode), ['13214']);
  assert.ok(number);
});

test('a transfer: the phone that was dialled sends the caller on, and the app says where to', async () => {
  const { app, control } = house;
  const [agent, expert] = [newPhone(), newPhone()];
  app.on('/refer/voice', () => twiml((r) => r.dial({ referUrl: '/refer/to', referMethod: 'POST', action: '/refer/done' }, agent)));
  app.on('/refer/to', ({ ReferTransferTarget }) => twiml((r) => r.dial({ action: '/refer/end' }, expert)));
  for (const path of ['/refer/done', '/refer/end']) app.on(path, () => twiml(() => {}));
  await control.behave(agent, { answers: '1s', script: [{ hears: 'router', within: '20s' }, { transfers: expert }] });
  await control.behave(expert, { answers: '2s', script: [{ says: 'Expert speaking' }, { wait: '3s' }, { hangs_up: true }] });
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/refer/voice` });
  const { call_sid: sid } = await control.dial(newPhone(), number, [{ wait: '4s' }, { says: 'My router' }, { hears: 'expert', within: '30s' }, { wait: '30s' }]);
  await ended(sid);
  const [asked] = app.at('/refer/to');
  assert.deepEqual([asked.params.CallSid, asked.params.CallStatus], [sid, 'in-progress']);
  assert.match(asked.params.ReferTransferTarget, new RegExp(expert.slice(1)));
  assert.equal(app.at('/refer/end')[0].params.DialCallStatus, 'completed');
  assert.equal(app.at('/refer/done').length, 0, 'the transfer\'s document takes the place of the rest');
  // <Refer> is for SIP legs alone.
  app.on('/refer/voice', () => twiml((r) => { r.refer({ action: '/refer/end' }).sip('sip:ada@example.com'); r.say('Here still.'); }));
  const { call_sid: other } = await control.dial(newPhone(), number, [{ wait: '20s' }]);
  await ended(other);
  assert.deepEqual((await client.calls(other).notifications.list()).map((n) => n.errorCode), ['13801']);
});
