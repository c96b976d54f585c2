// Attacks by what is no request, or hardly one: heads, chunks, encodings and documents.
import { account, basic, start } from '../lib/emulator.mjs';
import { connect } from 'node:net';

const messages = `/2010-04-01/Accounts/${account}/Messages.json`;
const form = 'Content-Type: application/x-www-form-urlencoded';
const chunked = 'Transfer-Encoding: chunked';
const lone = Buffer.from([0xed, 0xa0, 0x80]);
const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.isBuffer(part) ? part : Buffer.from(part)));
const head = (method, path, ...fields) => `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic}\r\n${fields.map((f) => `${f}\r\n`).join('')}\r\n`;
const post = (type, body) => bytes(head('POST', messages, `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`), body);
const text = (more) => post(form.slice(14), `To=%2B14155550199&From=%2B14155550100&Body=${more}`);

const requests = [
  head('GET', messages, `X: ${'a'.repeat(40_000)}`), head('GET', messages, ...Array.from({ length: 200 }, (_, i) => `X${i}: a`)), head('GET', `${messages}?${'a'.repeat(20_000)}`),
  ...['ZZ', '1FFFFFFFF', '1FFFFFFFFFFFFFFFF', '-1', '0x3', ''].map((size) => `${head('POST', messages, form, chunked)}${size}\r\nabc\r\n0\r\n\r\n`),
  `${head('POST', messages, form, chunked)}3;x=${'y'.repeat(100_000)}\r\nA=b\r\n0\r\n\r\n`,
  `${head('POST', messages, form, chunked)}3\r\nA=b\r\n0\r\n${Array.from({ length: 5_000 }, (_, i) => `T${i}: x\r\n`).join('')}\r\n`,
  ...['-1', '99999999999999999999', '9000000', '3\r\nContent-Length: 4', 'abc'].map((length) => head('POST', messages, form, `Content-Length: ${length}`)),
  `${head('POST', messages, form, 'Content-Length: 3', chunked)}0\r\n\r\n`, head('POST', messages, form, 'Transfer-Encoding: gzip'), head('GET', messages, 'X: a\0b'), head('GET', messages, 'X: a\r\n b'),
  `GET ${messages} HTTP/9.9\r\nHost: localhost\r\n\r\n`,
  ...['%00', '%ED%A0%80', '%FF', '%zz', '%'].flatMap((sid) => [head('GET', `/2010-04-01/Accounts/${account}/Messages/${sid}.json`), head('GET', `${messages}?To=${sid}`), head('GET', `${messages}?${sid}=1`), text(sid), text(`x&${sid}=1`)]),
  bytes(`GET /2010-04-01/Accounts/${account}/Messages/`, lone, '.json HTTP/1.1\r\nHost: localhost\r\n\r\n'), bytes(head('GET', messages, 'X: ').slice(0, -4), lone, '\r\n\r\n'),
  `GET ${messages} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic ${bytes(lone, ':', lone).toString('base64')}\r\n\r\n`, `GET ${messages} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic !!!!\r\n\r\n`,
  post('multipart/form-data; boundary=x', bytes('--x\r\nContent-Disposition: form-data; name="Body"\r\n\r\n', lone, '\r\n--x--\r\n')), post('multipart/form-data', 'abc'),
  post('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-'), post('application/x-www-form-urlencoded; charset=utf-16', 'A=b'), post('application/json', '{"To":"\\ud800"}'),
];
const documents = [
  '['.repeat(100_000), '{"a":'.repeat(50_000), '{"match":{"kind":"\\ud800"},"to":"\\udfff","body":"\\ud800"}', '{"\\ud800":1}', bytes('{"a":"', lone, '"}'), Buffer.from('{"a":1}', 'utf16le'), '{"a":NaN}',
  '{"by":1e999,"within":1e999}', '{"to":"+1","to":"+2"}', ' ', 'null', '[]', '"x"', bytes(Buffer.from([0xef, 0xbb, 0xbf]), '{}'), '{"to":"a\\u0000b","body":"\\u0000"}', `{"to":"${'x'.repeat(900_000)}"}`, '{/*x*/}', '{} x',
];
const calls = [['POST', 'expect'], ['PUT', 'handsets/+14155550199'], ['POST', 'accounts'], ['POST', 'handsets/+14155550199/messages'], ['POST', 'handsets/+14155550199/calls'], ['POST', 'clock/advance'], ['PUT', 'clock'],
  ['PUT', 'breakpoint'], ['POST', 'snapshots'], ['PUT', 'world'], ['POST', 'stories/run'], ['PUT', 'resources/video/v1/Rooms/RM00000000000000000000000000000001']];

/** The status of the first answer, 0 where the connection ends without one; the half that sends is ended. */
function say(port, what) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    const status = () => Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0);
    const late = setTimeout(() => socket.destroy(), 10_000);
    socket.on('data', (part) => { said += part; if (status()) socket.destroy(); });
    socket.on('error', () => {});
    socket.on('close', () => { clearTimeout(late); done(status()); });
    socket.write(what);
  });
}

export const attacks = [
  {
    point: 12, figure: `${requests.length} requests that are none or hardly one, and ${documents.length} documents to each of ${calls.length} control calls; answers of 500, and none`, before: '500 in 33 operations',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      try {
        const statuses = {};
        const asked = async (name, status, mayBeNone) => {
          const is = status >= 500 && status !== 505 ? 'faults' : status === 0 && !mayBeNone ? 'unanswered' : 'answered';
          (statuses[is] ??= []).push(name);
        };
        for (const [i, request] of requests.entries()) await asked(`request ${i}`, await say(emulator.port, request), true);
        for (const [method, path] of calls) {
          for (const [i, document] of documents.entries()) {
            // Of the world's JSON lines too.
            const { status } = await emulator.ask(method, `/_emu/v1/${path}`, document, { 'content-type': 'application/json' }).catch(() => ({ status: 0 }));
            await asked(`${method} ${path} ${i}`, status);
          }
        }
        const { ms, status } = await emulator.ask('GET', '/_emu/v1/health');
        const bad = [...statuses.faults ?? [], ...statuses.unanswered ?? []];
        return { now: `${bad.length} of ${bad.length + statuses.answered.length}${bad.length > 0 ? ` (${bad.slice(0, 8).join(', ')})` : ''}; health then ${status} in ${ms.toFixed(0)} ms`, ok: bad.length === 0 && status === 200 };
      } finally { await emulator.stop(); }
    },
  },
];
