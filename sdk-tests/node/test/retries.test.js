// Those who try again: the SDK at an emulator that is busy, and the emulator at an app that is not well.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { controlOf } from '../lib/control.js';
import { startEmulator } from '../lib/emulator.js';
import { MessagingResponse, newPhone, openHouse, refuses } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';

const house = openHouse();
const folder = mkdtempSync(join(tmpdir(), 'narrow-'));
let narrow;

after(async () => {
  await narrow?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A request that keeps its account's only place: its body stays unsent until it is let go. */
async function keepPlace(sid, token) {
  const body = 'FriendlyName=slow';
  const held = request(`${narrow.url}/2010-04-01/Accounts/${sid}.json`, {
    method: 'POST',
    auth: `${sid}:${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length, expect: '100-continue' },
  });
  const answered = new Promise((resolve, reject) => held.once('error', reject).once('response', (r) => r.resume().once('end', () => resolve(r.statusCode))));
  const isRead = new Promise((resolve) => held.once('continue', resolve));
  held.flushHeaders();
  await isRead;
  return { letGo: () => { held.end(body); return answered; } };
}

test('one request too many at a time is 20429, and the SDK tries again when it may', async () => {
  writeFileSync(join(folder, 'narrow.yaml'), 'limits:\n  concurrent_requests: 1\n');
  narrow = await startEmulator({ options: ['--config', join(folder, 'narrow.yaml')] });
  const { sid, auth_token: token } = await controlOf(narrow.url).newAccount('narrow');
  const place = await keepPlace(sid, token);
  await refuses(redirected(narrow.url, sid, token).client.messages.list(), { code: 20429, status: 429 });

  const { client, http } = redirected(narrow.url, sid, token, { autoRetry: true, maxRetryDelay: 100, maxRetries: 1000 });
  let tries = 0;
  const isStubborn = new Promise((resolve) => http.axios.interceptors.request.use((config) => { if (++tries === 3) resolve(); return config; }));
  const listing = client.messages.list();
  await isStubborn;
  assert.equal(await place.letGo(), 200);
  assert.deepEqual(await listing, []);
});

test('an app that fails is asked again as often as its URL says, with one key for all attempts', async () => {
  let asked = 0;
  house.app.on('/ailing', () => {
    if (++asked < 3) return { status: 503 };
    const reply = new MessagingResponse();
    reply.message('well again');
    return reply;
  });
  const { client, number } = await house.newSender({ smsUrl: `${house.app.url}/ailing#rc=2&rp=all` });
  const from = newPhone();
  await house.control.text(from, number, 'hello');
  const attempts = await house.app.until('/ailing', 3);
  assert.equal(new Set(attempts.map((r) => r.headers['i-twilio-idempotency-token'])).size, 1);
  assert.ok(attempts[0].headers['i-twilio-idempotency-token']);
  await house.control.expect({ kind: 'message.delivered', account: client.accountSid });
  assert.deepEqual((await client.messages.list({ to: from })).map((m) => m.body), ['well again']);
});
