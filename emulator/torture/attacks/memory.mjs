// Attacks on memory: what is long, what is not read, what is not answered, and what stays when it is over.
import { account, app, basic, number, rate, sleep, start } from '../lib/emulator.mjs';

const most = Number(process.env.TORTURE_RSS ?? 700);
const get = (path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic}\r\n\r\n`;

async function highest(emulator, seconds) {
  let mb = 0;
  for (let i = 0; i < seconds * 4; i++) { mb = Math.max(mb, emulator.rss()); await sleep(250); }
  return mb;
}

export const attacks = [
  {
    point: 9, figure: '700 requests with a parameter name of 1 MB, then reset; resident at the height, and after', before: '1.4 GB, kept',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      try {
        const long = 'x'.repeat(1_000_000);
        const body = (i) => `To=%2B14155550199&From=%2B14155550100&Body=x&${long}${i}=1`;
        const { statuses } = await rate(700, 8, (i) => emulator.ask('POST', `/2010-04-01/Accounts/${account}/Messages.json`, body(i), { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' }));
        const height = emulator.peak();
        await emulator.control('POST', 'reset');
        await sleep(2_000);
        return { now: `${height} MB, ${emulator.rss()} MB; ${JSON.stringify(statuses)}`, ok: height < most && !statuses[500] };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 9, figure: '100,000 messages, then reset; resident before, and after', before: 'not given back',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      try {
        const { perSecond, statuses } = await rate(100_000, 32, () => emulator.message());
        const full = emulator.rss();
        await emulator.control('POST', 'reset');
        await sleep(2_000);
        const after = emulator.rss();
        return { now: `${full} MB, ${after} MB; ${perSecond} a second, ${JSON.stringify(statuses)}`, ok: full < most && after < full };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 9, figure: '150,000 messages that wait, under --memory 128m; resident at the height, answers, and once they have gone', before: 'out of memory',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'manual', '--memory', '128m'] });
      try {
        const { statuses } = await rate(150_000, 32, () => emulator.message());
        const height = emulator.peak();
        const { text } = await emulator.message();
        await emulator.control('POST', 'clock/advance', { by: '5m' });
        const { status } = await emulator.message();
        const isTold = JSON.parse(text).code === 20503;
        return { now: `${height} MB; ${JSON.stringify(statuses)}; then ${status}`, ok: height < most && isTold && !statuses[500] && statuses[201] > 20_000 && status === 201 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 9, figure: '300 clients that ask for a list of 1,000 and never read; resident at the height', before: '1.1 GB',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      try {
        await rate(1_000, 16, () => emulator.message({ Body: 'y'.repeat(700) }));
        const sockets = [];
        for (let i = 0; i < 300; i++) sockets.push(await emulator.raw(get(`/2010-04-01/Accounts/${account}/Messages.json?PageSize=1000`)));
        const height = await highest(emulator, 5);
        const { ms } = await emulator.ask('GET', '/_emu/v1/health');
        for (const socket of sockets) socket.destroy();
        return { now: `${height} MB, health meanwhile in ${ms.toFixed(0)} ms`, ok: height < most };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 9, figure: '256 readers of the event stream that never read; resident at the height, and requests a second with and without them', before: '1.3 GB, 2 a second',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      try {
        await rate(2_000, 16, () => emulator.message());
        const { perSecond: alone } = await rate(4_000, 16, () => emulator.message());
        const sockets = [];
        for (let i = 0; i < 256; i++) sockets.push(await emulator.raw(get('/_emu/v1/journal/stream?after=0')));
        await sleep(2_000);
        const { perSecond: beside } = await rate(4_000, 16, () => emulator.message());
        const height = await highest(emulator, 2);
        for (const socket of sockets) socket.destroy();
        return { now: `${height} MB; ${beside} a second beside ${alone}`, ok: height < most && beside > alone / 20 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 9, figure: '15,000 messages whose 45,000 callbacks go to an app that never answers; resident at the height, callbacks lost and told', before: 'unbounded',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      const hung = await app(() => {});
      try {
        const { statuses } = await rate(15_000, 32, () => emulator.message({ StatusCallback: `${hung.url}/status` }));
        const height = await highest(emulator, 20);
        const { entries } = await emulator.json('GET', 'journal?kind=webhook.failed&limit=1000');
        const dropped = entries.some((e) => e.data.error_message?.startsWith('not sent'));
        const { ms } = await emulator.ask('GET', '/_emu/v1/health');
        return { now: `${height} MB; ${dropped ? 'some lost, each told' : 'all kept waiting'}; health in ${ms.toFixed(0)} ms; ${JSON.stringify(statuses)}`, ok: height < most };
      } finally { hung.close(); await emulator.stop(); }
    },
  },
];
