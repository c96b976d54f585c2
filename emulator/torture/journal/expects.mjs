// What waiting expectations cost those who post: 100 of them, on a full journal, that never match.
// node expects.mjs URL; one line of JSON. Needs nothing but Node; start the emulator with --clock real.
import http from 'node:http';

const url = new URL(process.argv[2] ?? 'http://127.0.0.1:4010');
const account = 'AC00000000000000000000000000000001';
const agent = new http.Agent({ keepAlive: true, maxSockets: 300 });
const basic = `Basic ${Buffer.from(`${account}:00000000000000000000000000000001`).toString('base64')}`;

function post(path, body, type) {
  return new Promise((done, fail) => {
    const request = http.request({ agent, host: url.hostname, port: url.port, method: 'POST', path, headers: { authorization: basic, 'content-type': type, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer.statusCode));
    });
    request.on('error', fail);
    request.end(body);
  });
}
const message = () => post(`/2010-04-01/Accounts/${account}/Messages.json`, 'To=%2B14155550199&From=%2B14155550100&Body=x', 'application/x-www-form-urlencoded');

/** Requests a second, 16 at a time. */
async function rate(count) {
  const start = performance.now();
  let left = count;
  await Promise.all(Array.from({ length: 16 }, async () => { while (left-- > 0) await message(); }));
  return Math.round((count * 1000) / (performance.now() - start));
}

await rate(36_000);
const alone = await rate(8_000);
const waits = Array.from({ length: 100 }, (_, i) =>
  post('/_emu/v1/expect', JSON.stringify({ match: { kind: 'message.queued', data: { body: `never ${i}` } }, within: '20s' }), 'application/json'));
await new Promise((done) => setTimeout(done, 500));
const watched = await rate(8_000);
const start = performance.now();
const answers = await Promise.all(waits);
console.log(JSON.stringify({ alone_per_second: alone, with_100_expects_per_second: watched, all_answered_408: answers.every((a) => a === 408), then_waited_seconds: +((performance.now() - start) / 1000).toFixed(1) }));
agent.destroy();
