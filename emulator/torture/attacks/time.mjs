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
        await sleep(8_000);
        const { now } = await emulator.json('GET', 'clock');
        const { last_seq: last } = await emulator.json('GET', 'journal?limit=1');
        await sleep(2_000);
        const { last_seq: later } = await emulator.json('GET', 'journal?limit=1');
        const hours = (Date.parse(now) - Date.parse('2026-01-05T09:00:00Z')) / 3_600_000;
        return { now: `${hours.toFixed(3)} h, ${last} entries, ${later - last} in the 2 s after`, ok: later - last < 20 && hours < 1 && last > 300 };
      } finally { await emulator.stop(); }
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
