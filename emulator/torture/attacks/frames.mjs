// Frames of WebSocket that are none, by hand, to the one door that takes them: SIP over WebSocket (RFC 6455, RFC 7118).
import { account, number, sleep, start } from '../lib/emulator.mjs';
import { connect, createServer } from 'node:net';

const phone = '+14155550199';
const upgrade = (more = '') => `GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n${more}\r\n`;
const options = (call) => `OPTIONS sip:a@localhost SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bK${call}\r\nMax-Forwards: 70\r\nTo: <sip:a@localhost>\r\nFrom: <sip:b@localhost>;tag=1\r\nCall-ID: ${call}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`;

/** RFC 6455 5.2: FIN, RSV and opcode; mask and length; mask key; payload. `told` is the length it claims, where it is another. */
function frame(first, payload = '', { masked = true, told, wide } = {}) {
  const bytes = Buffer.from(payload);
  const length = told ?? BigInt(bytes.length);
  const mask = masked ? 0x80 : 0;
  const head = wide === 8 || length > 65535n ? Buffer.alloc(10) : wide === 2 || length > 125n ? Buffer.alloc(4) : Buffer.alloc(2);
  head[0] = first;
  if (head.length === 10) { head[1] = mask | 127; head.writeBigUInt64BE(BigInt.asUintN(64, length), 2); } else if (head.length === 4) { head[1] = mask | 126; head.writeUInt16BE(Number(length), 2); } else head[1] = mask | Number(length);
  if (!masked) return Buffer.concat([head, bytes]);
  const key = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, key, bytes.map((b, i) => b ^ key[i % 4])]);
}

const [text, binary, on, fin, close, ping, pong] = [1, 2, 0, 0x80, 8, 9, 10];
const wrong = {
  'not masked': frame(fin | text, options('a'), { masked: false }), 'reserved bit 1': frame(fin | 0x40 | text, 'x'), 'reserved bits 2 and 3': frame(fin | 0x30 | text, 'x'),
  ...Object.fromEntries([3, 4, 7, 11, 15].map((op) => [`reserved opcode ${op}`, frame(fin | op, 'x')])), 'a continuation of nothing': frame(fin | on, 'x'), 'text within text': Buffer.concat([frame(text, 'a'), frame(fin | text, 'b')]),
  'a ping of 126 bytes': frame(fin | ping, 'x'.repeat(126)), 'a ping in pieces': frame(ping, 'x'), 'a length of 2^63': frame(fin | text, '', { told: 1n << 63n }), 'a length of 2^62': frame(fin | text, 'x', { told: 1n << 62n }), 'a length of -1': frame(fin | text, 'x', { told: -1n }),
  'a length of 5 in 64 bits': frame(fin | text, 'abcde', { wide: 8 }), 'text that is no UTF-8': frame(fin | text, Buffer.from([0xff, 0xfe, 0xc0])), 'half a character at the end': frame(fin | text, Buffer.from([0xe2, 0x82])), 'a lone surrogate': frame(fin | text, Buffer.from([0xed, 0xa0, 0x80])),
  'a close of one byte': frame(fin | close, 'x'), ...Object.fromEntries([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535].map((code) => [`close ${code}`, frame(fin | close, Buffer.from([code >> 8, code & 255]))])),
  'a close whose words are no UTF-8': frame(fin | close, Buffer.from([3, 232, 0xff])), 'more after a close': Buffer.concat([frame(fin | close, Buffer.from([3, 232])), frame(fin | text, options('b'))]), 'a message of 100 KB': frame(fin | text, 'x'.repeat(100_000)),
  'a message of 200,000 empty pieces': Buffer.concat([frame(text, 'x'), ...Array.from({ length: 200_000 }, () => frame(on, ''))]), '100,000 messages of nothing': Buffer.concat(Array.from({ length: 100_000 }, () => frame(fin | text, ''))),
  '50,000 pings': Buffer.concat(Array.from({ length: 50_000 }, () => frame(fin | ping, 'x'.repeat(100)))), '50,000 pongs': Buffer.concat(Array.from({ length: 50_000 }, () => frame(fin | pong, ''))), '20,000 keep-alives': Buffer.concat(Array.from({ length: 20_000 }, () => frame(fin | text, '\r\n\r\n'))),
  'a message of zero bytes': frame(fin | binary, Buffer.alloc(60_000)), 'no SIP': frame(fin | text, 'hello'), 'a frame that never ends': frame(fin | text, 'x', { told: 60_000n }), 'half a head': Buffer.from([0x81]),
};

/** Upgrades, says something, and reads until the other side has ended or a while is over. */
function talk(port, what, { head = upgrade(), wait = 3_000 } = {}) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let [said, isUp] = [Buffer.alloc(0), false];
    const late = setTimeout(() => socket.destroy(), wait);
    socket.on('data', (part) => {
      said = said.length < 1 << 20 ? Buffer.concat([said, part]) : said;
      const end = said.indexOf('\r\n\r\n');
      if (!isUp && end >= 0) { isUp = true; said = said.subarray(end + 4); if (what.length) socket.write(what); }
    });
    socket.on('error', () => {});
    socket.on('close', () => { clearTimeout(late); done({ isUp, said }); });
    socket.write(head);
  });
}

