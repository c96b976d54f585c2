// Kannel, an SMS gateway of many years, as the gateway that binds to the emulator: what it sends are texts of a phone, what the app answers comes out of it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startEmulator } from '../node/lib/emulator.js';
import { ownPort } from '../node/lib/ports.js';

const [bearerbox, smsbox] = ['/usr/sbin/bearerbox', '/usr/sbin/smsbox'];
const missing = existsSync(bearerbox) && existsSync(smsbox) ? false : 'no kannel here';
const [number, phone] = ['+14155550100', '+14155550199'];
const limit = 30_000;

let emulator, app, user, folder, sendPort;
const boxes = [];
const webhooks = [];
const arrived = [];
const receipts = [];

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

async function until(what, look) {
  for (const end = Date.now() + limit; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come within ${limit} ms:\n${emulator.said}\n${boxes.map((box) => box.said).join('\n')}`);
}

/** The text of Kannel's request: octets, UTF-16 where its coding is 2. */
function textOf(url, coding) {
  const escaped = /[?&]text=([^&]*)/.exec(url)[1].replaceAll('+', ' ');
  const octets = Buffer.from(escaped.replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
  return coding === '2' ? octets.swap16().toString('utf16le') : octets.toString('utf8');
}

function run(program, config) {
  const child = spawn(program, ['-v', '1', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const box = { child, said: '' };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { box.said = (box.said + text).slice(-4000); });
  box.ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  boxes.push(box);
}

/** Asks Kannel to send a text from the phone. */
async function send(text, more = {}) {
  const query = new URLSearchParams({ username: 'ann', password: 'secret', from: phone, to: number, text, ...more });
  const response = await fetch(`http://127.0.0.1:${sendPort}/cgi-bin/sendsms?${query}`);
  return { status: response.status, body: await response.text() };
}

before(async () => {
  if (missing) return;
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      webhooks.push(form);
      response.setHeader('content-type', 'text/xml').end(`<Response><Message>You said: ${form.Body}</Message></Response>`);
    });
  });
  user = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const fields = Object.fromEntries(url.searchParams);
    if (url.pathname === '/arrived') fields.text = textOf(request.url, fields.coding);
    (url.pathname === '/receipt' ? receipts : arrived).push(fields);
    response.end();
  });
  const [appPort, userPort] = [await listening(app), await listening(user)];
  folder = mkdtempSync(join(tmpdir(), 'twilioemu-kannel-'));
  const config = join(folder, 'twilioemu.yaml');
  writeFileSync(config, `
numbers:
  - { number: "${number}", messages_per_second: 100, sms_url: "http://127.0.0.1:${appPort}/sms" }
smpp:
  systems:
    - { system_id: kannel, password: secret08, numbers: ["${phone}"] }
`);
  emulator = await startEmulator({ clock: 'real', options: ['--smpp-port', '0', '--config', config] });
  const smppPort = (await until('the port', () => /SMPP 127\.0\.0\.1:(\d+)/.exec(emulator.said)))[1];
  const [adminPort, boxPort] = [await ownPort(), await ownPort()];
  sendPort = await ownPort();
  const kannel = join(folder, 'kannel.conf');
  writeFileSync(kannel, `
group = core
admin-port = ${adminPort}
admin-interface = 127.0.0.1
admin-password = secret
smsbox-port = ${boxPort}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = smpp
smsc-id = emulator
host = 127.0.0.1
port = ${smppPort}
transceiver-mode = true
smsc-username = kannel
smsc-password = secret08
system-type = ""
source-addr-ton = 1
source-addr-npi = 1
dest-addr-ton = 1
dest-addr-npi = 1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = ${boxPort}
sendsms-port = ${sendPort}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = ann
password = secret
concatenation = true
max-messages = 10

group = sms-service
keyword = default
get-url = "http://127.0.0.1:${userPort}/arrived?from=%p&to=%P&coding=%c&text=%b"
catch-all = true
max-messages = 0
concatenation = true
`);
  run(bearerbox, kannel);
  await until('the bind', async () => {
    const { links } = await (await fetch(`${emulator.url}/_emu/v1/smpp/links`)).json();
    return links[0].sessions.length > 0;
  });
  run(smsbox, kannel);
  await until('the box', async () => { try { return (await send('', { to: '' })).status > 0; } catch { return false; } });
  user.port = userPort;
});

after(async () => {
  for (const box of boxes.reverse()) {
    box.child.kill('SIGTERM');
    const stubborn = setTimeout(() => box.child.kill('SIGKILL'), 5_000);
    await box.ended;
    clearTimeout(stubborn);
  }
  await emulator?.stop();
  app?.close();
  user?.close();
  if (folder) rmSync(folder, { recursive: true });
});

test('Kannel binds as it is, and the control API shows it', { skip: missing }, async () => {
  const { links } = await (await fetch(`${emulator.url}/_emu/v1/smpp/links`)).json();
  assert.deepEqual(links.map(({ name, role, sessions }) => [name, role, sessions.map((s) => s.mode)]), [['kannel', 'smsc', ['transceiver']]]);
});

test('a text that Kannel sends reaches the app, its answer comes out of Kannel, and the receipt too', { skip: missing }, async () => {
  const sent = await send('Is anybody there?', { 'dlr-mask': '31', 'dlr-url': `http://127.0.0.1:${user.port}/receipt?state=%d&id=%F` });
  assert.equal(sent.status, 202, sent.body);
  const form = await until('the webhook', () => webhooks.find((w) => w.Body === 'Is anybody there?'));
  assert.deepEqual([form.From, form.To], [phone, number]);
  const answer = await until('the answer', () => arrived.find((a) => a.text === 'You said: Is anybody there?'));
  assert.deepEqual([answer.from, answer.to].map((n) => n.trim().replace(/^\+?/, '+')), [number, phone]);
  // 8: taken by the SMSC; 1: delivered to the phone.
  await until('the receipts', () => ['8', '1'].every((state) => receipts.some((r) => r.state === state)));
});

test('long texts and other alphabets go both ways whole', { skip: missing }, async () => {
  for (const text of ['all work and no play '.repeat(20).trim(), 'Ёлки-палки, '.repeat(12).trim()]) {
    const sent = await send(text, /[^\x20-\x7e]/.test(text) ? { coding: '2', charset: 'UTF-8' } : {});
    assert.equal(sent.status, 202, sent.body);
    await until('the webhook', () => webhooks.find((w) => w.Body === text));
    await until('the answer', () => {
      const said = `You said: ${text}`;
      return arrived.some((a) => a.text === said) || arrived.map((a) => a.text).join('').includes(said);
    });
  }
});
