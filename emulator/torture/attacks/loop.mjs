// Attacks on the loop: readers of a full journal, bodies of thousands of members, and tenants beside each other.
import { basic, number, rate, sleep, start } from '../lib/emulator.mjs';

async function full(emulator) {
  await rate(15_000, 16, () => emulator.message());
}

export const attacks = [
  {
    point: 10, figure: '100 expects that wait in vain on a full journal; requests a second with and without them', before: '2 beside 21,800',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      try {
        await full(emulator);
        const { perSecond: alone } = await rate(8_000, 16, () => emulator.message());
        const waits = Array.from({ length: 100 }, (_, i) => emulator.control('POST', 'expect', { match: { kind: 'message.queued', data: { body: `never ${i}` } }, within: '15s' }));
        await sleep(500);
        const { perSecond: beside } = await rate(8_000, 16, () => emulator.message());
        const answers = await Promise.all(waits);
        return { now: `${beside} beside ${alone}`, ok: beside > alone / 4 && answers.every((a) => a.status === 408) };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 10, figure: '100 expects for another kind, and for another subject, on a full journal', before: 'as above',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      try {
        await full(emulator);
        const { perSecond: alone } = await rate(8_000, 16, () => emulator.message());
        const waits = Array.from({ length: 100 }, (_, i) => emulator.control('POST', 'expect', { match: i % 2 ? { kind: 'call.completed' } : { subject: `SM${i}` }, within: '10s' }));
        await sleep(500);
        const { perSecond: beside } = await rate(8_000, 16, () => emulator.message());
        await Promise.all(waits);
        return { now: `${beside} beside ${alone}`, ok: beside > alone / 3 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 10, figure: '20 readers of the event stream that read all; requests a second with and without them', before: '10,000 entries a flush',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      try {
        await full(emulator);
        const { perSecond: alone } = await rate(8_000, 16, () => emulator.message());
        const readers = await Promise.all(Array.from({ length: 20 }, () => emulator.raw(`GET /_emu/v1/journal/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic}\r\n\r\n`)));
        let bytes = 0;
        for (const reader of readers) { reader.on('data', (part) => { bytes += part.length; }); reader.resume(); }
        await sleep(500);
        const { perSecond: beside } = await rate(8_000, 16, () => emulator.message());
        await sleep(1_000);
        for (const reader of readers) reader.destroy();
        return { now: `${beside} beside ${alone}; ${Math.round(bytes / 1e6)} MB read`, ok: beside > alone / 20 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 10, figure: '1,003 expects and 259 readers of the event stream at once; how many of each are turned away, and whether there is room when they have gone', before: 'no bound',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      try {
        emulator.agent.maxSockets = 2_000;
        const asked = Array.from({ length: 1_003 }, (_, i) => emulator.control('POST', 'expect', { match: { kind: 'call.completed', subject: `CA${i}` }, within: '5s' }));
        const waited = (await Promise.all(asked)).filter((answer) => answer.status === 503).length;
        const read = async (count) => {
          const sockets = [];
          let refused = 0;
          for (let i = 0; i < count; i++) {
            const socket = await emulator.raw('GET /_emu/v1/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
            socket.once('data', (bytes) => { if (bytes.toString().startsWith('HTTP/1.1 503')) refused++; }).resume();
            sockets.push(socket);
          }
          await sleep(2_000);
          for (const socket of sockets) socket.destroy();
          await sleep(1_000);
          return refused;
        };
        const [crowd, later] = [await read(259), await read(1)];
        return { now: `${waited} and ${crowd}; ${later === 0 ? 'then there is' : 'then there is not'}`, ok: waited === 3 && crowd === 3 && later === 0 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 10, figure: 'one entry\'s page of the journal by subject, and a call\'s transcript, on a full journal; ms', before: 'a walk of all',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      try {
        await full(emulator);
        const { sid } = JSON.parse((await emulator.message()).text);
        const times = [];
        for (let i = 0; i < 50; i++) times.push((await emulator.control('GET', `journal?subject=${sid}`)).ms);
        times.sort((a, b) => a - b);
        return { now: `median ${times[25].toFixed(1)} ms, longest ${times[49].toFixed(1)} ms`, ok: times[25] < 50 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 10, figure: 'a control document of 40,000 members; s', before: '14.5 s',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'manual'] });
      try {
        const document = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`m${i}`, 1]));
        const { status, ms } = await emulator.control('PUT', 'handsets/+14155550199', document);
        return { now: `${(ms / 1000).toFixed(2)} s, answered ${status}`, ok: status === 400 && ms < 5_000 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 10, figure: 'four documents of 600 KB at once; health meanwhile, longest', before: '8.6 s',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'manual'] });
      try {
        const document = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`member_${i}`, 'x'.repeat(5)]));
        let isOver = false;
        const big = Promise.all(Array.from({ length: 4 }, () => emulator.control('PUT', 'handsets/+14155550199', document))).then((a) => { isOver = true; return a; });
        let longest = 0;
        while (!isOver) { longest = Math.max(longest, (await emulator.ask('GET', '/_emu/v1/health')).ms); await sleep(5); }
        const answers = await big;
        return { now: `${(longest / 1000).toFixed(2)} s; answered ${answers.map((a) => a.status)}`, ok: longest < 2_000 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 11, figure: 'another account\'s 30,000 messages in a journal of 20,000 entries, then my expect for what was before them', before: 'found 0',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'], config: `numbers:\n  - { number: "${number}" }\nlimits: { journal_entries: 20000 }\n` });
      try {
        const mine = JSON.parse((await emulator.message({ Body: 'mine' })).text);
        const other = await emulator.json('POST', 'accounts', { friendly_name: 'other' });
        const as = { sid: other.sid, basic: `Basic ${Buffer.from(`${other.sid}:${other.auth_token}`).toString('base64')}` };
        const bought = await emulator.post('IncomingPhoneNumbers.json', { AreaCode: '415' }, as);
        const from = JSON.parse(bought.text).phone_number;
        const { statuses } = await rate(30_000, 32, () => emulator.message({ From: from }, as));
        const found = await emulator.json('POST', 'expect', { match: { kind: 'message.queued', subject: mine.sid }, within: '1s' });
        const { trimmed_before: trimmed } = await emulator.json('GET', `journal?account=${other.sid}&limit=1`);
        return { now: `found ${found.found}; the other's is trimmed before ${trimmed}; ${JSON.stringify(statuses)}`, ok: found.found === 1 && trimmed > 1 };
      } finally { await emulator.stop(); }
    },
  },
];
