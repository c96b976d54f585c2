// The same shop in four languages, walked as its customers and its staff would: node sdk-tests/languages/run.mjs [ruby php go java]
//
// The shop knows Twilio alone; it is led here by the variables of `twilioemu env`, and told of its number's texts and calls by webhooks that it believes by their
// signature. What a language needs and is not here is skipped, and said. TWILIOEMU names the program to test. The last line is "N passed, N failed, N skipped".
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { controlOf } from '../node/lib/control.js';
import { program, startEmulator } from '../node/lib/emulator.js';
import { ownPort } from '../node/lib/ports.js';
import { scratch } from '../node/lib/scratch.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const work = scratch('languages-');
const account = 'AC00000000000000000000000000000001';
const number = '+14155550100';
const patience = 60_000;
const counts = { passed: 0, failed: 0, skipped: 0 };
const claims = ['answers texts, and believes Twilio alone', 'leads a caller through a menu to a recording', 'is told what became of a message', 'lets in who has the code',
  'reads a list page by page', 'knows an error by its code'];

const has = (command, ...args) => { try { execFileSync(command, args, { stdio: 'ignore' }); return true; } catch { return false; } };
const same = (seen, wanted) => { if (JSON.stringify(seen) !== JSON.stringify(wanted)) throw new Error(`wanted ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`); };

/** What is asked again until it is so: an app does its part by the wall. */
async function until(look, isSo) {
  for (const end = Date.now() + patience; ; await sleep(100)) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`it stayed ${JSON.stringify(seen)}`);
  }
}

