// The session that docs/console.md shows: run anew, and held against the page: node sdk-tests/docs/console.mjs [--write]
//
// An app that fails, a number nobody owns, a mistyped parameter, a mistyped variable and a verb that is not built. Hours, lengths of time, SIDs, ports, numbers in links and the words about the verb are no part
// of the comparison, nor is the order of lines that happen beside each other. --write puts the session into the page. The last line is "N passed, N failed".
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { scratch } from '../node/lib/scratch.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = join(root, 'docs/console.md');
const built = process.env.TWILIOEMU ?? ['release', 'debug'].map((c) => join(root, `artifacts/bin/TwilioEmu/${c}/twilioemu.dll`)).find(existsSync);
const account = 'AC00000000000000000000000000000001';
const basic = `Basic ${Buffer.from(`${account}:00000000000000000000000000000001`).toString('base64')}`;
const unbuilt = '<Response><Say>One moment</Say><Connect><VirtualAgent connectorName="agent"/></Connect></Response>';

const app = createServer((request, response) => {
  if (request.url === '/sms') {
    response.writeHead(500, { 'content-type': 'text/plain' });
    response.end('NullReferenceException at Orders.Reply(String body)');
  } else {
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(unbuilt);
  }
});
await new Promise((done) => app.listen(0, '127.0.0.1', done));
const appPort = app.address().port;

const work = scratch('console-');
writeFileSync(join(work, 'twilioemu.yaml'), `numbers:\n  - { number: "+14155550100", sms_url: "http://localhost:${appPort}/sms", voice_url: "http://localhost:${appPort}/voice" }\n`);
const [file, ...first] = built.endsWith('.dll') ? ['dotnet', built] : [built];
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^TWILIO/.test(name)));
const emulator = spawn(file, [...first, 'serve', '--port', '0', '--https-port', 'off', '--sip-port', 'off', '--seed', '1'], { cwd: work, env: { ...env, TWILIOEMU_PRT: '4011', TZ: 'UTC' } });
let [out, err] = ['', ''];
emulator.stdout.on('data', (part) => { out += part; });
emulator.stderr.on('data', (part) => { err += part; });
const ended = new Promise((done) => emulator.once('close', done));
while (!/http:\/\/127\.0\.0\.1:\d+/.test(out) && emulator.exitCode === null) await sleep(50);
const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(out)[1];
const url = `http://127.0.0.1:${port}`;
const act = (path, body) => fetch(`${url}/_emu/v1/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const post = (fields) => fetch(`${url}/2010-04-01/Accounts/${account}/Messages.json`, { method: 'POST', headers: { authorization: basic }, body: new URLSearchParams(fields) });
const has = async (words) => { for (let i = 0; i < 200 && !out.includes(words); i++) await sleep(50); if (!out.includes(words)) throw new Error(`the console never said "${words}":\n${out}`); };

let failed = 0;
try {
  await act('handsets/+14155550199/messages', { to: '+14155550100', body: 'hello' });
  await has('NullReferenceException');
  await act('handsets/+14155550199/messages', { to: '+14155550111', body: 'anybody there?' });
  await has('anybody there?');
  await post({ To: '+14155550199', From: '+14155550100', Body: 'Hi', Boby: 'Hi' });
  await post({ To: '+14155550199', From: '+14155550111', Body: 'Hi' });
  await has('21659');
  await has('delivered');
  await act('handsets/+14155550199/calls', { to: '+14155550100' });
  await has('completed after');
} catch (fault) {
  failed++;
  console.log(`failed   the session: ${fault.message}`);
}
emulator.kill('SIGTERM');
await ended;
app.close();

const session = `${err}${out}`.trimEnd().replaceAll(`:${port}`, ':4010').replaceAll(`:${appPort}`, ':5000');
const text = readFileSync(page, 'utf8');
const block = /```\n(twilioemu: TWILIOEMU_PRT[\s\S]*?)\n```/;
if (process.argv.includes('--write')) writeFileSync(page, text.replace(block, () => `\`\`\`\n${session}\n\`\`\``));
const alike = (words) => words.split('\n').map((line) => line.replace(/^\d\d:\d\d:\d\d/, 'hh:mm:ss').replace(/(in|after) [\d.]+ m?s/g, '$1 a while').replace(/([A-Z]{2})…[0-9a-f]{4}/g, '$1…').replace(/(_emu\/ui\/\w+)\/\d+/g, '$1/N').replace(/(?<=not emulated: ).*/, 'a verb').trimEnd()).sort();
const [shown, seen] = [alike(block.exec(readFileSync(page, 'utf8'))[1]), alike(session)];
const difference = [...shown.filter((l) => !seen.includes(l)).map((l) => `  only on the page: ${l}`), ...seen.filter((l) => !shown.includes(l)).map((l) => `  only on the console: ${l}`)];
if (difference.length > 0) { failed++; console.log(`failed   docs/console.md\n${difference.join('\n')}`); } else if (failed === 0) console.log('passed   docs/console.md');
console.log(`${failed === 0 ? 1 : 0} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
