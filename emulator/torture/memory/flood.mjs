// What floods leave behind: resident memory of a running emulator before, during and after 700 requests with a megabyte of a parameter's name,
// after 100,000 messages, and after a reset. Bounded, on loopback. Usage: node flood.mjs <pid of the emulator> [http://127.0.0.1:4010]
import { readFileSync } from 'node:fs';

const [pid, base = 'http://127.0.0.1:4010'] = process.argv.slice(2);
if (!pid) throw new Error('usage: node flood.mjs <pid> [url]');
const account = 'AC00000000000000000000000000000001';
const headers = { authorization: 'Basic ' + Buffer.from(`${account}:00000000000000000000000000000001`).toString('base64'), 'content-type': 'application/x-www-form-urlencoded' };
const messages = `${base}/2010-04-01/Accounts/${account}/Messages.json`;
const residentMb = () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
const tell = (when) => console.log(`${when.padEnd(48)} ${String(residentMb()).padStart(6)} MB`);

async function post(body) {
  const answer = await fetch(messages, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

async function many(count, lanes, body) {
  let next = 0;
  const statuses = {};
  await Promise.all(Array.from({ length: lanes }, async () => {
    while (next < count) {
      const status = await post(body(next++));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  }));
  return JSON.stringify(statuses);
}

const plain = 'To=%2B14155550199&From=%2B14155550100&Body=hello';
await many(100, 8, () => plain);
tell('after a hundred messages');
const long = await many(700, 8, (i) => `${plain}&${'x'.repeat(1_000_000)}${i}=1`);
tell(`after 700 names of a megabyte ${long}`);
const texts = await many(100_000, 32, () => plain);
tell(`after 100,000 messages ${texts}`);
await fetch(`${base}/_emu/v1/reset`, { method: 'POST' });
await new Promise((done) => setTimeout(done, 2_000));
tell('two seconds after a reset');
