// Apps that listen, as people publish them: a menu by voice and keys, a tree of keys, a payment, live words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, VoiceResponse } from '../lib/house.js';

const house = openHouse();
const twiml = (write) => { const response = new VoiceResponse(); write(response); return response; };
const ended = (sid, kind = 'call.completed') => house.control.expect({ kind, subject: sid }, { within: '20m' });
const call = async (number, script) => { const { call_sid: sid } = await house.control.dial(newPhone(), number, script); await ended(sid); return sid; };

test('a menu by voice and keys: partial results come while somebody speaks, and what is first counts', async () => {
  const { app } = house;
  app.on('/hear/voice', () => twiml((r) => {
    r.gather({
      input: 'speech dtmf', numDigits: 1, timeout: 4, speechTimeout: 'auto', hints: 'lamps, cables, $OOV_CLASS_ALPHANUMERIC_SEQUENCE', language: 'en-GB',
      action: '/hear/result', partialResultCallback: '/hear/partial', profanityFilter: false,
    }).say('Say what you need, or press 1 for lamps.');
    r.say('We heard nothing.');
    r.redirect({ method: 'GET' }, '/hear/operator?why=silence');
  }));
  app.on('/hear/result', ({ SpeechResult, Digits }) => twiml((r) => r.say(SpeechResult ? `You said ${SpeechResult}` : `You pressed ${Digits}`)));
  app.on('/hear/operator', () => twiml((r) => r.say('An operator comes.')));
  app.on('/hear/partial', () => twiml((r) => r.say('This is never said.')));
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/hear/voice` });
  const spoke = await call(number, [{ hears: 'say what' }, { says: 'I would like to order forty two damn lamps for the new office please' }, { presses: '7' }, { hears: 'you said', within: '20s' }, { wait: '5s' }]);
  const pressed = await call(number, [{ hears: 'say what' }, { presses: '1' }, { hears: 'you pressed 1', within: '20s' }]);
  const silent = await call(number, [{ hears: 'operator comes', within: '60s' }]);
  const results = Object.fromEntries(app.at('/hear/result').map((r) => [r.params.CallSid, r.params]));
  assert.equal(results[spoke].SpeechResult, 'I would like to order forty two damn lamps for the new office please');
  assert.ok(Number(results[spoke].Confidence) > 0 && Number(results[spoke].Confidence) <= 1);
  assert.deepEqual([results[spoke].Digits, results[spoke].Language], [undefined, 'en-GB']);
  assert.deepEqual([results[pressed].Digits, results[pressed].SpeechResult, results[pressed].FinishedOnKey], ['1', undefined, '']);
  assert.equal(results[silent], undefined);
  const operator = app.at('/hear/operator').find((r) => r.params.CallSid === silent);
  assert.equal(operator.method, 'GET');
  assert.match(operator.query, /why=silence/);
  const partials = app.at('/hear/partial').map((r) => r.params);
  assert.ok(partials.length >= 2 && partials.every((p) => p.CallSid === spoke));
  assert.deepEqual(partials.map((p) => p.SequenceNumber), partials.map((_, i) => String(i)));
  partials.reduce((before, p) => { assert.ok(p.UnstableSpeechResult.startsWith(before)); return p.UnstableSpeechResult; }, '');
  assert.deepEqual(await client.calls(spoke).notifications.list(), []);
});

test('a tree of keys: lengths, ends and silences, each as it is documented', async () => {
  const { app } = house;
  const menus = {
    four: [{ numDigits: 4 }, '12345', { Digits: '1234', FinishedOnKey: '' }],
    pound: [{}, '12#3', { Digits: '12', FinishedOnKey: '#' }],
    star: [{ finishOnKey: '*' }, '1#2*', { Digits: '1#2', FinishedOnKey: '*' }],
    never: [{ finishOnKey: '', timeout: 3 }, '1#*', { Digits: '1#*', FinishedOnKey: '' }],
    slow: [{ timeout: 2 }, '1', { Digits: '1', FinishedOnKey: '' }],
    empty: [{}, '#', null],
    told: [{ actionOnEmptyResult: true, timeout: 2 }, '', { Digits: '', FinishedOnKey: '' }],
    poundTold: [{ actionOnEmptyResult: true }, '#', { Digits: '', FinishedOnKey: '#' }],
  };
  const key = (query) => new URLSearchParams(query).get('menu');
  app.on('/tree/voice', (_, { query }) => twiml((r) => {
    const gather = r.gather({ action: `/tree/got?menu=${key(query)}`, ...menus[key(query)][0] });
    gather.say('Your code, please.');
    gather.pause({ length: 1 });
    r.say('Nothing was pressed.');
  }));
  app.on('/tree/got', () => twiml((r) => r.say('Thank you.')));
  for (const [name, [, keys, expected]] of Object.entries(menus)) {
    const { number } = await house.newSender({ voiceUrl: `${app.url}/tree/voice?menu=${name}` });
    const sid = await call(number, [{ hears: 'your code' }, ...(keys ? [{ presses: keys }] : []), { hears: expected ? 'thank you' : 'nothing was pressed', within: '30s' }]);
    const got = app.at('/tree/got').find((r) => r.params.CallSid === sid);
    assert.deepEqual(got ? { Digits: got.params.Digits, FinishedOnKey: got.params.FinishedOnKey } : null, expected, name);
    if (got) assert.equal(got.params.msg, 'Gather End');
  }
});

test('a payment by keypad: attempts, stars and hang-ups are told, and no number stands whole anywhere', async () => {
  const { app, control } = house;
  app.on('/pay/voice', () => twiml((r) => {
    const pay = r.pay({ chargeAmount: '20.45', maxAttempts: 3, postalCode: 'true', minPostalCodeLength: 5, timeout: 4, action: '/pay/done', statusCallback: '/pay/piece', validCardTypes: 'visa amex', description: 'Lamps' });
    pay.prompt({ for: 'payment-card-number' }).say('Card, please.');
    pay.prompt({ for: 'payment-card-number', errorType: 'invalid-card-type' }).say('We take Visa and American Express.');
    pay.prompt({ for: 'payment-card-number', attempt: '2 3' }).say('Once more, please.');
    pay.parameter({ name: 'order', value: '17' });
  }));
  app.on('/pay/done', ({ Result, PayErrorCode }) => twiml((r) => r.say(`The result is ${Result} ${PayErrorCode ?? ''}`)));
  app.on('/pay/piece', () => ({ status: 204 }));
  const { number } = await house.newSender({ voiceUrl: `${app.url}/pay/voice` });
  const card = [{ hears: 'expiration' }, { presses: '1230' }, { hears: 'security code' }];
  const paid = await call(number, [
    { hears: 'card, please' }, { presses: '5555555555554444' }, { hears: 'we take visa', within: '20s' }, { presses: '378282246310006' }, { hears: 'once more' }, { presses: '378282246310005' },
    ...card, { presses: '1234' }, { hears: 'zip code', within: '20s' }, { presses: '941#' }, { hears: 'zip code', within: '20s' }, { presses: '94105#' }, { hears: 'success', within: '20s' },
  ]);
  const star = await call(number, [{ hears: 'card, please' }, { presses: '4111*' }, { hears: 'interrupted', within: '20s' }]);
  const tired = await call(number, [{ hears: 'card, please' }, { presses: '4111#' }, { hears: 'once more' }, { presses: '4112#' }, { hears: 'once more' }, { wait: '20s' }, { hears: 'too-many', within: '20s' }]);
  const gone = await call(number, [{ hears: 'card, please' }, { presses: '4111' }, { hangs_up: true }]);
  const declined = await call(number, [{ hears: 'card, please' }, { presses: '4000000000000002' }, ...card, { presses: '123' }, { hears: 'zip code', within: '20s' }, { presses: '94105#' }, { hears: 'connector-error 64012', within: '20s' }]);
  const done = Object.fromEntries(app.at('/pay/done').map((r) => [r.params.CallSid, r.params]));
  assert.deepEqual([paid, star, tired, gone, declined].map((sid) => done[sid].Result), ['success', 'caller-interrupted-with-star', 'too-many-failed-attempts', 'caller-hung-up', 'payment-connector-error']);
  const { PaymentCardNumber, PaymentCardType, ExpirationDate, SecurityCode, PaymentCardPostalCode, PaymentMethod, PaymentToken, PaymentConfirmationCode } = done[paid];
  assert.deepEqual(
    { PaymentCardNumber, PaymentCardType, ExpirationDate, SecurityCode, PaymentCardPostalCode, PaymentMethod, PaymentToken },
    { PaymentCardNumber: 'xxxx-xxxxxx-x0005', PaymentCardType: 'amex', ExpirationDate: '1230', SecurityCode: 'xxxx', PaymentCardPostalCode: '94105', PaymentMethod: 'credit-card', PaymentToken: undefined });
  assert.ok(PaymentConfirmationCode.length > 0);
  assert.deepEqual([done[declined].PaymentError, done[declined].PayErrorCode, done[declined].PaymentConfirmationCode], ['card is declined', '64012', undefined]);
  const pieces = app.at('/pay/piece').filter((r) => r.params.CallSid === paid).map((r) => [r.params.For, r.params.Attempt, r.params.ErrorType]);
  assert.deepEqual(pieces, [
    ['payment-card-number', '1', 'invalid-card-type'], ['payment-card-number', '2', 'invalid-card-number'], ['payment-card-number', '3', undefined],
    ['expiration-date', '1', undefined], ['security-code', '1', undefined], ['postal-code', '1', 'invalid-postal-code'], ['postal-code', '2', undefined], ['payment-processing', '1', undefined],
  ]);
  assert.equal(app.at('/pay/piece').some((r) => /378282246310005|4000000000000002|(^|\D)1234(\D|$)/.test(JSON.stringify(Object.values(r.params)))), false);
  const { entries } = await control.journal({ subject: paid, limit: '500' });
  assert.equal(JSON.stringify(entries).includes('378282246310005'), false);
});

test('live words: both sides of a bridged call are told while they are spoken, to the end of the call', async () => {
  const { app, control } = house;
  const agent = newPhone();
  await control.behave(agent, { answers: '2s', script: [{ says: 'Support, hello.' }, { hears: 'router', within: '20s' }, { says: 'Switch it off and on.' }, { wait: '1s' }, { hangs_up: true }] });
  app.on('/live/voice', () => twiml((r) => {
    r.start().transcription({ name: 'call', statusCallbackUrl: `${app.url}/live/words`, track: 'both_tracks', inboundTrackLabel: 'customer', outboundTrackLabel: 'agent', partialResults: true, languageCode: 'en-US' });
    r.say('Your call may be written down.');
    r.dial(agent);
    r.stop().transcription({ name: 'call' });
    r.say('Nobody writes this down.');
  }));
  app.on('/live/words', () => ({ status: 204 }));
  const { client, number } = await house.newSender({ voiceUrl: `${app.url}/live/voice` });
  const sid = await call(number, [{ hears: 'support', within: '30s' }, { says: 'My router is broken.' }, { hears: 'this down', within: '30s' }, { wait: '5s' }]);
  const told = app.at('/live/words').map((r) => r.params);
  assert.ok(told.every((p) => p.CallSid === sid && /^GT[0-9a-f]{32}$/.test(p.TranscriptionSid) && /^\d{4}-\d\d-\d\dT/.test(p.Timestamp)));
  assert.deepEqual(told.map((p) => p.SequenceId), told.map((_, i) => String(i + 1)));
  assert.deepEqual([told[0].TranscriptionEvent, told.at(-1).TranscriptionEvent], ['transcription-started', 'transcription-stopped']);
  assert.deepEqual([told[0].Name, told[0].InboundTrackLabel, told[0].OutboundTrackLabel, told[0].TranscriptionEngine, told[0].LanguageCode], ['call', 'customer', 'agent', 'google', 'en-US']);
  const words = told.filter((p) => p.TranscriptionEvent === 'transcription-content');
  assert.deepEqual(words.filter((p) => p.Final === 'true').map((p) => [p.Track, JSON.parse(p.TranscriptionData).transcript]), [
    ['outbound_track', 'Your call may be written down.'], ['outbound_track', 'Support, hello.'], ['inbound_track', 'My router is broken.'], ['outbound_track', 'Switch it off and on.'],
  ]);
  assert.ok(words.some((p) => p.Final === 'false'));
  assert.equal((await client.calls(sid).fetch()).status, 'completed');
});
