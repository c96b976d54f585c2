// Folders of --data that were broken: node broken.mjs PROGRAM [few | WORD...]
//
// Two worlds are made, one that was stopped and one that was killed (whose log was not laid down). Of each a copy is broken in one way, and the emulator started on
// it. It must either be ready with every message that was answered 201, word for word, or end with code 2 and words on stderr that name what is wrong and
// hold no stack trace; what it refused it must have left as it was, byte for byte. Words choose ways whose name has them; few is a dozen of them, as in CI. Exits 1 where
// that does not hold.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../../../sdk-tests/node/lib/scratch.js';
import { command, number, rate, start } from '../lib/emulator.mjs';

const [program, ...told] = process.argv.slice(2);
if (!program) throw new Error('usage: node broken.mjs PROGRAM [few | WORD...]');
const words = told[0] === 'few'
  ? ['nothing broken', 'db cut at 3', 'log cut at 0', 'log cut at 8192', 'log missing', 'db missing', 'log of another world', 'a before that is junk', 'ca-key.pem junk', 'the folder is a file', 'may not write']
  : told;
const config = `numbers:\n  - { number: "${number}", messages_per_second: 2000 }\n`;
const root = scratch('broken-');
const db = 'twilioemu.db', log = 'twilioemu-log.db', page = 8192;

/** A world in a folder, and what it answered 201. */
async function make(name, count, ends) {
  const folder = join(root, name);
  const emulator = await start(program, { flags: ['--data', folder], config });
  const kept = new Map();
  await rate(count, 8, async (i) => {
    const answer = await emulator.message({ Body: `${name} ${i} ${'x'.repeat((i * 37) % 900)}` });
    if (answer.status === 201) kept.set(JSON.parse(answer.text).sid, JSON.parse(answer.text).body);
    return answer;
  });
  if (ends === 'SIGKILL') {
    const gone = new Promise((done) => emulator.child.once('exit', done));
    emulator.child.kill('SIGKILL');
    await gone;
    emulator.agent.destroy();
  } else await emulator.stop();
  return { folder, kept };
}

const sums = (folder) => Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && f.name !== 'twilioemu.lock')
  .map((f) => [join(f.parentPath, f.name).slice(folder.length + 1), createHash('sha256').update(readFileSync(join(f.parentPath, f.name))).digest('hex')]));

/** Starts on a folder, until it is ready or has ended. */
async function begin(folder, { flags = [], as } = {}) {
  const [file, ...first] = command(program);
  const where = scratch('broken-cwd-');
  writeFileSync(join(where, 'twilioemu.yaml'), config);
  const all = [...first, 'serve', '--port', '0', '--https-port', 'off', '--sip-port', 'off', '--log', 'quiet', '--seed', '1', '--data', folder, ...flags];
  const child = as ? spawn('setpriv', ['--reuid', as, '--regid', as, '--clear-groups', file, ...all], { cwd: where }) : spawn(file, all, { cwd: where });
  let [said, told] = ['', ''];
  child.stderr.on('data', (part) => { told += part; });
  const ready = await new Promise((done) => {
    child.stdout.on('data', (part) => { said += part; const at = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said); if (at) done(Number(at[1])); });
    child.on('exit', () => done(0));
    setTimeout(() => { told += '\nstill not ready after 30 s'; child.kill('SIGKILL'); }, 30_000).unref();
  });
  return { child, port: ready, told: () => told };
}

async function end({ child }) {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}

async function missing(port, kept) {
  const [seen, basic] = [new Map(), `Basic ${Buffer.from('AC00000000000000000000000000000001:00000000000000000000000000000001').toString('base64')}`];
  for (let page = '/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json?PageSize=1000'; page;) {
    const answer = await fetch(`http://127.0.0.1:${port}${page}`, { headers: { authorization: basic } });
    const list = await answer.json();
    if (answer.status !== 200) return [`list answered ${answer.status}`];
    for (const message of list.messages) seen.set(message.sid, message.body);
    page = list.next_page_uri;
  }
  return [...kept].filter(([sid, body]) => seen.get(sid) !== body).map(([sid]) => sid);
}

const counts = { whole: 0, refused: 0, faults: 0 };