// A port is taken by the app itself, and told; PHP's server takes none of its own.
const languages = {
  ruby: { needs: ['ruby, ruby-webrick', () => has('ruby', '-e', 'require "webrick"')], starts: () => ['ruby', join(here, 'shop.rb')] },
  php: { needs: ['php-cli, php-curl', () => has('php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);')], starts: async () => ['php', '-S', `127.0.0.1:${await ownPort()}`, join(here, 'shop.php')] },
  go: {
    needs: ['golang-go', () => has('go', 'version')],
    starts: () => {
      // Kept with what is built here: Go's own library is compiled once.
      const cache = fileURLToPath(new URL('../../artifacts/go-cache', import.meta.url));
      mkdirSync(cache, { recursive: true });
      execFileSync('go', ['build', '-o', join(work, 'shop-go'), join(here, 'shop.go')], { stdio: 'pipe', env: { ...process.env, GOCACHE: cache, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' } });
      return [join(work, 'shop-go')];
    },
  },
  java: { needs: ['default-jdk-headless', () => has('javac', '-version')], starts: () => ['java', join(here, 'Shop.java')] },
};

/** The variables that `twilioemu env` prints, in place of this shell's own. */
function environmentOf(url) {
  const [command, ...first] = program();
  const args = [...first, 'env', '--url', url, '--port', new URL(url).port, '--format', 'dotenv', '--out-dir', join(work, 'env')];
  const printed = execFileSync(command, args, { encoding: 'utf8' });
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^TWILIO|_proxy$/i.test(name)));
  for (const [, name, value] of printed.matchAll(/^(\w+)=(.*)$/gm)) env[name] = value.replace(/^(['"])(.*)\1$/, '$2');
  return env;
}

/** Starts a shop and waits until it says where it is. */
async function startShop(command, env) {
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env });
  child.text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => { child.text += part; });
  const ended = new Promise((done) => { child.once('exit', done); child.once('error', (fault) => { child.text += fault.message; done(); }); });
  const stop = async () => { child.kill('SIGTERM'); await Promise.race([ended, sleep(5000)]); if (child.exitCode === null) child.kill('SIGKILL'); };
  try {
    await until(() => child.exitCode !== null || /http:\/\/127\.0\.0\.1:\d+/.test(child.text), (is) => is);
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(child.text) ?? [];
    if (!url) throw new Error('it ended');
    return { url, stop, get text() { return child.text; } };
  } catch (fault) {
    await stop();
    throw new Error(`the shop did not start: ${fault.message}\n${child.text}`);
  }
}

/** A shop in its world, and what people do with it. */
async function walk(language, told) {
  const emulator = await startEmulator({ clock: 'auto', options: ['--https-port', 'off'] });
  let shop;
  try {
    const env = { ...environmentOf(emulator.url), TWILIO_NUMBER: number, SHOP_DATA: mkdtempSync(join(work, `${language}-`)) };
    for (let tries = 0; !shop; tries++) shop = await startShop(await languages[language].starts(), env).catch((fault) => { if (tries === 2) throw fault; });
    const control = controlOf(emulator.url);
    const rest = (method, path, form) => fetch(`${emulator.url}/2010-04-01/Accounts/${account}${path}`, {
      method, headers: { authorization: `Basic ${btoa(`${account}:00000000000000000000000000000001`)}` }, ...(form ? { body: new URLSearchParams(form) } : {}),
    }).then((answer) => answer.json());
    const ask = async (path, form = {}) => {
      const answer = await fetch(shop.url + path, { method: 'POST', body: new URLSearchParams(form) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text);
    };
    const { incoming_phone_numbers: [{ sid }] } = await rest('GET', '/IncomingPhoneNumbers.json');
    await rest('POST', `/IncomingPhoneNumbers/${sid}.json`, { SmsUrl: `${shop.url}/sms`, VoiceUrl: `${shop.url}/voice` });
    const phone = '+14155550199';
    const claim = async (words, prove) => {
      try { await prove(); told(words); } catch (fault) { told(words, `${fault.message}\n${shop.text.split('\n').slice(-15).join('\n')}`); }
    };

    await claim(claims[0], async () => {
      const words = 'Größe & <Maß> + 100 % 🎈';
      await control.text(phone, number, words);
      await control.expect({ kind: 'handset.received', subject: phone, data: { body: `You wrote: ${words}` } });
      const forged = await fetch(`${shop.url}/sms`, { method: 'POST', body: new URLSearchParams({ Body: 'x', From: phone }), headers: { 'x-twilio-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } });
      same(forged.status, 403);
    });
    await claim(claims[1], async () => {
      const { call_sid: call } = await control.dial(phone, number, [
        { hears: 'press 1', within: '30s' }, { presses: '2' }, { hears: 'no such choice', within: '30s' }, { hears: 'press 1', within: '30s' }, { presses: '1' },
        { hears: 'after the tone', within: '30s' }, { wait: '2s' }, { says: 'A table for two, please' }, { presses: '#' }, { hears: 'thank you for', within: '30s' },
      ]);
      await control.expect({ kind: 'call.completed', subject: call }, { within: '5m' });
      same(await until(() => ask('/voicemail', { call }), (seen) => seen.wav), { wav: 'RIFF' });
    });
    await claim(claims[2], async () => {
      const { sid: message, status } = await ask('/notify', { to: phone, body: 'Your order is on its way' });
      same(status, 'queued');
      await control.expect({ kind: 'message.delivered', subject: message });
      const { statuses } = await until(() => ask('/statuses', { sid: message }), (seen) => seen.statuses.includes('delivered'));
      same(statuses.filter((s) => ['sent', 'delivered'].includes(s)).sort(), ['delivered', 'sent']);
    });
    await claim(claims[3], async () => {
      same(await ask('/login', { to: phone }), { status: 'pending' });
      const { entries: [{ data }] } = await control.expect({ kind: 'handset.code', subject: phone });
      same(await ask('/check', { to: phone, code: data.code === '000000' ? '111111' : '000000' }), { status: 'pending' });
      same(await ask('/check', { to: phone, code: data.code }), { status: 'approved' });
    });
    await claim(claims[4], async () => {
      for (let i = 0; i < 5; i++) await ask('/notify', { to: '+14155550188', body: `offer ${i}` });
      const { bodies } = await ask('/history');
      same(bodies.filter((b) => b.startsWith('offer')), ['offer 4', 'offer 3', 'offer 2', 'offer 1', 'offer 0']);
    });
    await claim(claims[5], async () => {
      same(await ask('/notify', { to: 'nobody', body: 'x' }), { error: 'nobody is no phone number' });
      await control.text(phone, number, 'STOP');
      await control.expect({ kind: 'handset.received', subject: phone, data: { from: number } }, { count: 2 });
      same(await ask('/notify', { to: phone, body: 'x' }), { error: `${phone} wants no texts` });
    });
  } finally {
    await shop?.stop();
    await emulator.stop();
  }
}

for (const language of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(languages)) {
  const [packages, isThere] = languages[language].needs;
  if (!isThere()) {
    counts.skipped += claims.length;
    console.log(`skipped  ${language}: not here (${packages})`);
    continue;
  }
  const left = new Set(claims);
  const told = (words, fault) => {
    left.delete(words);
    counts[fault === undefined ? 'passed' : 'failed']++;
    console.log(`${fault === undefined ? 'passed ' : 'failed '}  ${language}: ${words}${fault === undefined ? '' : `\n${fault.replace(/^/gm, '    ')}`}`);
  };
  try {
    await walk(language, told);
  } catch (fault) {
    for (const words of [...left]) told(words, fault.message);
  }
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
