import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessagingResponse, newPhone, openHouse } from '../lib/house.js';

const house = openHouse();

/** Waits until a phone has a text, and gives it. */
const textAt = async (phone, count = 1) => {
  await house.control.expect({ kind: 'handset.received', subject: phone }, { count });
  return (await house.control.handset(phone)).received;
};

test('a text is answered with TwiML and the phone has the reply', async () => {
  const phone = newPhone();
  house.app.on('/sms', ({ Body }) => reply(`You said: ${Body}`));
  const { client, number, sid } = await house.newSender({ smsUrl: `${house.app.url}/sms` });

  const { message_sid: messageSid } = await house.control.text(phone, number, 'How is the weather in 94107? <&>');
  assert.match(messageSid, /^SM[0-9a-f]{32}$/);
  const [asked] = await house.app.until('/sms');
  assert.deepEqual(
    { MessageSid: asked.params.MessageSid, From: asked.params.From, To: asked.params.To, AccountSid: asked.params.AccountSid, NumMedia: asked.params.NumMedia, SmsStatus: asked.params.SmsStatus },
    { MessageSid: messageSid, From: phone, To: number, AccountSid: sid, NumMedia: '0', SmsStatus: 'received' });
  assert.equal(asked.headers['user-agent'], 'TwilioProxy/1.1');
  assert.match(asked.headers['i-twilio-idempotency-token'], /^[0-9a-f-]{36}$/);

  const [text] = await textAt(phone);
  assert.equal(text.body, 'You said: How is the weather in 94107? <&>');
  assert.equal(text.from, number);

  const messages = await client.messages.list();
  assert.deepEqual(messages.map((m) => m.direction).sort(), ['inbound', 'outbound-reply']);
  assert.equal((await client.messages(messageSid).fetch()).status, 'received');
});

test('a number may be configured to be asked by GET', async () => {
  const phone = newPhone();
  house.app.on('/by-get', ({ Body }) => reply(`got ${Body}`));
  const { number } = await house.newSender({ smsUrl: `${house.app.url}/by-get?lang=en`, smsMethod: 'GET' });
  await house.control.text(phone, number, 'a b&c');
  const [asked] = await house.app.until('/by-get');
  assert.equal(asked.method, 'GET');
  assert.equal(asked.params.lang, 'en');
  assert.equal((await textAt(phone))[0].body, 'got a b&c');
});

test('an app that fails is covered by its fallback, which is told why', async () => {
  const phone = newPhone();
  house.app.on('/fails', () => ({ status: 500, body: 'oops' }));
  house.app.on('/covers', () => reply('sorry'));
  const { number } = await house.newSender({ smsUrl: `${house.app.url}/fails`, smsFallbackUrl: `${house.app.url}/covers` });
  await house.control.text(phone, number, 'hi');
  const [covered] = await house.app.until('/covers');
  assert.equal(covered.params.ErrorCode, '11200');
  assert.equal(covered.params.ErrorUrl, `${house.app.url}/fails`);
  assert.equal((await textAt(phone))[0].body, 'sorry');
});

test('a cookie lives in the conversation that set it', async () => {
  const [mine, yours] = [newPhone(), newPhone()];
  house.app.on('/counts', (_, { headers }) => {
    const count = Number(/count=(\d+)/.exec(headers.cookie ?? '')?.[1] ?? 0) + 1;
    return { body: reply(`${count}`).toString(), headers: { 'set-cookie': `count=${count}` } };
  });
  const { number } = await house.newSender({ smsUrl: `${house.app.url}/counts` });
  await house.control.text(mine, number, 'one');
  await textAt(mine);
  await house.control.text(mine, number, 'two');
  await house.control.text(yours, number, 'one');
  assert.deepEqual((await textAt(mine, 2)).map((t) => t.body), ['1', '2']);
  assert.deepEqual((await textAt(yours)).map((t) => t.body), ['1']);
});

test('a redirect to another document is followed', async () => {
  const phone = newPhone();
  house.app.on('/first', () => { const twiml = new MessagingResponse(); twiml.redirect('/second?x=1'); return twiml; });
  house.app.on('/second', ({ Body }) => reply(`second saw ${Body}`));
  const { number } = await house.newSender({ smsUrl: `${house.app.url}/first` });
  await house.control.text(phone, number, 'hi');
  assert.equal((await textAt(phone))[0].body, 'second saw hi');
});

function reply(text) {
  const twiml = new MessagingResponse();
  twiml.message(text);
  return twiml;
}
