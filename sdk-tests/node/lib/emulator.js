// One emulator process: started for a test file, stopped by its own handle.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const artifacts = fileURLToPath(new URL('../../../artifacts/bin/TwilioEmu/', import.meta.url));
const startLimit = 30_000;
// Beside a port that was asked for, the usual ones would be taken.
const others = ['--https-port', 'off', '--sip-port', 'off', '--sips-port', 'off', '--smpp-port', 'off'];

/** The program to test: TWILIOEMU names an executable or a dll; else what was built last in this tree. */
export function program() {
  const given = process.env.TWILIOEMU;
  const built = ['release', 'debug'].map((c) => `${artifacts}${c}/twilioemu.dll`).find(existsSync);
  const path = given || built;
  if (!path) throw new Error('no emulator: build emulator/src/TwilioEmu, or name a program in TWILIOEMU');
  return path.endsWith('.dll') ? ['dotnet', path] : [path];
}

/** Starts an emulator on free ports, or at one that was free before, and waits for the line that says where it is. */
export async function startEmulator({ clock = 'auto', options = [], port = 0, unbuilt = 'store' } = {}) {
  const [command, ...first] = program();
  const child = spawn(command, [...first, 'serve', '--port', String(port), '--clock', clock, '--seed', '1', '--unbuilt', unbuilt, ...(port === 0 ? [] : others), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined },
  });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`not ready after ${startLimit} ms:\n${said}`)), startLimit);
    const hear = (text) => {
      said += text;
      const ready = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (!ready) return;
      clearTimeout(limit);
      resolve(ready[0]);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', (text) => { said += text; });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${said}`)));
  }).catch((fault) => { child.kill('SIGKILL'); throw fault; });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    url,
    get said() { return said; },
    async stop() {
      child.kill('SIGTERM');
      const stubborn = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(stubborn);
    },
  };
}