/** One way to break a folder; `starts` says what must come of it, where only one is right. */
async function attack(name, world, breaks, { flags, as, code = 2, starts } = {}) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) return;
  const folder = join(root, `try-${counts.whole + counts.refused + counts.faults}`);
  cpSync(world.folder, folder, { recursive: true });
  const given = breaks(folder) ?? folder;
  const isFolder = existsSync(folder) && statSync(folder).isDirectory();
  const before = isFolder ? sums(folder) : {};
  const run = await begin(given, { flags, as });
  const faults = [];
  if (run.port) {
    const lost = await missing(run.port, world.kept).catch((fault) => [fault.message]);
    if (lost.length > 0) faults.push(`started without ${lost.length} of ${world.kept.size} messages (${lost[0]})`);
    await end(run);
    if (starts === false) faults.push('started');
  } else {
    if (run.child.exitCode !== code) faults.push(`exit code ${run.child.exitCode ?? run.child.signalCode}`);
    if (!run.told().trim()) faults.push('nothing on stderr');
    const after = isFolder ? sums(folder) : {};
    const changed = Object.keys(before).filter((f) => after[f] !== before[f]);
    if (changed.length > 0) faults.push(`refused, and changed ${changed.join(', ')}`);
    if (starts === true) faults.push('refused');
    if (!run.told().includes(folder)) faults.push('does not name where');
  }
  if (/^\s+at \S+\(|Unhandled exception/m.test(run.told())) faults.push('a stack trace');
  const what = run.port ? 'whole' : 'refused';
  counts[faults.length > 0 ? 'faults' : what]++;
  if (faults.length > 0 || process.env.TORTURE_WORDS) {
    console.log(`${faults.length > 0 ? 'DOES NOT HOLD' : 'holds'}: ${name}: ${[what, ...faults].join('; ')}\n    ${run.told().trim().slice(0, 600).replaceAll(root, '')}`);
  }
  rmSync(folder, { recursive: true, force: true });
}

const cut = (file, at) => (folder) => { const path = join(folder, file); const size = statSync(path).size; truncateSync(path, at < 0 ? size + at : Math.min(at, size)); };
const flip = (file, at, mask = 0xff) => (folder) => { const path = join(folder, file); const bytes = readFileSync(path); bytes[at < 0 ? bytes.length + at : at % bytes.length] ^= mask; writeFileSync(path, bytes); };
const put = (file, bytes) => (folder) => { rmSync(join(folder, file), { recursive: true, force: true }); writeFileSync(join(folder, file), bytes); };

const stopped = await make('stopped', 400, 'SIGTERM');
const killed = await make('killed', 400, 'SIGKILL');
const other = await make('other', 100, 'SIGKILL');
for (const world of [stopped, killed]) console.log(world.folder.slice(root.length + 1), readdirSync(world.folder).map((f) => `${f} ${statSync(join(world.folder, f)).size}`).join(', '), `${world.kept.size} kept`);

