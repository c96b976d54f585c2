// npm's smpp, as a gateway that binds to the emulator and as the message centre that the emulator binds to.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import smpp from 'smpp';
import { startEmulator } from '../node/lib/emulator.js';

const account = 'AC00000000000000000000000000000001';
const token = '00000000000000000000000000000001';
const number = '+14155550100';
const phone = '+14155550199';
const german = '+4915200000001';
const limit = 20_000;

let emulator, app, centre, folder, smppPort, tlsPort;
const webhooks = [];
const submitted = [];
let toEmulator;

const listening = (server, ...at) => new Promise((resolve) => server.listen(...at, () => resolve(server.address().port)));

async function until(what, look) {
  for (const end = Date.now() + limit; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not come within ${limit} ms:\n${emulator.said}`);
}

before(async () => {
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      webhooks.push(form);
      response.setHeader('content-type', 'text/xml').end(form.Body?.startsWith('ping') ? `<Response><Message>pong ${form.Body.slice(5)}</Message></Response>` : '<Response/>');
    });
  });
  const appPort = await listening(app, 0, '127.0.0.1');

  centre = smpp.createServer((session) => {
    session.on('error', () => {});
    session.on('bind_transceiver', (pdu) => {
      session.send(pdu.response({ command_status: pdu.password === 'secret08' ? 0 : smpp.ESME_RINVPASWD, system_id: 'npm' }));
      toEmulator = session;
    });
    session.on('submit_sm', (pdu) => {
      submitted.push(pdu);
      session.send(pdu.response({ message_id: `c${submitted.length}` }));
    });
    session.on('enquire_link', (pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu) => { session.send(pdu.response()); session.close(); });
  });
  const centrePort = await listening(centre, 0, '127.0.0.1');

  folder = mkdtempSync(join(tmpdir(), 'twilioemu-smpp-'));
  const config = join(folder, 'twilioemu.yaml');
  writeFileSync(config, `
numbers:
  - { number: "${number}", messages_per_second: 100, sms_url: "http://127.0.0.1:${appPort}/sms" }
smpp:
  systems:
    - { system_id: gateway, password: secret08, numbers: ["${phone}"] }
    - { system_id: slow, password: secret08, throughput: 2 }
  smscs:
    - { name: carrier, host: 127.0.0.1, port: ${centrePort}, system_id: twilioemu, password: secret08, numbers: ["+49*"] }
`);
  emulator = await startEmulator({ clock: 'real', options: ['--smpp-port', '0', '--smpps-port', '0', '--config', config] });
  const ports = await until('the ports', () => /SMPP 127\.0\.0\.1:(\d+) TLS (\d+)/.exec(emulator.said));
  [smppPort, tlsPort] = [Number(ports[1]), Number(ports[2])];
});

after(async () => {
  await emulator?.stop();
  centre?.close();
  app?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const ask = (session, command, fields = {}) => new Promise((resolve) => session[command](fields, resolve));

async function gateway(how, { systemId = 'gateway', password = 'secret08', mode = 'bind_transceiver' } = {}) {
  const session = smpp.connect(how);
  session.on('error', () => {});
  await new Promise((resolve) => session.once(how.tls ? 'secureConnect' : 'connect', resolve));
  const answer = await ask(session, mode, { system_id: systemId, password });
  return { session, answer };
}

const rest = async (path, form) => {
  const response = await fetch(`${emulator.url}/2010-04-01/Accounts/${account}/${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` },
    body: form && new URLSearchParams(form),
  });
  const body = await response.json();
  assert.ok(response.ok, JSON.stringify(body));
  return body;
};

const text = (pdu) => (pdu.short_message?.message ?? pdu.message_payload?.message ?? '').toString();
const hello = (body, more = {}) => ({ source_addr_ton: 1, source_addr_npi: 1, source_addr: phone.slice(1), dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: number.slice(1), short_message: body, ...more });

test('a gateway binds, texts the app, and hears its answer', async () => {
  const { session, answer } = await gateway({ host: '127.0.0.1', port: smppPort });
  assert.equal(answer.command_status, 0);
  assert.equal(answer.system_id, 'TwilioEmu');
  const received = [];
  session.on('deliver_sm', (pdu) => { received.push(pdu); session.send(pdu.response()); });
  const taken = await ask(session, 'submit_sm', hello('ping {€} ñ', { registered_delivery: 1 }));
  assert.equal(taken.command_status, 0);
  assert.match(taken.message_id, /^\d{10}$/);
  await until('receipt and answer', () => received.length >= 2);
  const receipt = received.find((pdu) => pdu.esm_class === 4);
  assert.match(text(receipt), new RegExp(`^id:${taken.message_id} sub:001 dlvrd:001 .* stat:DELIVRD err:000`));
  assert.equal(receipt.receipted_message_id.toString().replace(/\0$/, ''), taken.message_id);
  assert.equal(text(received.find((pdu) => pdu.esm_class === 0)), 'pong {€} ñ');
  assert.equal(webhooks.find((form) => form.Body === 'ping {€} ñ').From, phone);
  assert.equal((await ask(session, 'enquire_link')).command_status, 0);
  const state = await ask(session, 'query_sm', { message_id: taken.message_id, source_addr: phone.slice(1) });
  assert.equal(state.message_state, 2);
  assert.equal((await ask(session, 'unbind')).command_status, 0);
  session.destroy();
});

test('what the app sends to a number of the gateway is delivered, and its answer is the status', async () => {
  const { session } = await gateway({ host: '127.0.0.1', port: smppPort }, { mode: 'bind_receiver' });
  const parts = [];
  session.on('deliver_sm', (pdu) => {
    parts.push(pdu);
    session.send(pdu.response({ command_status: text(pdu).includes('bad') ? smpp.ESME_RX_R_APPN : 0 }));
  });
  const long = 'Длинный текст '.repeat(12);
  const [good, bad] = [await rest('Messages.json', { From: number, To: phone, Body: long }), await rest('Messages.json', { From: number, To: phone, Body: 'bad' })];
  await until('delivered', async () => (await rest(`Messages/${good.sid}.json`)).status === 'delivered');
  const failed = await until('undelivered', async () => { const m = await rest(`Messages/${bad.sid}.json`); return m.status === 'undelivered' && m; });
  assert.equal(failed.error_code, 30007);
  const concatenated = parts.filter((pdu) => pdu.esm_class === 0x40);
  assert.equal(concatenated.length, 3);
  assert.equal(concatenated.map(text).join(''), long);
  session.destroy();
});

test('long texts of a gateway become one, by header', async () => {
  const { session } = await gateway({ host: '127.0.0.1', port: smppPort });
  const whole = 'a'.repeat(153) + 'b'.repeat(20);
  for (const [i, part] of [whole.slice(0, 153), whole.slice(153)].entries()) {
    const taken = await ask(session, 'submit_sm', hello(undefined, { short_message: { udh: Buffer.from([5, 0, 3, 77, 2, i + 1]), message: part } }));
    assert.equal(taken.command_status, 0);
  }
  await until('the whole', () => webhooks.find((form) => form.Body === whole));
  session.destroy();
});

test('TLS, wrong passwords, throttling', async () => {
  const { session, answer } = await gateway({ host: '127.0.0.1', port: tlsPort, tls: true, rejectUnauthorized: false });
  assert.equal(answer.command_status, 0);
  session.destroy();
  assert.equal((await gateway({ host: '127.0.0.1', port: smppPort }, { password: 'wrong' })).answer.command_status, smpp.ESME_RINVPASWD);
  assert.equal((await gateway({ host: '127.0.0.1', port: smppPort }, { systemId: 'nobody' })).answer.command_status, smpp.ESME_RINVSYSID);
  const slow = await gateway({ host: '127.0.0.1', port: smppPort }, { systemId: 'slow' });
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(slow.session, 'submit_sm', hello('fast'))));
  assert.ok(answers.filter((a) => a.command_status === smpp.ESME_RTHROTTLED).length >= 3);
  slow.session.destroy();
});

test('garbage leaves other sessions as they are', async () => {
  const { session } = await gateway({ host: '127.0.0.1', port: smppPort });
  const { connect } = await import('node:net');
  for (let i = 0; i < 50; i++) {
    const raw = connect(smppPort, '127.0.0.1');
    raw.on('error', () => {}).resume();
    raw.write(Buffer.from(Array.from({ length: 400 }, () => Math.floor(Math.random() * 256))));
    await new Promise((resolve) => raw.once('close', resolve).once('end', resolve).setTimeout(2000, resolve));
    raw.destroy();
  }
  assert.equal((await ask(session, 'submit_sm', hello('still here'))).command_status, 0);
  session.destroy();
});

test('the emulator binds to a message centre: texts are submitted, receipts are statuses, deliveries are texts', async () => {
  await until('the bind', () => toEmulator);
  const message = await rest('Messages.json', { From: number, To: german, Body: 'Grüße' });
  const pdu = await until('submit_sm', () => submitted.find((p) => text(p) === 'Grüße'));
  assert.equal(pdu.registered_delivery, 1);
  assert.equal(pdu.destination_addr, german.slice(1));
  await until('sent', async () => (await rest(`Messages/${message.sid}.json`)).status === 'sent');
  const id = `c${submitted.indexOf(pdu) + 1}`;
  const back = { source_addr_ton: 1, source_addr: german.slice(1), dest_addr_ton: 1, destination_addr: number.slice(1) };
  assert.equal((await ask(toEmulator, 'deliver_sm', { ...back, esm_class: 4, short_message: `id:${id} sub:001 dlvrd:001 submit date:2601050900 done date:2601050901 stat:DELIVRD err:000 text:` })).command_status, 0);
  await until('delivered', async () => (await rest(`Messages/${message.sid}.json`)).status === 'delivered');
  assert.equal((await ask(toEmulator, 'deliver_sm', { ...back, short_message: 'Hallo' })).command_status, 0);
  const inbound = await until('the webhook', () => webhooks.find((form) => form.Body === 'Hallo'));
  assert.equal(inbound.From, german);
});

test('a link that breaks is bound again', async () => {
  const first = await until('the bind', () => toEmulator);
  toEmulator = undefined;
  first.destroy();
  const message = await rest('Messages.json', { From: number, To: german, Body: 'again' });
  await until('another bind', () => toEmulator);
  await until('sent', async () => (await rest(`Messages/${message.sid}.json`)).status === 'sent');
});
