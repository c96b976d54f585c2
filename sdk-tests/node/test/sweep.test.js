// Every list and every resource of the SDK, walked by its own declarations: sweep/walk.js.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { controlOf } from '../lib/control.js';
import { startEmulator } from '../lib/emulator.js';
import { redirected } from '../lib/redirected.js';
import { versions } from '../sweep/declarations.js';
import { getterOf } from '../sweep/links.js';
import { countOf, faultsOf, tableOf } from '../sweep/report.js';
import { newValues } from '../sweep/values.js';
import { sweep } from '../sweep/walk.js';

const products = [...new Set([...versions(redirected('', 'AC', 'x').client)].map(({ name }) => name.split('.')[0]))];
let emulator;
let lives;

before(async () => {
  emulator = await startEmulator({ clock: 'manual' });
  const control = controlOf(emulator.url);
  const { sid, auth_token: token } = await control.newAccount('a sweep');
  const { sid: other, auth_token: otherToken } = await control.newAccount('a stranger');
  const { client, http } = redirected(emulator.url, sid, token);
  const [found] = await client.availablePhoneNumbers('US').local.list({ limit: 1 });
  const { phoneNumber } = await client.incomingPhoneNumbers.create({ phoneNumber: found.phoneNumber });
  const app = await client.iam.v1.oAuthApps.create({ friendly_name: 'a sweep' });
  lives = await sweep({
    client,
    values: newValues({ number: phoneNumber, app: { id: app.sid, secret: app.secret } }),
    seen: () => http.seen,
    settle: control.advance,
    owner: getterOf(emulator.url, sid, token),
    stranger: getterOf(emulator.url, other, otherToken),
  });
});
after(() => emulator?.stop());

for (const product of products) {
  test(`every class of ${product} is created, listed, fetched, changed and removed as the SDK expects`, () => {
    assert.deepEqual(faultsOf(lives, product), []);
  });
}

test('the sweep reaches the whole SDK', (t) => {
  for (const line of tableOf(lives, products)) t.diagnostic(line);
  for (const [verb, least] of Object.entries({ create: 247, list: 300, fetch: 270, update: 170, remove: 150, gone: 150, self: 250, alien: 250 })) {
    assert.ok(countOf(lives, verb) >= least, `${verb}: ${countOf(lives, verb)} classes, at least ${least} expected`);
  }
});