await attack('nothing broken, stopped', stopped, () => {}, { starts: true });
await attack('nothing broken, killed', killed, () => {}, { starts: true });
const sizes = { stopped: statSync(join(stopped.folder, db)).size, killed: statSync(join(killed.folder, db)).size, log: statSync(join(killed.folder, log)).size };
for (const at of [0, 1, 31, 60, 100, page - 1, page, page + 1, 3 * page, Math.floor(sizes.stopped / 2), Math.floor(sizes.stopped / 2 / page) * page, sizes.stopped - page, sizes.stopped - 1]) {
  await attack(`db cut at ${at}`, stopped, cut(db, at), { starts: false });
}
for (const at of [0, 1, page, Math.floor(sizes.killed / 2 / page) * page, sizes.killed - 1]) await attack(`db of the killed cut at ${at}`, killed, cut(db, at));
for (const at of [0, 1, 100, page, Math.floor(sizes.log / 2), Math.floor(sizes.log / 2 / page) * page, sizes.log - page, sizes.log - 1]) {
  await attack(`log cut at ${at}`, killed, cut(log, at));
}
for (const at of [0, 4, 32, 60, 61, 64, 100, 200, 1000, page, page + 4, page + 30, page + 500, 2 * page + 9, 10 * page + 100, -1, -page]) {
  await attack(`db byte ${at} flipped`, stopped, flip(db, at));
  await attack(`log byte ${at} flipped`, killed, flip(log, at));
}
await attack('db missing, log there', killed, (f) => rmSync(join(f, db)), { starts: false });
await attack('db empty, log there', killed, put(db, ''), { starts: false });
await attack('log missing', killed, (f) => rmSync(join(f, log)));
await attack('lock missing', stopped, (f) => rmSync(join(f, 'twilioemu.lock')), { starts: true });
await attack('log of another world', killed, (f) => cpSync(join(other.folder, log), join(f, log)), { starts: false });
await attack('log of another world beside one that was stopped', stopped, (f) => cpSync(join(other.folder, log), join(f, log)), { starts: false });
await attack('db of another world', killed, (f) => cpSync(join(other.folder, db), join(f, db)), { starts: false });
await attack('log is the db', killed, (f) => cpSync(join(f, db), join(f, log)));
await attack('db is the log', killed, (f) => { cpSync(join(f, log), join(f, db)); rmSync(join(f, log)); }, { starts: false });
await attack('log of zeros', stopped, put(log, Buffer.alloc(5 * page)));
await attack('log of junk', stopped, put(log, Buffer.alloc(5 * page, 0xa5)));
await attack('log of text', stopped, put(log, 'x'.repeat(999)));
await attack('db is a folder', stopped, (f) => { rmSync(join(f, db)); mkdirSync(join(f, db)); }, { starts: false });
await attack('log is a folder', stopped, (f) => { mkdirSync(join(f, log)); }, { starts: false });
await attack('lock is a folder', stopped, (f) => { rmSync(join(f, 'twilioemu.lock')); mkdirSync(join(f, 'twilioemu.lock')); }, { starts: false });
await attack('the folder is a file', stopped, (f) => { rmSync(f, { recursive: true }); writeFileSync(f, 'x'); }, { starts: false });
await attack('the folder lies below a file', stopped, (f) => { writeFileSync(`${f}.f`, 'x'); return `${f}.f/${f.split('/').pop()}`; }, { starts: false });
await attack('the folder is a link to nowhere', stopped, (f) => { rmSync(f, { recursive: true }); symlinkSync(`${f}.none`, f); }, { starts: false });
await attack('the folder is a link to a folder', stopped, (f) => { renameSync(f, `${f}.real`); symlinkSync(`${f}.real`, f); }, { starts: true });
await attack('the folder is a link to itself', stopped, (f) => { rmSync(f, { recursive: true }); symlinkSync(f, f); }, { starts: false });
await attack('db is a link to another world in use', stopped, (f) => { rmSync(join(f, db)); cpSync(join(stopped.folder, db), `${f}.real`); symlinkSync(`${f}.real`, join(f, db)); });
await attack('db is a link to nowhere', stopped, (f) => { rmSync(join(f, db)); symlinkSync(`${f}.none`, join(f, db)); }, { starts: false });
await attack('db is a device', stopped, (f) => { rmSync(join(f, db)); symlinkSync('/dev/zero', join(f, db)); }, { starts: false });
await attack('db is a device of nothing', stopped, (f) => { rmSync(join(f, db)); symlinkSync('/dev/null', join(f, db)); }, { starts: false });
for (const what of ['ca.pem', 'ca-key.pem']) {
  for (const [how, bytes] of [['empty', ''], ['junk', 'junk'], ['cut', null]]) {
    await attack(`${what} ${how}`, stopped, (f) => { mkdirSync(join(f, 'ca'), { recursive: true }); const p = join(f, 'ca', what); writeFileSync(p, bytes ?? (existsSync(p) ? readFileSync(p) : Buffer.from('-----BEGIN EC PRIVATE KEY-----\n')).subarray(0, 100)); });
  }
}
await attack('ca is a file', stopped, (f) => { rmSync(join(f, 'ca'), { recursive: true, force: true }); writeFileSync(join(f, 'ca'), 'x'); });
await attack('ca-key.pem is a folder', stopped, (f) => { rmSync(join(f, 'ca'), { recursive: true, force: true }); mkdirSync(join(f, 'ca/ca-key.pem'), { recursive: true }); });
await attack('an import that was cut short', stopped, (f) => { writeFileSync(join(f, `${db}.import`), 'x'.repeat(100)); }, { starts: true });
await attack('an import is a folder', stopped, (f) => { mkdirSync(join(f, `${db}.import`)); }, { starts: false });
await attack('a before that is junk', stopped, (f) => { writeFileSync(join(f, `${db}.before`), 'x'.repeat(100)); }, { starts: false });
await attack('a before that is a folder', stopped, (f) => { mkdirSync(join(f, `${db}.before`)); });
if (process.getuid() === 0) {
  chmodSync(root, 0o755);
  const nobody = '65534';
  await attack('another user\'s, who may not write', stopped, (f) => { chmodSync(f, 0o755); for (const n of readdirSync(f)) chmodSync(join(f, n), n === 'ca' ? 0o755 : 0o644); }, { as: nobody, starts: false });
  await attack('another user\'s, who may not read', stopped, (f) => { chmodSync(f, 0o700); }, { as: nobody, starts: false });
  await attack('one\'s own folder, files of another\'s that may be read', stopped, (f) => { chownSync(f, 65534, 65534); for (const n of readdirSync(f)) chmodSync(join(f, n), n === 'ca' ? 0o755 : 0o644); chownSync(join(f, 'twilioemu.lock'), 65534, 65534); }, { as: nobody, starts: false });
  await attack('one\'s own folder, db that may not be read', stopped, (f) => { chownSync(f, 65534, 65534); for (const n of readdirSync(f)) chmodSync(join(f, n), n === 'ca' ? 0o755 : 0o600); chownSync(join(f, 'twilioemu.lock'), 65534, 65534); }, { as: nobody, starts: false });
}
console.log(`${counts.whole} whole, ${counts.refused} refused and left as they were, ${counts.faults} that do not hold`);
process.exit(counts.faults === 0 ? 0 : 1);
