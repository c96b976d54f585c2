import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redirect, redirected } from '../src/index.js';
import { newPhone, number, openHouse, sdk } from './house.js';

const house = openHouse();
const base = 'http://127.0.0.1:4010';

for (const [uri, path] of [
  ['https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?PageSize=2', '/2010-04-01/Accounts/AC1/Messages.json?PageSize=2'],
  ['https://api.dublin.ie1.twilio.com/2010-04-01/Accounts.json', '/2010-04-01/Accounts.json'],
  ['https://verify.sydney.au1.twilio.com/v2/Services', '/verify/v2/Services'],
  ['https://lookups.twilio.com/v2/PhoneNumbers/%2B14155550100', '/lookups/v2/PhoneNumbers/%2B14155550100'],
  ['https://api.twilio.com/v1/Things', '/api/v1/Things'],
]) test(`${uri} leads to ${path}`, () => assert.equal(redirected(uri, `${base}/`), base + path));

for (const uri of ['https://example.com/2010-04-01', 'https://nottwilio.com/', 'https://twilio.com.example.org/x', `${base}/verify/v2/Services`]) {
  test(`${uri} is left alone`, () => assert.equal(redirected(uri, base), uri));
}

for (const name of ['twilio', 'twilio-previous']) {
  test(`${name}: a client reaches the emulator with every product, region and edge`, async () => {
    const phone = house.client.handset(newPhone());
    const client = redirect(sdk(name)(house.emulator.accountSid, house.emulator.authToken, { region: 'ie1', edge: 'dublin' }), house.emulator.url);
    const message = await client.messages.create({ from: number, to: phone.number, body: 'Hello' });
    assert.match(message.sid, /^SM[0-9a-f]{32}$/);
    assert.equal((await phone.shouldReceive('Hello')).message_sid, message.sid);
    assert.equal((await client.lookups.v2.phoneNumbers(number).fetch()).valid, true);
    const service = await client.verify.v2.services.create({ friendlyName: 'Doors' });
    assert.equal((await client.verify.v2.services(service.sid).fetch()).friendlyName, 'Doors');
  });

  test(`${name}: lists are paged through to their end`, async () => {
    const account = await house.client.openAccount({ friendlyName: 'Pages' });
    const client = redirect(sdk(name)(account.sid, account.auth_token), house.emulator.url);
    for (let i = 0; i < 3; i++) await client.verify.v2.services.create({ friendlyName: `S${i}` });
    assert.equal((await client.verify.v2.services.list({ pageSize: 1 })).length, 3);
  });

  test(`${name}: a client led twice goes where it was led last`, async () => {
    const client = redirect(redirect(sdk(name)(house.emulator.accountSid, house.emulator.authToken), 'http://127.0.0.1:1'), house.emulator.url);
    assert.equal((await client.api.accounts(house.emulator.accountSid).fetch()).sid, house.emulator.accountSid);
  });
}

test('what is no client is refused', () => {
  assert.throws(() => redirect({}, base), /no client of npm "twilio"/);
});
