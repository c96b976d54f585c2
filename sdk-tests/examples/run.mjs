// Runs the examples' commands; run.sh gives it a network and a hosts file of its own. node run.mjs WORK ROOT
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync, chmodSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const [work, root] = process.argv.slice(2);
const hosts = '/etc/hosts';
const plainHosts = readFileSync(hosts, 'utf8');
const read = (name) => JSON.parse(readFileSync(join(work, name), 'utf8'));
// What the Dockerfile gives every container.
const image = { TWILIOEMU_HOST: '0.0.0.0', DOTNET_EnableDiagnostics: '0' };
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const running = new Set();
let [passed, failed] = [0, 0];

function launch(command, options) {
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  child.text = '';
  child.stdout.on('data', (part) => { child.text += part; });
  child.stderr.on('data', (part) => { child.text += part; });
  child.on('error', (fault) => { child.text += fault.message; });
  child.ended = new Promise((done) => child.on('close', (code) => { running.delete(child); done(code); }));
  running.add(child);
  return child;
}

async function stopAll() {
  const all = [...running];
  for (const child of all) child.kill('SIGTERM');
  await Promise.all(all.map((child) => child.ended));
}

async function run(command, options) {
  const child = launch(command, options);
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const code = await child.ended;
  clearTimeout(late);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${child.text}`);
  return child.text;
}

async function until(command, options) {
  for (let i = 0; ; i++) {
    try { return await run(command, options); } catch (fault) { if (i === 60) throw fault; }
    await new Promise((done) => setTimeout(done, 250));
  }
}

async function claim(name, prove) {
  try {
    await prove();
    passed++;
    console.log(`passed   ${name}`);
  } catch (fault) {
    failed++;
    console.log(`failed   ${name}\n${fault.message.split('\n').slice(-Number(process.env.LINES_SHOWN)).join('\n')}`);
  }
  await stopAll();
  writeFileSync(hosts, plainHosts);
}

/** A service of a compose file: where its volumes lie, its environment, its command. */
function service(compose, name, folder, volumes) {
  const { environment = {}, volumes: mounts = [], command, working_dir: cwd, ...rest } = compose.services[name];
  const places = mounts.map((mount) => {
    const [from, to] = mount.split(':');
    return { to, from: from.startsWith('.') ? resolve(folder, from) : volumes(from) };
  });
  // A folder of the container stands where its volume lies; a single file is mounted into a folder of its own.
  const place = (text) => places.reduce((at, { to, from }) => at.replace(new RegExp(`^${to}(?=/|$)`), from), text);
  const file = places.find(({ to }) => to === '/work/twilioemu.yaml');
  return {
    ...rest,
    env: { ...process.env, ...(rest.build ? image : {}), ...Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, place(value)])) },
    cwd: file ? dirname(file.from) : cwd ? place(cwd) : mkdtempSync(join(work, 'service-')),
    command: [...(rest.build ? ['twilioemu'] : []), ...(command ?? ['serve']).map(place)],
  };
}

const start = ({ command, env, cwd }) => launch(command, { env, cwd });
const finish = ({ command, env, cwd }) => run(command, { env, cwd });
const isHealthy = ({ env, cwd }) => until(['twilioemu', 'health'], { env, cwd });
const names = (line) => appendFileSync(hosts, `127.0.0.1 ${line}\n`);
const spoke = (text) => { if (!/"message": ?"SM[0-9a-f]{32}"/.test(text) || !/"call": ?"CA[0-9a-f]{32}"/.test(text)) throw new Error(`the app did not name its message and call:\n${text}`); };

/** The commands that a comment shows, indented by three blanks. */
const shown = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('#   ')).map((line) => line.slice(4));

await claim('compose.yaml: the emulator with an app beside it, texted as its first lines say', async () => {
  if (!dockerfile.includes('TWILIOEMU_HOST=0.0.0.0')) throw new Error('the image listens elsewhere than here');
  const compose = read('weather-compose.json');
  names('twilioemu weather-app');
  const emulator = service(compose, 'twilioemu', root, () => '');
  start(emulator);
  await isHealthy(emulator);
  const app = service(compose, 'weather-app', root, () => '');
  start(app);
  await until(app.healthcheck.test.slice(1), { env: app.env, cwd: app.cwd });
  const commands = shown(join(root, 'compose.yaml'));
  // A person looks again; an app on a busy machine takes its time.
  const looks = `for each in $(seq 40); do said=$(${commands.at(-1)}); grep -q '"received":\\[{' <<<"$said" && break; sleep 0.5; done; echo "$said"`;
  const said = await run(['bash', '-ec', [...commands.slice(0, -1), looks].join('\n')], { env: process.env });
  if (!/"received":\s*\[\s*\{/.test(said) || !/94107|sun|degrees|weather/i.test(said.slice(said.indexOf('received')))) throw new Error(`the phone had no answer:\n${said}`);
});

for (const way of ['by-names', 'by-proxy']) {
  await claim(`examples/unchanged-app/compose.yaml: ${way}`, async () => {
    const compose = read('unchanged-app-compose.yaml.json');
    const folder = join(root, 'examples/unchanged-app');
    const kept = mkdtempSync(join(work, 'volumes-'));
    const volumes = (name) => { mkdirSync(join(kept, name), { recursive: true }); return join(kept, name); };
    const emulator = service(compose, 'twilioemu', folder, volumes);
    names(['twilioemu', ...(way === 'by-names' ? emulator.networks.default.aliases : [])].join(' '));
    // `docker compose run --rm ca`, once, before.
    await finish(service(compose, 'ca', folder, volumes));
    start(emulator);
    await isHealthy(emulator);
    spoke(await finish(service(compose, way, folder, volumes)));
  });
}

/** A runner of workflows: its steps, one after the other, each with what the ones before have left in GITHUB_ENV. */
async function steps(job, env, folder) {
  const left = join(folder, 'github-env');
  writeFileSync(left, '');
  let text = '';
  for (const step of job.steps.filter((s) => s.run)) {
    const more = {};
    const lines = readFileSync(left, 'utf8').split('\n');
    for (let i = 0; i < lines.length; i++) {
      const [, name, end] = /^([^=<]+)<<(.+)$/.exec(lines[i]) ?? [];
      if (name) { const value = []; while (lines[++i] !== end) value.push(lines[i]); more[name] = value.join('\n'); }
      else if (lines[i].includes('=')) more[lines[i].slice(0, lines[i].indexOf('='))] = lines[i].slice(lines[i].indexOf('=') + 1);
    }
    text = await run(['bash', '-eo', 'pipefail', '-c', step.run], { env: { ...env, ...more, GITHUB_ENV: left }, cwd: join(folder, 'app') });
  }
  return text;
}

for (const way of ['by-names', 'by-environment']) {
  await claim(`examples/unchanged-app/actions.yaml: ${way}`, async () => {
    const workflow = read('unchanged-app-actions.yaml.json');
    const job = workflow.jobs[way];
    const folder = mkdtempSync(join(work, 'runner-'));
    for (const each of ['app', 'tools', 'temp']) mkdirSync(join(folder, each));
    const tool = (name, body) => { writeFileSync(join(folder, 'tools', name), `#!/usr/bin/env bash\n${body}\n`); chmodSync(join(folder, 'tools', name), 0o755); };
    tool('sudo', 'exec "$@"');
    // An app whose packages are there already.
    tool('npm', `[ "$1" = ci ] && exit 0\nexec node app.mjs`);
    tool('docker', `case $1 in
  cp) printf '#!/bin/sh\\nexec twilioemu "$@"\\n' >"$3"; chmod +x "$3" ;;
  run) shift; while [ $# -gt 1 ]; do case $1 in --env) case $2 in *=*) export "$2" ;; esac; shift 2 ;; --name|--network) shift 2 ;; *) shift ;; esac; done
    cd "$RUNNER_TEMP" && { setsid twilioemu serve >"$RUNNER_TEMP/log" 2>&1 </dev/null & echo $! >"$RUNNER_TEMP/pid"; } ;;
esac`);
    writeFileSync(join(folder, 'app/app.mjs'), readFileSync(join(root, 'sdk-tests/redirection/app.mjs')));
    const env = { ...process.env, ...workflow.env, PATH: `${join(folder, 'tools')}:${process.env.PATH}`, RUNNER_TEMP: join(folder, 'temp'), APP_MODULES: `${root}/sdk-tests/node/`, DOTNET_EnableDiagnostics: '0' };
    if (job.services) {
      const container = { command: ['twilioemu', 'serve'], env: { ...process.env, ...image, ...job.services.twilioemu.env }, cwd: folder };
      start(container);
      await isHealthy(container);
    }
    try {
      spoke(await steps(job, env, folder));
    } finally {
      const pid = join(folder, 'temp/pid');
      if (existsSync(pid)) process.kill(Number(readFileSync(pid, 'utf8')), 'SIGTERM');
    }
  });
}

console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
