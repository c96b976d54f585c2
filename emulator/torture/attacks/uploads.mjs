// Files of the largest size, several at once, in a process that has little room; and pages that were uploaded as pictures.
import { account, basic, sleep, start } from '../lib/emulator.mjs';
import { request } from 'node:http';

const size = 140 * 1024 * 1024;
const part = Buffer.alloc(1 << 20, 7);
const chat = '/mcs/v1/Services';

/** Sends a file in parts, as fast as it is taken; { status, text }. */
function upload(emulator, service, length, headers = {}) {
  return new Promise((done) => {
    const sent = request({ host: '127.0.0.1', port: emulator.port, method: 'POST', path: `${chat}/${service}/Media`, agent: false, headers: { authorization: basic, 'content-type': 'video/mp4', ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (more) => { text += more; });
      answer.on('end', () => { done({ status: answer.statusCode, text }); sent.destroy(); });
    });
    sent.on('error', (fault) => done({ status: 0, text: fault.message }));
    let left = length;
    const more = () => {
      while (left > 0) {
        const bytes = part.subarray(0, Math.min(part.length, left));
        left -= bytes.length;
        if (!sent.write(bytes)) { sent.once('drain', more); return; }
      }
      sent.end();
    };
    more();
  });
}

async function serviceOf(emulator) {
  const answer = await emulator.ask('POST', '/v1/Services', 'FriendlyName=x', { host: 'conversations.twilio.com', authorization: basic, 'content-type': 'application/x-www-form-urlencoded' });
  return JSON.parse(answer.text).sid;
}

export const attacks = [
  {
    point: 15, figure: 'six files of 140 MB at once, with and without their length, under `--memory 256m`; answers, resident at the height, health meanwhile', before: 'buffers that double, for each',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real', '--memory', '256m'] });
      try {
        const service = await serviceOf(emulator);
        let longest = 0, isOver = false;
        const watching = (async () => { while (!isOver) { longest = Math.max(longest, (await emulator.control('GET', 'health')).ms); await sleep(20); } })();
        const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => upload(emulator, service, size, i % 2 ? { 'content-length': size } : {})));
        const small = await upload(emulator, service, 100_000);
        isOver = true;
        await watching;
        const statuses = answers.map((a) => a.status).join(',');
        const peak = emulator.peak();
        // An answer before the body was sent may be lost with the connection; the process is not.
        const holds = answers.every((a) => a.status === 503 && a.text.includes('20503') || a.status === 0) && answers.some((a) => a.status === 503) && small.status === 201;
        return { now: `${statuses}, then a small one ${small.status}; ${peak} MB; health in ${longest.toFixed(0)} ms at most`, ok: holds && longest < 2_000 && peak < Number(process.env.TORTURE_RSS ?? 700) };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 15, figure: 'pages, scripts and pictures with scripts that are uploaded as files, as a browser gets them back; the UI in a frame', before: 'not tried',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real'] });
      try {
        const service = await serviceOf(emulator);
        const faults = [];
        const types = ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'text/javascript', 'application/pdf', 'multipart/related', 'image/png', 'x', 'text/html; charset=utf-7'];
        for (const type of types) {
          const page = '<html xmlns="http://www.w3.org/1999/xhtml"><script>fetch("/_emu/v1/reset",{method:"POST"})</script></html>';
          const file = JSON.parse((await emulator.ask('POST', `${chat}/${service}/Media`, page, { authorization: basic, 'content-type': type })).text);
          const link = new URL(file.links.content_direct_temporary);
          for (const path of [`${link.pathname}${link.search}`, `${chat}/${service}/Media/${file.sid}/Content`]) {
            const { headers, status } = await fetch(`${emulator.url}${path}`, { headers: path.includes('?') ? {} : { authorization: basic } });
            if (status !== 200 || headers.get('x-content-type-options') !== 'nosniff' || !/\bsandbox\b(?!.*allow-(scripts|same-origin))/.test(headers.get('content-security-policy') ?? '')) faults.push(`${type} ${path.slice(0, 40)}: ${status} ${headers.get('content-security-policy')}`);
          }
        }
        const ui = await fetch(`${emulator.url}/_emu/ui/`);
        const policy = ui.headers.get('content-security-policy') ?? '';
        if (!policy.includes("frame-ancestors 'none'") || /unsafe-(inline|eval)/.test(policy)) faults.push(`the UI: ${policy}`);
        if (ui.headers.get('x-content-type-options') !== 'nosniff') faults.push('the UI may be sniffed');
        return { now: `${faults.length} of ${2 * types.length + 2} not shut in${faults.length ? ` (${faults.slice(0, 3).join('; ')})` : ''}`, ok: faults.length === 0 };
      } finally { await emulator.stop(); }
    },
  },
];
