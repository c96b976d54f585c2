// Every block of the pages a new user reads first, run as it stands: node blocks.mjs ROOT PROGRAM
//
// run.sh gives it a network of its own, so that ports are those the pages name. A block that is not run here is named with who runs it, or why nobody does;
// one that nobody has named fails, and so does a name whose block is gone. The last line is "N passed, N failed, N skipped".
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scratch } from '../node/lib/scratch.js';

const [root, program] = process.argv.slice(2);
const account = { TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001', TWILIO_AUTH_TOKEN: '00000000000000000000000000000001' };
const work = scratch('blocks-');
const counts = { passed: 0, failed: 0, skipped: 0 };
const started = [];
let folder;

// A person tries again when nobody listens yet; so does this curl.
writeFileSync(join(work, '.curlrc'), 'retry = 60\nretry-connrefused\nretry-delay = 1\nsilent\nshow-error\n');
mkdirSync(join(work, 'bin'));
writeFileSync(join(work, 'bin/twilioemu'), `#!/bin/sh\nexec ${program.endsWith('.dll') ? `dotnet "${program}"` : `"${program}"`} "$@"\n`, { mode: 0o755 });
const env = { ...process.env, CURL_HOME: work, PATH: `${join(work, 'bin')}:${process.env.PATH}`, TWILIOEMU: program };
for (const name of Object.keys(env)) if (/^(TWILIO_|https?_proxy$)/i.test(name)) delete env[name];

/** Starts a command in a process group of its own; its text grows. */
function start(command, options = {}) {
  const child = spawn('bash', ['-c', command], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  child.text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => { child.text += part; });
  child.ended = new Promise((done) => child.on('exit', (code) => done(code)));
  started.push(child);
  return child;
}

/** Ends a command and all it left behind, and waits until they are gone: the next block wants their ports. */
async function stop(child) {
  for (let i = 0; i < 150; i++) {
    try { process.kill(-child.pid, i === 0 ? 'SIGTERM' : i === 100 ? 'SIGKILL' : 0); } catch { return; }
    await sleep(100);
  }
}

const stopAll = async () => { for (const child of started.splice(0)) await stop(child); };

/** Runs a script to its end; gives what it printed. */
async function run(script, options) {
  const child = start(`set -eo pipefail; shopt -s expand_aliases\n${script}`, options);
  const late = setTimeout(() => stop(child), 240_000);
  const code = await child.ended;
  clearTimeout(late);
  if (code !== 0) throw new Error(`ended with ${code}:\n${child.text}`);
  return child.text;
}

/** Runs a block whose last lines look at what its first have set off, after a `sleep`: a person looks again where the machine is busy, until it is there. */
function looking(text, until) {
  const [, acts, looks] = /^([\s\S]*)^sleep \d+\n([\s\S]*)$/m.exec(text) ?? [];
  if (looks === undefined) throw new Error(`the block no longer sleeps before it looks:\n${text}`);
  return `${acts}look() {\n${looks}\n}\nfor each in $(seq 120); do said=$(look); grep -Eq '${until}' <<<"$said" && break; sleep 0.5; done\nprintf '%s\\n' "$said"`;
}

async function says(child, words) {
  for (let i = 0; !words.test(child.text); i++) {
    if (child.exitCode !== null || i > 2400) throw new Error(`it never said ${words}:\n${child.text}`);
    await sleep(100);
  }
  return words.exec(child.text);
}

const has = (text, ...wanted) => { for (const each of wanted) if (!each.test(text)) throw new Error(`nothing like ${each} in:\n${text}`); };

/** A server that stays for the blocks after it, until a block stops all. */
const serve = async (command, options) => { const child = start(command, options); await says(child, /is ready/); return child; };

const file = (name, text) => writeFileSync(join(folder, name), text);
const check = async (text) => { file('twilioemu.yaml', text); await run('twilioemu check twilioemu.yaml'); };
const story = async (text) => { file('story.yaml', text); has(await run('twilioemu run story.yaml'), /1 passed/); };

/** Not run here. */
const by = (runner) => ({ runner });
const never = (why) => ({ why });

const weather = async (text) => {
  // Whoever types this is slower than an app that starts.
  const typed = text.replace(/server\.mjs &\n/, '$&curl -so /dev/null http://127.0.0.1:5000/ || true\n');
  const said = await run(looking(typed, 'sunny, 18'), { cwd: root });
  has(said, /"received":\s*\[\s*\{/, /sunny, 18/);
  await stopAll();
};

/** The app that the helper's page speaks of: a menu at port 5000. */
async function helper(text) {
  if (!existsSync(join(root, 'sdk-tests/node/node_modules/twilio'))) throw new Error('npm ci --prefix sdk-tests/node was not run');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(root, 'sdk-tests/node-helper'), join(folder, 'node_modules/twilioemu'));
  symlinkSync(join(root, 'sdk-tests/node/node_modules/twilio'), join(folder, 'node_modules/twilio'));
  file('page.mjs', text);
  const app = createServer((request, response) => {
    const twiml = { '/voice': '<Gather numDigits="1" action="/picked"><Say>For sales press 1.</Say></Gather>', '/picked': '<Say>Thanks.</Say>' }[request.url] ?? '';
    response.writeHead(200, { 'content-type': 'text/xml' }).end(`<Response>${twiml}</Response>`);
  });
  await new Promise((done, fault) => app.once('error', fault).listen(5000, '127.0.0.1', done));
  try { await run('node page.mjs'); } finally { app.close(); }
}

/** Folders beside each other, as the first hour has them: where the clone would be, and what was made there. */
const hour = { clone: '', files: {} };

/** Runs commands of the first hour in its folder; what would be fetched for them is the SDK that the other tests have. */
async function beside(text, links) {
  hour.clone = join(folder, 'clone');
  mkdirSync(hour.clone);
  for (const each of ['artifacts', 'sdk-tests']) symlinkSync(join(root, each), join(hour.clone, each));
  return run(text.replace(/^(npm install twilio|npm install --save-dev .*|python3 -m venv .*|pip install .*)$/gm, (line) => links(line)), { cwd: hour.clone });
}

const fetched = (line) => {
  const [from, to] = line.includes('node-helper') ? [join(root, 'sdk-tests/node-helper'), 'twilioemu'] : [join(root, 'sdk-tests/node/node_modules/twilio'), 'twilio'];
  return `mkdir -p node_modules && ln -s "${from}" node_modules/${to}`;
};

/** A file of the first hour, for the commands after it. */
const kept = (name) => (text) => { hour.files[name] = text; };

/** Runs commands of the first hour where its files are. */
async function amid(text, wanted, ...links) {
  for (const [name, content] of Object.entries(hour.files)) file(name, content);
  for (const each of links) await run(fetched(each));
  has(await run(text), wanted);
}

const needsSdk = () => existsSync(join(root, 'sdk-tests/node/node_modules/twilio')) || 'npm ci --prefix sdk-tests/node was not run';
const isDebians = () => { try { execFileSync('/usr/bin/python3', ['-c', 'import twilio, flask, pytest'], { stdio: 'ignore' }); return true; } catch { return 'no python3-twilio, python3-flask, python3-pytest'; } };
const where = (condition, act) => async (text) => { const can = condition(); return can === true ? act(text) : can; };

// What the page's steps of a gateway play in.
const ofGateway = `scenario: Of a gateway
given:
  numbers: [{ number: "+14155550100", sms_url: "http://app/sms" }]
  smpp: { systems: [{ system_id: carrier, password: secret08, numbers: ["+14155550199"] }] }
  app: { /sms: "<Response><Message>It is sunny.</Message></Response>" }
`;

const plan = {
  'README.md': {
    ' your app ──SDK──▶': never('a drawing'),
    'dotnet run --project emulator/src/TwilioEmu': async (text) => {
      if (!existsSync(join(root, 'artifacts/bin/TwilioEmu/release/twilioemu.dll'))) return 'not built in Release here';
      const child = await serve(text, { cwd: root });
      const [, curl] = await says(child, /text it +(curl .*)/);
      has(await run(curl), /"message_sid":\s*"SM/);
      await says(child, /\+14155550199 texts \+14155550100: "hello"/);
    },
    'AUTH=AC': async (text) => {
      if (started.length === 0) await serve('twilioemu serve');
      has(await run(looking(text, '"delivered"')), /"status":\s*"delivered"/, /"body":\s*"Hello"/);
      await stopAll();
    },
    'export PATH=': async (text) => {
      if (!existsSync(join(root, 'artifacts/bin/TwilioEmu/release/twilioemu.dll'))) return 'not built in Release here';
      has(await run(`${text}\ncommand -v twilioemu\ntwilioemu --version`, { cwd: root }), /artifacts\/bin\/TwilioEmu\/release\/twilioemu$/m, /^\d+\.\d+\.\d+/m);
    },
    'twilioemu exec -- npm test': by('sdk-tests/readme/run.sh'),
    'twilioemu serve --https-port 443': by('sdk-tests/readme/run.sh'),
    'import twilio from': by('sdk-tests/readme/run.sh'),
    '// xunit, NUnit, MSTest': by('sdk-tests/packages/run.sh'),
    '# twilioemu.yaml, read from': check,
    'scenario: The weather by text': story,
    './test.sh': never('it is what runs this'),
  },
  'docs/first-hour.md': {
    'dotnet pack Packages.slnf': by('sdk-tests/packages/run.sh'),
    'mkdir ../shop': by('sdk-tests/packages/run.sh'),
    'using Twilio.Clients;': by('sdk-tests/packages/run.sh'),
    'using Microsoft.AspNetCore.Mvc.Testing;': by('sdk-tests/packages/run.sh'),
    'dotnet test Shop.Tests': by('sdk-tests/packages/run.sh'),
    'export TWILIOEMU=': where(needsSdk, async (text) => { await beside(text, fetched); }),
    'import { createServer }': kept('shop.test.mjs'),
    'node --test': where(needsSdk, (text) => amid(text, /pass 2$/m, 'node-helper', 'twilio')),
    'export PATH=': where(isDebians, async (text) => { await beside(text, () => ''); }),
    'import os\n\nfrom flask': kept('shop.py'),
    'numbers:\n': kept('twilioemu.yaml'),
    'import json, os, threading': kept('test_shop.py'),
    'twilioemu exec --clock auto': where(isDebians, (text) => amid(text.replace('python3', '/usr/bin/python3'), /2 passed/)),
    'scenario: A shop is texted': kept('shop.yaml'),
    'TWILIO_AUTH_TOKEN=': where(isDebians, (text) => amid(text.replace('flask --app', '/usr/bin/python3 -m flask --app'), /1 passed/)),
  },
  'docs/testing-dotnet.md': {
    'dotnet pack Packages.slnf': by('sdk-tests/packages/run.sh'),
    'await using var twilio': by('sdk-tests/packages/run.sh'),
    'builder.Services.AddHttpClient': by('sdk-tests/packages/run.sh'),
    '// xunit.v3': by('sdk-tests/packages/run.sh'),
    '<Project Sdk="Microsoft.NET.Sdk">': by('sdk-tests/packages/run.sh'),
    'twilioemu ca --out ca.pem': never('for macOS and Windows: from their documentation, not tried'),
  },
  'docs/packages/TwilioEmu.Client.md': { 'using TwilioEmu;': by('sdk-tests/packages/run.sh') },
  'docs/packages/TwilioEmu.Host.md': { 'using Microsoft.AspNetCore': by('sdk-tests/packages/run.sh') },
  'docs/packages/TwilioEmu.md': { 'dotnet tool install --global': by('sdk-tests/packages/run.sh') },
  'docs/data.md': {
    'twilioemu serve --data ./state': async (text) => {
      await serve(text);
      await stopAll();
    },
    'twilioemu export': async (text) => {
      await serve('twilioemu serve --data ./state');
      await stopAll();
      const [server, ...first] = text.trim().split('\n').reverse();
      has(await run(first.reverse().join('\n')), /\d+ records/);
      await serve(server);
      await stopAll();
    },
  },
  'docs/sip.md': {
    'api=http://127.0.0.1:4010': async (text) => {
      await serve('twilioemu serve');
      has(await run(`${text}\ncurl -s -u $auth $api/Domains/$SD.json`, { env: { ...env, ...account } }), /"domain_name":\s*"yourname.sip.twilio.com"/, /"sip_registration":\s*true/);
      await stopAll();
    },
    'handsets:': check,
    'twiml_bins:': check,
  },
  'docs/smpp.md': {
    '# twilioemu.yaml': check,
    'npm install smpp': by('sdk-tests/smpp'),
    'smpp:': check,
    'when:': (text) => story(`${ofGateway}${text}`),
  },
  'examples/dotnet-tests/README.md': { 'dotnet test examples/dotnet-tests': by('.ci/checks.sh') },
  'examples/weather-app/README.md': { 'twilioemu serve --config': weather },
  'sdk-tests/node-helper/README.md': {
    'npm install --save-dev': by('sdk-tests/packages/run.sh'),
    'import { redirect': helper,
  },
};

function tell(name, fault) {
  counts[fault === undefined ? 'passed' : 'failed']++;
  console.log(`${fault === undefined ? 'passed ' : 'failed '}  ${name}`);
  if (fault !== undefined) console.log(String(fault.message ?? fault).split('\n').slice(-Number(process.env.LINES_SHOWN ?? 25)).map((l) => `    ${l}`).join('\n'));
}

for (const [page, blocks] of Object.entries(plan)) {
  const left = new Map(Object.entries(blocks));
  for (const [, text] of readFileSync(join(root, page), 'utf8').matchAll(/^```\w*\n([\s\S]*?)^```$/gm)) {
    const first = text.split('\n', 1)[0];
    const begins = [...left.keys()].find((b) => text.startsWith(b));
    const name = `${page}: ${first.replace(/ {2,}.*/, '')}`;
    if (begins === undefined) { tell(name, `nobody runs this block, and nobody says why: name it in ${'sdk-tests/readme/blocks.mjs'}`); continue; }
    const how = left.get(begins);
    left.delete(begins);
    if (how.why) { console.log(`not run  ${name}: ${how.why}`); continue; }
    if (how.runner) {
      if (!existsSync(join(root, how.runner))) tell(name, `${how.runner} is said to run it, and is not there`);
      else console.log(`not here ${name}: run by ${how.runner}`);
      continue;
    }
    folder = mkdtempSync(join(work, 'block-'));
    try {
      const skipped = await how(text);
      if (skipped) { counts.skipped++; console.log(`skipped  ${name}: ${skipped}`); } else tell(name);
    } catch (fault) {
      tell(name, fault);
      await stopAll();
    }
  }
  for (const begins of left.keys()) tell(`${page}: ${begins}`, 'the page has no such block any more');
}
await stopAll();
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
