// Every way the SDK has to believe a webhook, on real ones: twilio.com/docs/usage/webhooks/webhooks-security.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse } from '../lib/house.js';
import twilio from '../lib/sdk.js';

const house = openHouse();
/** An account, and two webhooks it was sent: one posted, one got. Made once. */
let begun;
function webhooks() {
  begun ??= (async () => {
    const account = await house.newSender({ smsUrl: `${house.app.url}/posted?shop=5&q=a%20b` });
    await house.control.text(newPhone(), account.number, 'Grüße & +1 %');
    const [posted] = await house.app.until('/posted');
    await account.client.incomingPhoneNumbers(account.numberSid).update({ smsUrl: `${house.app.url}/got?shop=5`, smsMethod: 'GET' });
    await house.control.text(newPhone(), account.number, 'by GET');
    const [got] = await house.app.until('/got');
    return { token: account.token, posted, got };
  })();
  return begun;
}

const urlOf = (seen) => `${house.app.url}${seen.path}${seen.query}`;
const formOf = (seen) => (seen.method === 'POST' ? seen.params : {});

test('validateRequest believes the account\'s token alone, and no changed parameter', async () => {
  const { token, posted, got } = await webhooks();
  for (const seen of [posted, got]) {
    const signature = seen.headers['x-twilio-signature'];
    assert.equal(twilio.validateRequest(token, signature, urlOf(seen), formOf(seen)), true);
    assert.equal(twilio.validateRequest('f'.repeat(32), signature, urlOf(seen), formOf(seen)), false);
    assert.equal(twilio.validateRequest(token, signature, `${urlOf(seen)}&more=1`, formOf(seen)), false);
  }
  assert.equal(twilio.validateRequest(token, posted.headers['x-twilio-signature'], urlOf(posted), { ...posted.params, Body: 'other' }), false);
});

/** A request as Express hands it to a middleware. */
const expressOf = (seen, more = {}) => ({
  method: seen.method,
  protocol: 'http',
  originalUrl: `${seen.path}${seen.query}`,
  headers: seen.headers,
  header: (name) => seen.headers[name.toLowerCase()],
  get: (name) => seen.headers[name.toLowerCase()],
  body: formOf(seen),
  ...more,
});

/** What a middleware does with a request: the status it answers, or `next`. */
function passes(middleware, request) {
  let outcome;
  const response = { type: () => response, status: (code) => { outcome = code; return response; }, send: () => response };
  middleware(request, response, () => { outcome = 'next'; });
  return outcome;
}

test('the SDK\'s middleware lets webhooks through, and nothing else', async () => {
  const { token, posted, got } = await webhooks();
  const middleware = twilio.webhook(token);
  assert.equal(passes(middleware, expressOf(posted)), 'next');
  assert.equal(passes(middleware, expressOf(got)), 'next');
  assert.equal(passes(middleware, expressOf(posted, { body: { ...posted.params, Body: 'other' } })), 403);
  assert.equal(passes(middleware, expressOf({ ...posted, headers: {} })), 400);
  assert.equal(passes(twilio.webhook('f'.repeat(32)), expressOf(posted)), 403);
});

test('the SDK signs as the emulator does', async () => {
  const { token, posted } = await webhooks();
  assert.equal(twilio.getExpectedTwilioSignature(token, urlOf(posted), posted.params), posted.headers['x-twilio-signature']);
});
