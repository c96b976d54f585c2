import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EmulatorClient, redirect, startEmulator } from '../src/index.js';
import { newPhone, openHouse, sdk } from './house.js';

const house = openHouse();
const nowhere = new EmulatorClient('http://127.0.0.1:1', { patience: 1 });
const client = () => sdk('twilio')(house.emulator.accountSid, house.emulator.authToken);

for (const [slip, act, says] of [
  ['an option that is misspelt', () => startEmulator({ clok: 'auto' }), /startEmulator has no option "clok" \(did you mean "clock"\?\)/],
  ['an option in the spelling of files', () => startEmulator({ https_port: 0 }), /no option "https_port" \(did you mean "httpsPort"\?\)/],
  ['an option that is like no other', () => startEmulator({ wat: 1 }), /no option "wat" \(there are program, clock, seed/],
  ['a port in place of options', () => startEmulator(4010), /startEmulator takes its options as an object, \{ program, .*\}, not 4010/],
  ['a limit of time by itself', () => nowhere.handset(newPhone()).shouldReceive('hello', '5s'), /shouldReceive takes its options as an object, \{ from, within \}, not "5s"/],
  ['another library\'s timeout', () => nowhere.handset(newPhone()).shouldReceive('hello', { timeout: 5000 }), /shouldReceive has no option "timeout" \(there are from, within\)/],
  ['a text as an object', () => nowhere.handset(newPhone()).shouldReceive({ body: 'hello' }), /by its words, or by an expression, not by \{"body":"hello"\}/],
  ['a picture as one address', () => nowhere.handset(newPhone()).text('+14155550100', 'x', { mediaUrl: 'http://localhost/a.png' }), /text has no option "mediaUrl" \(did you mean "mediaUrls"\?\)/],
  ['a misspelt wait', () => nowhere.expect({ kind: 'message.sent' }, { whithin: '5s' }), /expect has no option "whithin" \(did you mean "within"\?\)/],
  ['an act of a phone that is misspelt', () => nowhere.call('CA1').press('1', { phone: '+1' }), /press has no option "phone" \(there are handset\)/],
]) test(slip, async () => { await assert.rejects(async () => act(), says); });

for (const [address, says] of [
  ['127.0.0.1:4010', /"127.0.0.1:4010" is no address of an emulator \(did you mean "http:\/\/127.0.0.1:4010"\?\)/],
  ['localhost:4010', /\(did you mean "http:\/\/localhost:4010"\?\)/],
  ['http://127.0.0.1:4010/_emu/v1', /is a page of the emulator, .* \(did you mean "http:\/\/127.0.0.1:4010"\?\)/],
  [undefined, /undefined is no address of an emulator \(such as "http:\/\/127.0.0.1:4010"; startEmulator\(\) gives it when it was awaited\)/],
]) {
  test(`${address} as an address`, () => {
    assert.throws(() => new EmulatorClient(address), says);
    assert.throws(() => redirect(client(), address), says);
  });
}

test('the SDK itself in place of a client of it', () => assert.throws(() => redirect(sdk('twilio'), house.emulator.url), /no client of npm "twilio": twilio\(sid, token\) makes one/));
