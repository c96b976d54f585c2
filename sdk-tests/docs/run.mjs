// The blocks of docs/how-do-i.md, run as they stand: node sdk-tests/docs/run.mjs [sh|yaml|js|python|csharp ...]
//
// Shell lines that tell what they print ("# → text") must print it. TWILIOEMU names the program to test; else it is what was built in this tree.
// What needs a tool that is not here is skipped, and said. The last line is "N passed, N failed, N skipped".
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch } from '../node/lib/scratch.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = process.env.TWILIOEMU ?? ['release', 'debug'].map((c) => join(root, `artifacts/bin/TwilioEmu/${c}/twilioemu.dll`)).find(existsSync);
if (!built) throw new Error('no emulator: build emulator/src/TwilioEmu, or name a program in TWILIOEMU');
const program = built.endsWith('.dll') ? ['dotnet', built] : [built];
const work = scratch('twilioemu-docs-');
const counts = { passed: 0, failed: 0, skipped: 0 };
const limit = 240_000;

/** The blocks of a language under their headings; the one before the first numbered heading is how the others begin. */
const blocks = {};
let title = '';
for (const [, heading, language, text] of readFileSync(join(root, 'docs/how-do-i.md'), 'utf8').matchAll(/^#{2,3} (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
  if (heading !== undefined) { title = heading; continue; }
  const of = blocks[language] ??= { begins: '', tasks: [] };
  if (/^\d+\./.test(title)) of.tasks.push({ title, text });
  else of.begins = text;
}

function tell(title, error) {
  counts[error === undefined ? 'passed' : 'failed']++;
  console.log(`${error === undefined ? 'passed ' : 'failed '}  ${title}`);
  if (error !== undefined) console.log(String(error).split('\n').slice(0, 25).map((l) => `    ${l}`).join('\n'));
}

/** Runs a program to its end; gives what it printed, throws that where it failed. */
function run(command, args, options = {}) {
  try {
    return execFileSync(command, args, { cwd: work, timeout: limit, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', ...options });
  } catch (error) {
    throw `${error.stdout ?? ''}${error.stderr ?? ''}` || error;
  }
}

const task = (title, act) => { try { act(); tell(title); } catch (error) { tell(title, error); } };
const skip = (tasks, why) => { for (const { title } of tasks) { counts.skipped++; console.log(`skipped  ${title}: ${why}`); } };
const has = (command, ...args) => { try { execFileSync(command, args, { stdio: 'ignore' }); return true; } catch { return false; } };

mkdirSync(join(work, 'bin'));
writeFileSync(join(work, 'bin/twilioemu'), `#!/bin/sh\nexec ${program.map((p) => `"${p}"`).join(' ')} "$@"\n`, { mode: 0o755 });
const env = { ...process.env, PATH: `${join(work, 'bin')}:${process.env.PATH}`, TWILIOEMU: built };
for (const name of Object.keys(env)) if (/^(TWILIO_|https?_proxy$)/i.test(name)) delete env[name];

async function shell({ begins, tasks }) {
  const emulator = spawn(program[0], [...program.slice(1), 'serve', '--port', '0', '--https-port', 'off', '--clock', 'auto', '--seed', '1'], { cwd: work, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const url = await new Promise((ready, gone) => {
    emulator.stdout.on('data', (part) => { said += part; const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said); if (found) ready(found[0]); });
    emulator.once('exit', () => gone(new Error(`no emulator: ${said}`)));
  });
  try {
    for (const { title, text } of tasks) {
      task(title, () => {
        const printed = run('bash', ['-eo', 'pipefail', '-c', begins.replace('http://127.0.0.1:4010', url) + text], { env });
        for (const [, wanted] of text.matchAll(/# → (.*)$/gm)) if (!printed.includes(wanted.trim())) throw `it did not print ${wanted}\n${printed}`;
      });
    }
  } finally {
    emulator.removeAllListeners('exit');
    emulator.kill();
  }
}

function story({ tasks }) {
  for (const { title, text } of tasks) {
    task(title, () => {
      writeFileSync(join(work, 'story.yaml'), text);
      run(program[0], [...program.slice(1), 'run', 'story.yaml'], { env });
    });
  }
}

function js({ begins, tasks }) {
  if (!existsSync(join(root, 'sdk-tests/node/node_modules/twilio'))) return skip(tasks, 'no npm ci');
  mkdirSync(join(work, 'node_modules'));
  symlinkSync(join(root, 'sdk-tests/node-helper'), join(work, 'node_modules/twilioemu'));
  symlinkSync(join(root, 'sdk-tests/node/node_modules/twilio'), join(work, 'node_modules/twilio'));
  for (const { title, text } of tasks) {
    task(title, () => {
      writeFileSync(join(work, 'task.mjs'), `${begins}\ntry {\n${text}\n} finally { await emulator.stop(); }\n`);
      run('node', ['task.mjs'], { env });
    });
  }
}

function python({ tasks }) {
  if (!has('/usr/bin/python3', '-c', 'import twilio')) return skip(tasks, 'no python3-twilio');
  for (const { title, text } of tasks) {
    task(title, () => {
      writeFileSync(join(work, 'task.py'), text);
      run(program[0], [...program.slice(1), 'exec', '--', '/usr/bin/python3', 'task.py'], { env });
    });
  }
}

function csharp({ begins, tasks }) {
  const folder = join(root, 'artifacts/docs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Snippets.csproj'), `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><EnableDefaultCompileItems>false</EnableDefaultCompileItems><TreatWarningsAsErrors>false</TreatWarningsAsErrors><NoWarn>$(NoWarn);CA2000;CA1812;NU1603</NoWarn></PropertyGroup>
  <ItemGroup>
    <Compile Include="Snippets.cs" />
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <PackageReference Include="Microsoft.AspNetCore.Mvc.Testing" /><PackageReference Include="Twilio" />
    <ProjectReference Include="../../examples/dotnet-tests/Bookings/Bookings.csproj" /><ProjectReference Include="../../emulator/src/TwilioEmu.Host/TwilioEmu.Host.csproj" />
  </ItemGroup>
</Project>\n`);
  const using = ['System.Net.Http.Json', 'Microsoft.AspNetCore.Hosting', 'Microsoft.AspNetCore.Mvc.Testing', 'Twilio.Clients', 'Twilio.Http', 'Twilio.Rest.Api.V2010.Account', 'TwilioEmu'];
  const methods = tasks.map(({ text }, i) => `    static async Task Task${i}()\n    {\n${begins}${text}    }\n`);
  const calls = tasks.map((_, i) => `        try { await Task${i}(); System.Console.WriteLine("task ${i} passed"); } catch (Exception fault) { System.Console.WriteLine($"task ${i} failed {fault.ToString().ReplaceLineEndings(" | ")}"); }`);
  writeFileSync(join(folder, 'Snippets.cs'), `${using.map((u) => `using ${u};`).join('\n')}\n\ninternal static class Snippets\n{\n    static async Task Main()\n    {\n${calls.join('\n')}\n    }\n${methods.join('')}}\n`);
  let printed;
  try {
    printed = run('dotnet', ['run', '--project', folder, '-c', 'Release', '-v', 'quiet'], { env: { ...env, DOTNET_NOLOGO: '1', ASPNETCORE_TEST_CONTENTROOT_BOOKINGS: join(root, 'examples/dotnet-tests/Bookings') }, timeout: 600_000 });
  } catch (error) {
    for (const { title } of tasks) tell(title, error);
    return;
  }
  for (const [i, { title }] of tasks.entries()) tell(title, printed.includes(`task ${i} passed`) ? undefined : printed.split('\n').find((l) => l.startsWith(`task ${i} failed`)) ?? printed);
}

const kinds = { sh: shell, yaml: story, js, python, csharp };
const wanted = process.argv.slice(2);
for (const [language, act] of Object.entries(kinds)) if (wanted.length === 0 || wanted.includes(language)) await act(blocks[language]);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
