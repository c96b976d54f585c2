// Apps with many in one place, as people publish them: a dial-in conference, a queue with agents, a parking lot for calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses, VoiceResponse } from '../lib/house.js';

const house = openHouse();
const twiml = (write) => { const response = new VoiceResponse(); write(response); return response; };
const ended = (sid, kind = 'call.completed') => house.control.expect({ kind, subject: sid }, { within: '20m' });

test('a dial-in conference: PINs, music until the moderator comes, a list of who is in, and the end with the moderator', async () => {
  const { app, control } = house;
  app.on('/room/voice', () => twiml((r) => {
    r.gather({ action: '/room/pin', finishOnKey: '#', timeout: 5 }).say('Please enter your PIN, followed by the pound sign.');
    r.redirect('/room/voice');
  }));
  app.on('/room/pin', ({ Digits }, { query }) => twiml((r) => {
    const attempt = Number(new URLSearchParams(query).get('attempt') ?? 1);
    if (Digits !== '1234' && Digits !== '9999') {
      if (attempt === 3) { r.say('Goodbye.'); return r.hangup(); }
      return r.gather({ action: `/room/pin?attempt=${attempt + 1}`, finishOnKey: '#' }).say('That PIN is wrong. Try again.');
    }
    const isModerator = Digits === '9999';
    r.dial({ action: isModerator ? undefined : '/room/left' }).conference({
      startConferenceOnEnter: isModerator, endConferenceOnExit: isModerator, beep: 'onEnter', muted: false, waitUrl: '/room/music', waitMethod: 'GET',
      participantLabel: isModerator ? 'moderator' : undefined,
      statusCallback: '/room/events', statusCallbackEvent: 'start end join leave mute hold',
    }, 'weekly');
    return r.say('The meeting is yours no more.');
  }));
  app.on('/room/music', () => twiml((r) => { r.say('You are the first. Please wait.'); r.pause({ length: 20 }); r.redirect({ method: 'GET' }, '/room/music'); }));
  app.on('/room/left', () => twiml((r) => r.say('The meeting is over.')));
  app.on('/room/events', () => ({ status: 204 }));
  const { client, number, sid: account } = await house.newSender({ voiceUrl: `${app.url}/room/voice` });
  await control.setClock('manual');

  const [ada, ben, mod, guesser] = [newPhone(), newPhone(), newPhone(), newPhone()];
  const { call_sid: first } = await control.dial(ada, number, [{ hears: 'your PIN' }, { presses: '12#' }, { hears: 'is wrong' }, { presses: '1234#' }, { hears: 'please wait' }, { hears: 'welcome', within: '5m' }, { hears: 'meeting is over', within: '5m' }]);
  const { call_sid: third } = await control.dial(guesser, number, [{ hears: 'your PIN' }, { presses: '0#' }, { hears: 'is wrong' }, { presses: '0#' }, { hears: 'is wrong' }, { presses: '0#' }, { hears: 'goodbye' }]);
  await control.advance('40s');
  assert.equal((await client.calls(third).fetch()).status, 'completed');
  const { call_sid: second } = await control.dial(ben, number, [{ wait: '1s' }, { presses: '1234#' }, { hears: 'welcome', within: '5m' }, { hears: 'meeting is over', within: '5m' }]);
  await control.advance('30s');
  // Two are in, and nobody who may begin.
  const [waiting] = await client.conferences.list({ friendlyName: 'weekly', limit: 5 });
  assert.equal(app.at('/room/events').some((r) => r.params.StatusCallbackEvent === 'conference-start'), false);
  assert.deepEqual((await client.conferences(waiting.sid).participants.list()).map((p) => [p.callSid, p.startConferenceOnEnter, p.status]).sort(), [[first, false, 'connected'], [second, false, 'connected']].sort());
  assert.ok(app.at('/room/music').filter((r) => r.params.CallSid === first).length >= 2, 'the music goes on where its document leads back to itself');
  assert.ok(app.at('/room/music').every((r) => r.method === 'GET'));

  const { call_sid: moderator } = await control.dial(mod, number, [{ wait: '1s' }, { presses: '9999#' }, { wait: '3s' }, { says: 'Welcome to all of you' }, { wait: '30s' }, { hangs_up: true }]);
  await control.advance('15s');
  const running = await client.conferences(waiting.sid).fetch();
  assert.deepEqual([running.status, running.friendlyName, running.reasonConferenceEnded], ['in-progress', 'weekly', null]);
  const by = client.conferences(waiting.sid).participants;
  const moderators = await by('moderator').fetch();
  assert.deepEqual([moderators.callSid, moderators.label, moderators.endConferenceOnExit, moderators.muted, moderators.hold], [moderator, 'moderator', true, false, false]);
  assert.equal((await by(first).update({ muted: true })).muted, true);
  assert.deepEqual((await client.conferences(waiting.sid).participants.list({ muted: true })).map((p) => p.callSid), [first]);
  assert.equal((await by.list()).length, 3);
  // By its name a conference is joined, and nothing else (the paths of the rest ask for a SID).
  await refuses(client.conferences('weekly').participants(first).fetch(), { code: 20404, status: 404 });
  await control.advance('60s');
  const over = await client.conferences(waiting.sid).fetch();
  assert.deepEqual([over.status, over.reasonConferenceEnded, over.callSidEndingConference], ['completed', 'participant-with-end-conference-on-exit-left', moderator]);
  assert.deepEqual(await client.conferences(waiting.sid).participants.list(), []);
  await control.advance('60s');

  const events = app.at('/room/events').map((r) => r.params);
  assert.deepEqual(events.map((e) => [e.StatusCallbackEvent, e.CallSid]), [
    ['participant-join', first], ['participant-join', second], ['participant-join', moderator], ['conference-start', undefined], ['participant-mute', first],
    ['participant-leave', moderator], ['participant-leave', first], ['participant-leave', second], ['conference-end', undefined],
  ]);
  assert.deepEqual(events.map((e) => e.SequenceNumber), events.map((_, i) => String(i + 1)));
  assert.ok(events.every((e) => e.ConferenceSid === waiting.sid && e.FriendlyName === 'weekly' && e.AccountSid === account && !('From' in e)));
  assert.deepEqual([events[2].ParticipantLabel, events[2].EndConferenceOnExit, events[2].StartConferenceOnEnter, events[2].Muted, events[2].Hold, events[2].Coaching], ['moderator', 'true', 'true', 'false', 'false', 'false']);
  assert.deepEqual([events[5].ReasonParticipantLeft, events[6].ReasonParticipantLeft], ['participant_hung_up', 'moderator_ended_conference']);
  assert.deepEqual([events[8].ReasonConferenceEnded, events[8].CallSidEndingConference, events[8].ParticipantLabelEndingConference], ['participant-with-end-conference-on-exit-left', moderator, 'moderator']);
  const left = app.at('/room/left').map((r) => r.params);
  assert.deepEqual(left.map((p) => [p.DialCallStatus, p.DialCallSid, p.CallStatus]), [['answered', undefined, 'in-progress'], ['answered', undefined, 'in-progress']]);
  for (const sid of [first, second]) assert.equal((await client.calls(sid).fetch()).status, 'completed');
  const failed = (await control.journal({ kind: 'handset.script_failed', limit: '50' })).entries.filter((e) => [ada, ben, mod, guesser].includes(e.subject));
  assert.deepEqual(failed, []);
  await control.setClock('auto');
});

