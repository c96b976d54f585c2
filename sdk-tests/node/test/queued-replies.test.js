// Texts answered with nothing, queued in Redis by the app, and replied to later by a worker over REST, from the number that was texted: the chain of pyrowire
// (github.com/wieden-kennedy/pyrowire), with Debian's Redis as its queue.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { newPhone, openHouse } from '../lib/house.js';

const program = '/usr/bin/redis-server';
const missing = existsSync(program) ? false : 'no redis-server here';
const house = openHouse();
const limit = 20_000;

let redis, folder, socket;

/** A client of Redis, as small as it can be (redis.io/docs/reference/protocol-spec): arrays of texts out, texts and numbers in. */
async function connected(path) {
  const wire = await new Promise((resolve, reject) => { const c = connect(path, () => resolve(c)).once('error', reject); });
  const waiting = [];
  let held = '';
  const read = () => {
    const end = held.indexOf('\r\n');
    if (end < 0) return undefined;
    const [kind, head] = [held[0], held.slice(1, end)];
    if (kind === '$' && head !== '-1') {
      if (held.length < end + 4 + Number(head)) return undefined;
      const text = held.slice(end + 2, end + 2 + Number(head));
      held = held.slice(end + 4 + Number(head));
      return text;
    }
    held = held.slice(end + 2);
    return kind === ':' ? Number(head) : kind === '$' ? null : head;
  };
  wire.setEncoding('latin1').on('data', (chunk) => {
    held += chunk;
    for (let answer; waiting.length > 0 && (answer = read()) !== undefined;) waiting.shift()(answer);
  });
  return {
    ask: (...words) => new Promise((resolve) => {
      waiting.push(resolve);
      wire.write(`*${words.length}\r\n${words.map((w) => `$${Buffer.byteLength(w)}\r\n${w}\r\n`).join('')}`);
    }),
    close: () => wire.destroy(),
  };
}

before(async () => {
  if (missing) return;
  folder = mkdtempSync(join(tmpdir(), 'twilioemu-redis-'));
  socket = join(folder, 'redis.sock');
  redis = spawn(program, ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const end = Date.now() + limit; !existsSync(socket);) {
    if (Date.now() > end) throw new Error('Redis did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

after(async () => {
  if (redis) {
    const ended = new Promise((resolve) => redis.once('exit', resolve));
    redis.kill('SIGTERM');
    await ended;
  }
  if (folder) rmSync(folder, { recursive: true });
});

test('texts to two numbers are queued, and each is answered from the number that was texted, in order', { skip: missing }, async () => {
  const queue = await connected(socket);
  house.app.on('/incoming', async ({ MessageSid, From, To, Body }) => {
    await queue.ask('RPUSH', 'incoming', JSON.stringify({ sid: MessageSid, from: From, to: To, body: Buffer.from(Body).toString('base64') }));
    return '<Response/>';
  });
  const account = await house.newSender({ smsUrl: `${house.app.url}/incoming` });
  const [other] = await account.client.availablePhoneNumbers('US').local.list({ limit: 1 });
  const second = await account.client.incomingPhoneNumbers.create({ phoneNumber: other.phoneNumber, smsUrl: `${house.app.url}/incoming` });
  const [ann, bob] = [newPhone(), newPhone()];

  await house.control.text(ann, account.number, 'one');
  await house.control.text(bob, second.phoneNumber, 'zwei ü');
  await house.control.text(ann, account.number, 'three');
  await house.app.until('/incoming', 3);
  for (const phone of [ann, bob]) assert.equal((await house.control.handset(phone)).received.length, 0, 'nobody is answered yet');

  const worker = await connected(socket);
  for (let i = 0; i < 3; i++) {
    const job = JSON.parse(await worker.ask('LPOP', 'incoming'));
    const asked = await account.client.messages(job.sid).fetch();
    assert.deepEqual([asked.direction, asked.status, asked.from, asked.to], ['inbound', 'received', job.from, job.to]);
    await account.client.messages.create({ from: job.to, to: job.from, body: `done: ${Buffer.from(job.body, 'base64')}` });
  }
  assert.equal(await worker.ask('LLEN', 'incoming'), 0);
  await house.control.expect({ kind: 'handset.received', subject: ann }, { count: 2 });
  await house.control.expect({ kind: 'handset.received', subject: bob });
  const at = async (phone) => (await house.control.handset(phone)).received.map((text) => [text.from, text.body]);
  assert.deepEqual((await at(ann)).sort(), [[account.number, 'done: one'], [account.number, 'done: three']].sort());
  assert.deepEqual(await at(bob), [[second.phoneNumber, 'done: zwei ü']]);
  const directions = (await account.client.messages.list()).map((m) => m.direction).sort();
  assert.deepEqual(directions, ['inbound', 'inbound', 'inbound', 'outbound-api', 'outbound-api', 'outbound-api']);
  queue.close();
  worker.close();
});
