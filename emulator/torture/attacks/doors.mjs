// Attacks on the doors: pages of the web next door, addresses nobody should reach, and how long stopping takes.
import { account, app, basic, command, number, sleep, start } from '../lib/emulator.mjs';
import { spawn } from 'node:child_process';

const metadata = ['http://169.254.169.254/', 'http://[::ffff:169.254.169.254]/', 'http://[::ffff:a9fe:a9fe]/', 'http://[64:ff9b::a9fe:a9fe]/', 'http://[fd00:ec2::254]/', 'http://[fd20:ce::254]/', 'http://2852039166/', 'http://0xa9fea9fe/', 'http://100.100.100.200/', 'http://168.63.129.16/'];

export const attacks = [
  {
    point: 6, figure: 'what a page elsewhere may do: reset, journal, accounts, REST with the known credentials', before: 'all of it',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'manual'] });
      try {
        const json = { 'content-type': 'application/json' };
        const tries = [
          ['POST', '/_emu/v1/reset', undefined, { origin: 'http://evil.example' }],
          ['POST', '/_emu/v1/reset', undefined, { origin: 'null' }],
          ['POST', '/_emu/v1/reset', undefined, { host: 'evil.example' }],
          ['POST', '/_emu/v1/reset', undefined, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
          ['POST', '/_emu/v1/accounts', '{}', { 'content-type': 'text/plain' }],
          ['POST', '/_emu/v1/accounts', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
          ['POST', '/_emu/v1/accounts', '{}', { ...json, origin: 'http://127.0.0.1:1' }],
          ['GET', '/_emu/v1/journal', undefined, { origin: 'http://evil.example' }],
          ['GET', '/_emu/v1/journal/stream', undefined, { host: 'evil.example:80' }],
          ['GET', `/2010-04-01/Accounts/${account}/Messages.json`, undefined, { authorization: basic, origin: 'http://evil.example' }],
          ['POST', `/2010-04-01/Accounts/${account}/Messages.json`, 'To=%2B14155550199', { authorization: basic, origin: 'null', 'content-type': 'application/x-www-form-urlencoded' }],
          ['GET', `/2010-04-01/Accounts/${account}/Messages.json`, undefined, { authorization: basic, host: 'evil.example' }],
        ];
        let refused = 0;
        for (const [method, path, body, headers] of tries) {
          const { status } = await emulator.ask(method, path, body, headers);
          if (status === 403 || status === 415) refused++;
        }
        return { now: `${refused} of ${tries.length} tries refused`, ok: refused === tries.length };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 7, figure: 'webhooks to addresses of clouds\' metadata, in ten spellings', before: 'IPv6 ones were sent',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      try {
        for (const [i, url] of metadata.entries()) await emulator.post('Calls.json', { To: `+1415555020${i}`, From: number, Url: url });
        // Each names what it would not reach, and that it is metadata's.
        for (let i = 0; i < 100; i++) {
          const { webhooks } = await emulator.json('GET', 'webhooks?outcome=failed&limit=100');
          if (webhooks.length >= metadata.length) break;
          await sleep(100);
        }
        const { webhooks } = await emulator.json('GET', 'webhooks?outcome=failed&limit=100');
        const refused = webhooks.filter((w) => /machine's secrets/.test(JSON.stringify(w))).length;
        return { now: `${refused} of ${metadata.length} refused by name`, ok: refused === metadata.length };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 8, figure: 'SIGTERM with a waiting expect, a reader of the stream, a head that never ends', before: '30 s',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      const expect = emulator.control('POST', 'expect', { match: { kind: 'message.queued', subject: 'never' }, within: '600s' }).catch(() => ({ status: 'cut' }));
      await emulator.raw('GET /_emu/v1/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await emulator.raw('GET /_emu/v1/health HTTP/1.1\r\nHost: loc');
      await sleep(500);
      const seconds = await emulator.stop();
      return { now: `${seconds.toFixed(1)} s, the expect answered ${(await expect).status}`, ok: seconds < 6 };
    },
  },
  {
    point: 8, figure: 'SIGTERM with every kind of who waits at once: bodies, tunnels, half of a TLS hello, an advance, a held webhook, a list that is not read', before: '30 s',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      const hung = await app(() => {});
      const cut = (asked) => asked.catch(() => ({ status: 'cut' }));
      const rest = (method, path, ...fields) => `${method} /2010-04-01/Accounts/${account}/${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic}\r\n${fields.map((f) => `${f}\r\n`).join('')}\r\n`;
      try {
        for (let i = 0; i < 300; i++) await emulator.message({ Body: 'y'.repeat(1_500) });
        await emulator.post('Calls.json', { To: '+14155550155', From: number, Url: `${hung.url}/voice` });
        const waits = { text: cut(emulator.control('POST', 'handsets/+14155550199/messages', { to: number, body: 'hi' })), advance: cut(emulator.control('POST', 'clock/advance', { by: '100h' })),
          expect: cut(emulator.control('POST', 'expect', { match: { kind: 'call.completed' }, within: '10h' })) };
        for (const said of [
          '', 'CONNECT api.twilio.com:443 HTTP/1.1\r\nHost: api', 'CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n', 'CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\n\x16\x03\x01\x02', '\x16\x03\x01',
          `CONNECT ${hung.url.slice(7)} HTTP/1.1\r\n\r\n`, `GET ${hung.url}/ HTTP/1.1\r\nHost: x\r\n\r\n`, rest('POST', 'Messages.json', 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 99') + 'To=',
          rest('GET', 'Messages.json?PageSize=1000').repeat(20), 'GET /_emu/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1_000), 'GET /_emu/v1/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2),
        ]) await emulator.raw(said);
        await sleep(500);
        const seconds = await emulator.stop();
        const answered = await Promise.all(Object.entries(waits).map(async ([what, asked]) => `${what} ${(await asked).status}`));
        return { now: `${seconds.toFixed(1)} s; ${answered.join(', ')}`, ok: seconds < 6 && emulator.child.exitCode === 0 };
      } finally { hung.close(); await emulator.stop(); }
    },
  },
  {
    point: 8, figure: '`exec -- true` with a reader of the stream left behind', before: '31 s',
    async run(program) {
      const [file, ...first] = command(program);
      const begun = performance.now();
      const child = spawn(file, [...first, 'exec', '--', 'node', '-e', 'const s = require("net").connect(new URL(process.env.TWILIOEMU_URL).port, "127.0.0.1"); s.write("GET /_emu/v1/journal/stream HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"); s.once("data", () => process.exit(0));'], { stdio: 'ignore' });
      const code = await new Promise((done) => child.on('exit', done));
      const seconds = (performance.now() - begun) / 1000;
      return { now: `${seconds.toFixed(1)} s, start included`, ok: code === 0 && seconds < 12 };
    },
  },
];
