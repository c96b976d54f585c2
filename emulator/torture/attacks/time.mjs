// Attacks on time: who may hold it, what never ends, what never answers.
import { app, number, sleep, start } from '../lib/emulator.mjs';

const minute = '<Response><Pause length="60"/></Response>';

export const attacks = [
  {
    point: 1, figure: 'a body of 9 bytes that never comes, no credentials; seconds until a call of a minute is over', before: 'never',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      try {
        const slow = await emulator.raw('POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n');
        const begun = performance.now();
        const { text } = await emulator.post('Calls.json', { To: '+14155550161', From: number, Twiml: minute });
        const { status } = await emulator.control('POST', 'expect', { match: { kind: 'call.completed', subject: JSON.parse(text).sid }, within: '120s' });
        const seconds = (performance.now() - begun) / 1000;
        slow.destroy();
        return { now: `${seconds.toFixed(1)} s`, ok: status === 200 && seconds < 30 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 4, figure: 'a number whose URL is its own REST API; hours of the world until it ends', before: 'no end: 5 h in 8 s',
    async run(program) {
      const config = `numbers:\n  - { number: "${number}" }\n  - { number: "+14155550101" }\n`;
      const emulator = await start(program, { flags: ['--clock', 'auto', '--start', '2026-01-05T09:00:00Z'], config });
      try {
        const { sid } = JSON.parse((await emulator.get('IncomingPhoneNumbers.json')).text).incoming_phone_numbers.find((n) => n.phone_number === number);
        const home = `http://AC00000000000000000000000000000001:00000000000000000000000000000001@127.0.0.1:${emulator.port}/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json`;
        // A text's webhook has the names that a message is made of: the API sends the same text again.
        await emulator.post(`IncomingPhoneNumbers/${sid}.json`, { SmsUrl: home });
        await emulator.message({ From: '+14155550101', To: number, Body: 'again' });
        const { last, grown } = await emulator.quiet();
        const { now } = await emulator.json('GET', 'clock');
        const hours = (Date.parse(now) - Date.parse('2026-01-05T09:00:00Z')) / 3_600_000;
        return { now: `${hours.toFixed(3)} h, ${last} entries, ${grown} in the last 2 s`, ok: grown < 20 && hours < 1 && last > 300 };
      } finally { await emulator.stop(); }
    },
  },
  {
    point: 4, figure: 'two numbers that dial each other, a number that dials itself, redirects in circles (of a call, a text, a queue) by an app that takes 20 ms; under auto and real: entries, and those in the last 2 s', before: 'no end where time walks or runs',
    async run(program) {
      const other = '+14155550101';
      const circles = {
        '/each': (form) => `<Dial>${form.get('To') === number ? other : number}</Dial>`, '/self': () => '<Dial>+14155550102</Dial>', '/redirect': () => '<Redirect/>', '/sms': () => '<Redirect/>',
        '/queue': () => '<Enqueue waitUrl="/leave" action="/queue">q</Enqueue>', '/leave': () => '<Leave/>',
      };
      const served = await app(async (request, response) => {
        let body = '';
        for await (const part of request) body += part;
        await sleep(20);
        response.setHeader('content-type', 'text/xml');
        response.end(`<Response>${circles[request.url](new URLSearchParams(body))}</Response>`);
      });
      const config = `numbers:\n${[[number, '/each'], [other, '/each'], ['+14155550102', '/self']].map(([n, path]) => `  - { number: "${n}", voice_url: "${served.url}${path}", sms_url: "${served.url}/sms" }\n`).join('')}`;
      const said = [];
      let ok = true;
      try {
        for (const clock of ['auto', 'real']) {
          const emulator = await start(program, { flags: ['--clock', clock], config });
          try {
            await emulator.post('Calls.json', { From: other, To: number, Url: `${served.url}/each` });
            for (const path of ['/redirect', '/queue']) await emulator.post('Calls.json', { From: number, To: '+14155550155', Url: `${served.url}${path}` });
            for (const [path, body] of [['calls', { to: '+14155550102', script: [{ wait: '10m' }] }], ['messages', { to: number, body: 'x' }]]) emulator.control('POST', `handsets/+14155550199/${path}`, body).catch(() => {});
            // Phones ring and voices speak by the wall under real: nothing may happen for a while.
            const { last, grown } = await emulator.quiet(16);
            said.push(`${clock} ${last}, ${grown}`);
            ok &&= grown < 20 && last < 20_000;
          } finally { await emulator.stop(); }
        }
      } finally { served.close(); }
      return { now: said.join('; '), ok };
    },
  },
  {
    point: 5, figure: 'an app that never answers: seconds on the wall, and in the world, until its webhook has failed; a message due meanwhile goes first', before: '15 s and none; due things wait',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto', '--start', '2026-01-05T09:00:00Z'], config: `numbers:\n  - { number: "${number}" }\n` });
      const hung = await app(() => {});
      try {
        const { sid } = JSON.parse((await emulator.get('IncomingPhoneNumbers.json')).text).incoming_phone_numbers[0];
        await emulator.post(`IncomingPhoneNumbers/${sid}.json`, { SmsUrl: `${hung.url}/sms` });
        const begun = performance.now();
        const asked = emulator.control('POST', 'handsets/+14155550199/messages', { to: number, body: 'hi' });
        await sleep(300);
        for (let i = 0; i < 3; i++) await emulator.message({ Body: `${i}` });
        await asked;
        await emulator.control('POST', 'expect', { match: { kind: 'webhook.failed' }, within: '60s' });
        const wall = (performance.now() - begun) / 1000;
        const { entries } = await emulator.json('GET', 'journal?limit=1000');
        const failed = entries.find((e) => e.kind === 'webhook.failed');
        const sent = entries.find((e) => e.kind === 'webhook.sent');
        const delivered = entries.filter((e) => e.kind === 'message.delivered' && e.seq < failed.seq).length;
        const world = (Date.parse(failed.at) - Date.parse(sent.at)) / 1000;
        return { now: `${wall.toFixed(1)} s, ${world.toFixed(1)} s, ${delivered} of 3 delivered before`, ok: delivered === 3 && wall < 25 && world >= 14 };
      } finally { hung.close(); await emulator.stop(); }
    },
  },
];
