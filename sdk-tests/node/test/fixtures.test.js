// The shared fixtures, held against the emulator and the SDK: fixtures/README.md.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import { newPhone, openHouse } from '../lib/house.js';
import twilio from '../lib/sdk.js';

const house = openHouse();
const fixtures = new URL('../../../fixtures/', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8'));

for (const { what, token, url, parameters, signature } of read('signatures/signatures.json')) {
  test(`a signature is what it was: ${what}`, () => {
    assert.equal(twilio.validateRequest(token, signature, url, parameters), true);
    assert.equal(twilio.validateRequest(token, signature, `${url}x`, parameters), false);
  });
}

/** Sends bytes, and gives back all that comes until the other side closes. */
const exchange = (port, bytes) => new Promise((resolve, reject) => {
  let answer = '';
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
  socket.setTimeout(20_000, () => socket.destroy(new Error(`no end of the answer: ${answer}`)));
  socket.on('data', (part) => { answer += part; });
  socket.on('close', () => resolve(answer));
  socket.on('error', reject);
});

for (const file of readdirSync(new URL('requests/', fixtures)).filter((f) => f.endsWith('.txt'))) {
  test(`a request as that SDK sends it is understood: ${file}`, async () => {
    const raw = readFileSync(new URL(`requests/${file}`, fixtures));
    const request = raw.subarray(raw.indexOf('\n') + 1).toString('latin1').replace(/^connection: [^\r]*/im, 'Connection: close');
    const sent = /^connection:/im.test(request) ? request : request.replace('\r\n', '\r\nConnection: close\r\n');
    const answer = await exchange(Number(new URL(house.emulator.url).port), Buffer.from(sent, 'latin1'));
    assert.match(answer, /^HTTP\/1\.1 201 /);
    const sid = /"sid": ?"(SM[0-9a-f]{32})"/.exec(answer)[1];
    const { entries } = await house.control.expect({ kind: 'message.queued', subject: sid });
    assert.equal(entries[0].data.body, 'café & more +1');
  });
}

for (const { what, body, replies, alert } of read('twiml/documents.json')) {
  test(`a document answers a text: ${what}`, async () => {
    const phone = newPhone();
    const path = `/document-${phone.slice(1)}`;
    house.app.on(path, () => ({ type: 'text/xml', body }));
    const { number, sid } = await house.newSender({ smsUrl: `${house.app.url}${path}` });
    await house.control.text(phone, number, 'hello');
    await house.app.until(path);
    if (alert) await house.control.expect({ kind: 'alert', account: sid, ...(alert === true ? {} : { data: { code: alert } }) });
    if (replies.length > 0) await house.control.expect({ kind: 'handset.received', subject: phone }, { count: replies.length });
    assert.deepEqual((await house.control.handset(phone)).received.map((m) => m.body), replies);
  });
}

for (const { number, country, valid, what } of read('numbers/numbers.json')) {
  test(`Lookup knows ${number}: ${what}`, async () => {
    const { client } = await house.newAccount();
    client.lookups.baseUrl = `${house.emulator.url}/lookups`;
    const found = await client.lookups.v2.phoneNumbers(number).fetch();
    assert.equal(found.valid, valid);
    if (country) assert.equal(found.countryCode, country);
  });
}