test('a queue: places are told, an agent takes the front by REST, who waits too long leaves a message', async () => {
  const { app, control } = house;
  app.on('/queue/voice', () => twiml((r) => {
    r.enqueue({ action: '/queue/out', waitUrl: '/queue/wait' }, 'support');
    r.say('Never said.');
  }));
  app.on('/queue/wait', ({ QueuePosition, QueueTime }) => twiml((r) => {
    if (Number(QueueTime) >= 60) return r.leave();
    r.say(`You are number ${QueuePosition} in line.`);
    return r.pause({ length: 10 });
  }));
  app.on('/queue/out', ({ QueueResult }) => twiml((r) => {
    if (QueueResult === 'leave') { r.say('Leave a message.'); r.record({ action: '/queue/message', timeout: 3, maxLength: 20 }); }
  }));
  app.on('/queue/message', () => twiml((r) => r.say('Thank you.')));
  app.on('/queue/agent', () => twiml((r) => { r.say('An agent is with you.'); r.dial({ callerId: number, action: '/queue/talked' }, agent); }));
  app.on('/queue/talked', () => twiml(() => {}));
  const agent = newPhone();
  await control.behave(agent, { answers: '2s', script: [{ says: 'Anna speaking' }, { wait: '4s' }, { hangs_up: true }] });
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/queue/voice` });
  await control.setClock('manual');
  const callers = [];
  for (let i = 0; i < 3; i++) {
    callers.push((await control.dial(newPhone(), number, i === 1 ? [{ wait: '30s' }, { hangs_up: true }] : [{ hears: 'Leave a message', within: '3m' }, { wait: '1s' }, { says: 'Call me back' }, { wait: '30s' }])).call_sid);
    await control.advance('2s');
  }
  const [queue] = await client.queues.list();
  assert.deepEqual([queue.friendlyName, queue.currentSize, queue.maxSize], ['support', 3, 1000]);
  const members = client.queues(queue.sid).members;
  assert.deepEqual((await members.list()).map((m) => [m.callSid, m.position]), callers.map((sid, i) => [sid, i + 1]));
  await control.advance('10s');
  const waits = app.at('/queue/wait').filter((r) => r.params.CallSid === callers[2]).map((r) => r.params);
  assert.deepEqual([waits[0].QueuePosition, waits[0].QueueTime, waits[0].CurrentQueueSize, waits[0].MaxQueueSize, waits[0].QueueSid], ['3', '0', '3', '1000', queue.sid]);

  const front = await members('Front').update({ url: `${app.url}/queue/agent`, method: 'POST' });
  assert.equal(front.callSid, callers[0]);
  await control.advance('4s');
  assert.deepEqual((await members.list()).map((m) => [m.callSid, m.position]), [[callers[1], 1], [callers[2], 2]]);
  await control.advance('5m');
  const out = Object.fromEntries(app.at('/queue/out').map((r) => [r.params.CallSid, r.params]));
  assert.deepEqual(callers.map((sid) => out[sid].QueueResult), ['redirected', 'hangup', 'leave']);
  assert.ok(callers.every((sid) => out[sid].QueueSid === queue.sid && /^\d+$/.test(out[sid].QueueTime)));
  assert.equal(out[callers[1]].CallStatus, 'completed');
  // The action of the queue is asked for before the document that REST names, which rules; both are on their way at once, so that the app may get either first.
  const ways = ['/queue/out', '/queue/agent', '/queue/talked'];
  const { entries } = await control.journal({ kind: 'webhook.sent', subject: callers[0], limit: '100' });
  assert.deepEqual(entries.map((e) => new URL(e.data.url).pathname).filter((path) => ways.includes(path)), ways);
  const order = app.requests.filter((r) => r.params.CallSid === callers[0] && ways.includes(r.path)).map((r) => r.path);
  assert.deepEqual([order.slice(0, 2).sort(), order.slice(2)], [['/queue/agent', '/queue/out'], ['/queue/talked']]);
  assert.equal(app.at('/queue/talked')[0].params.DialCallStatus, 'completed');
  assert.equal(app.at('/queue/message').length, 1);
  assert.equal((await client.queues(queue.sid).fetch()).currentSize, 0);
  assert.equal(await client.queues(queue.sid).remove(), true);
  await control.setClock('auto');
});

test('a parking lot: a call is put into a room of its own, hears music, and is picked up from another phone', async () => {
  const { app, control } = house;
  const [caller, clerk, colleague] = [newPhone(), newPhone(), newPhone()];
  app.on('/park/voice', ({ From }) => twiml((r) => {
    if (From === colleague) return r.gather({ numDigits: 3, action: '/park/pick' }).say('Which slot?');
    return r.dial({ action: '/park/over' }, clerk);
  }));
  app.on('/park/slot', () => twiml((r) => r.dial({ action: '/park/over' }).conference({ waitUrl: '/park/music', beep: 'false', endConferenceOnExit: true, startConferenceOnEnter: false }, 'park-701')));
  app.on('/park/music', () => twiml((r) => { r.say('You are parked.'); r.pause({ length: 30 }); r.redirect('/park/music'); }));
  app.on('/park/pick', ({ Digits }) => twiml((r) => r.dial().conference({ beep: 'false', endConferenceOnExit: true, waitUrl: '' }, `park-${Digits}`)));
  app.on('/park/over', () => twiml(() => {}));
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/park/voice` });
  await control.behave(clerk, { answers: '1s', script: [{ hears: 'lamps', within: '20s' }, { says: 'One moment' }, { wait: '60s' }] });
  await control.setClock('manual');
  const { call_sid: sid } = await control.dial(caller, number, [{ wait: '5s' }, { says: 'It is about lamps' }, { hears: 'you are parked', within: '60s' }, { hears: 'lamps department', within: '3m' }, { says: 'At last' }, { hangs_up: true }]);
  await control.advance('12s');
  const [child] = await client.calls.list({ parentCallSid: sid });
  await client.calls(sid).update({ url: `${app.url}/park/slot` });
  await control.advance('10s');
  assert.equal((await client.calls(child.sid).fetch()).status, 'completed', 'the clerk is let go');
  assert.deepEqual([app.at('/park/over')[0].params.DialCallStatus, app.at('/park/over')[0].params.DialBridged], ['completed', 'true']);
  const [lot] = await client.conferences.list({ friendlyName: 'park-701' });
  assert.deepEqual((await client.conferences(lot.sid).participants.list()).map((p) => p.callSid), [sid]);
  const { call_sid: picker } = await control.dial(colleague, number, [{ hears: 'which slot' }, { presses: '701' }, { wait: '2s' }, { says: 'Lamps department' }, { hears: 'at last', within: '20s' }, { wait: '60s' }]);
  await control.advance('90s');
  const over = await client.conferences(lot.sid).fetch();
  assert.deepEqual([over.status, over.callSidEndingConference], ['completed', sid]);
  for (const call of [sid, picker]) assert.equal((await client.calls(call).fetch()).status, 'completed');
  const failed = (await control.journal({ kind: 'handset.script_failed', limit: '50' })).entries.filter((e) => [caller, clerk, colleague].includes(e.subject));
  assert.deepEqual(failed, []);
  await control.setClock('auto');
});