const statusOf = (port, head) => new Promise((done) => {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  const late = setTimeout(() => socket.destroy(), 2_000);
  socket.on('data', (part) => { said += part; if (said.includes('\r\n')) socket.destroy(); });
  socket.on('error', () => {});
  socket.on('close', () => { clearTimeout(late); done(Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0)); });
  socket.write(head);
});

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export const attacks = [
  {
    point: 14, figure: 'frames of WebSocket that break RFC 6455, one by one and in floods, beside a call: how each ended, resident at the height, the call then', before: 'not tried',
    async run(program) {
      const port = await freePort();
      const emulator = await start(program, { flags: ['--clock', 'real', '--sip-port', '0', '--sip-ws-port', `${port}`], config: `numbers:\n  - { number: "${number}" }\nhandsets:\n  - { number: "${phone}", driven_from_outside: true }\n` });
      const faults = [];
      try {
        const call = JSON.parse((await emulator.post('Calls.json', { To: phone, From: number, Twiml: '<Response><Pause length="600"/></Response>' })).text).sid;
        for (let i = 0; i < 50; i++) {
          if ((await emulator.control('POST', `calls/${call}/answer`)).status < 300) break;
          await sleep(50);
        }
        const ends = await Promise.all(Object.entries(wrong).map(async ([what, bytes]) => [what, await talk(port, bytes)]));
        for (const [what, { isUp }] of ends) if (!isUp) faults.push(`${what}: no upgrade`);
        // 5.5.1: whoever is sent a Close frame sends one.
        for (const [what, { said }] of ends) if (/^close (999|1004)|not masked|reserved|a continuation|more after|100 KB/.test(what) && said[0] !== 0x88) faults.push(`${what}: no Close frame (${said.subarray(0, 8).toString('hex')})`);
        const halfOpen = await Promise.all(Array.from({ length: 200 }, (_, i) => emulator.raw.call({ port }, i % 2 ? upgrade() : upgrade().slice(0, 20 + i))));
        const answer = await talk(port, frame(fin | text, options('still')), { wait: 3_000 });
        if (!/SIP\/2\.0 \d/.test(answer.said.toString('latin1'))) faults.push(`a request is not answered then (${answer.said.length})`);
        for (const socket of halfOpen) socket.destroy();
        const heads = { 'a page elsewhere': ['Origin: http://evil.example\r\n', 403], 'a page of null': ['Origin: null\r\n', 403], 'a page of a name that only looks like ours': ['Origin: http://localhost.evil.example\r\n', 403], 'a page of this machine': ['Origin: http://localhost:5173\r\n', 101], 'two origins': ['Origin: http://localhost\r\nOrigin: http://evil.example\r\n', 403] };
        for (const [what, [more, wanted]] of Object.entries(heads)) {
          const status = await statusOf(port, upgrade(more));
          if (status !== wanted) faults.push(`${what}: ${status}`);
        }
        for (const [what, head] of Object.entries({ 'no key': upgrade().replace(/Sec-WebSocket-Key.*\r\n/, ''), 'no subprotocol': upgrade().replace(/Sec-WebSocket-Protocol.*\r\n/, ''), 'version 8': upgrade().replace('Version: 13', 'Version: 8'), 'a head of 9 KB': upgrade(`X: ${'x'.repeat(9_000)}\r\n`), POST: upgrade().replace('GET', 'POST'), 'a line without a colon': upgrade('junk\r\n') })) {
          const status = await statusOf(port, head);
          if (status === 101) faults.push(`${what}: ${status}`);
        }
        const then = JSON.parse((await emulator.get(`Calls/${call}.json`)).text).status;
        if (then !== 'in-progress') faults.push(`the call is ${then}`);
        const { entries } = await emulator.json('GET', 'journal?limit=1000');
        const kinds = {};
        for (const entry of entries) kinds[entry.kind] = (kinds[entry.kind] ?? 0) + 1;
        const [peak, health] = [emulator.peak(), await emulator.control('GET', 'health')];
        if (process.env.TORTURE_WORDS) { for (const [what, { said }] of ends) console.log(what, said.subarray(0, 12).toString('hex'), said.length); console.log(faults.join('\n'), kinds); }
        return { now: `${faults.length} of ${Object.keys(wrong).length + Object.keys(heads).length + 8} not as they must be${faults.length ? ` (${faults.slice(0, 4).join('; ')})` : ''}; ${peak} MB; the call ${then}; health in ${health.ms.toFixed(0)} ms`, ok: faults.length === 0 && peak < Number(process.env.TORTURE_RSS ?? 700) };
      } finally { await emulator.stop(); }
    },
  },
];
