// One emulator process for tests: started on free ports, stopped by its own handle.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmulatorClient } from './client.js';
import { optionsOf } from './slips.js';

const defaultSid = 'AC00000000000000000000000000000001';
const defaultToken = '00000000000000000000000000000001';
const stopLimit = 5_000;

/**
 * @typedef {object} Emulator
 * @property {string} url where it is: REST, control API, forward proxy
 * @property {string | null} tlsUrl the same for TLS
 * @property {string} accountSid the first account
 * @property {string | undefined} authToken its token; undefined where the config names accounts of its own
 * @property {EmulatorClient} client the control API
 * @property {string} said what it wrote to its terminal so far
 * @property {() => Promise<void>} stop ends it, once or again
 */

/**
 * Starts an emulator and settles when it serves. One that is never stopped ends with this process.
 * @param {object} [options]
 * @param {string} [options.program] executable, or a dll for `dotnet`; else `TWILIOEMU` of the environment, else `twilioemu` on the PATH
 * @param {string} [options.clock] `manual` (moves when something is waited for, or when told), `auto`, `real`, `xN`
 * @param {number} [options.seed] source of SIDs and chances
 * @param {string} [options.config] path of a config file
 * @param {string} [options.yaml] text of one
 * @param {number} [options.port] 0 picks a free one
 * @param {number} [options.httpsPort] 0 picks a free one
 * @param {string} [options.accountSid] of the first account, where the config names none
 * @param {string} [options.authToken] its token
 * @param {string[]} [options.args] more options of `twilioemu serve`
 * @param {NodeJS.ProcessEnv} [options.env] added to this process's
 * @param {number} [options.patience] real ms until it must serve, and for every call of its client
 * @returns {Promise<Emulator>}
 */
export async function startEmulator(options = {}) {
  const {
    program, clock = 'manual', seed = 1, config, yaml, port = 0, httpsPort = 0, accountSid = defaultSid, authToken = defaultToken, args = [], env = {}, patience = 30_000,
  } = optionsOf('startEmulator', options, 'program', 'clock', 'seed', 'config', 'yaml', 'port', 'httpsPort', 'accountSid', 'authToken', 'args', 'env', 'patience');
  if (config !== undefined && yaml !== undefined) throw new TypeError('say either config (a path) or yaml (a text)');
  const folder = yaml === undefined ? null : await mkdtemp(join(tmpdir(), 'twilioemu-'));
  const file = folder ? join(folder, 'twilioemu.yaml') : config;
  if (folder) await writeFile(file, yaml);
  const path = program ?? process.env.TWILIOEMU ?? 'twilioemu';
  const [command, ...first] = path.endsWith('.dll') ? ['dotnet', path] : [path];
  const child = spawn(
    command,
    [...first, 'serve', '--port', `${port}`, '--https-port', `${httpsPort}`, '--clock', clock, '--seed', `${seed}`, ...(file ? ['--config', file] : []), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, ...env } });
  const killNow = () => child.kill('SIGKILL');
  // Of who forgets to stop it: neither the emulator nor its folder stays.
  const clear = () => { killNow(); if (folder) rmSync(folder, { recursive: true, force: true }); };
  process.once('exit', clear);
  const ended = new Promise((resolve) => { child.once('exit', resolve); child.once('error', resolve); });
  const output = { said: '' };

  let stopping = null;
  const stop = () => (stopping ??= (async () => {
    child.ref();
    child.kill('SIGTERM');
    const stubborn = setTimeout(killNow, stopLimit);
    await ended;
    clearTimeout(stubborn);
    process.removeListener('exit', clear);
    if (folder) await rm(folder, { recursive: true, force: true });
  })());

  try {
    const { url, tlsUrl, account, controlToken } = await readyLine(child, path, output, patience);
    // Whoever forgets to stop it may still end.
    for (const handle of [child, child.stdout, child.stderr]) handle.unref();
    return {
      url,
      tlsUrl,
      accountSid: account,
      authToken: account === accountSid ? authToken : undefined,
      client: new EmulatorClient(url, { patience, controlToken }),
      get said() { return output.said; },
      stop,
      [Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')]: stop,
    };
  } catch (fault) {
    killNow();
    await stop();
    throw fault;
  }
}

/** Waits for the one line that says where everything is. */
function readyLine(child, program, output, patience) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${program} is not ready after ${patience} ms:\n${output.said}`)), patience);
    const settle = (how, value) => { clearTimeout(limit); how(value); };
    const hear = (text) => {
      output.said += text;
      const ready = /is ready: REST (\S+) +TLS (\S+) .* account (\S+)/.exec(output.said);
      // One that was made at the start is told before that line; a given one is in the environment.
      const controlToken = /control token: (\S+)/.exec(output.said)?.[1];
      if (ready) settle(resolve, { url: ready[1], tlsUrl: ready[2] === 'off' ? null : ready[2], account: ready[3], controlToken });
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', (text) => { output.said += text; });
    child.once('error', (fault) => settle(reject, new Error(`${program} cannot be started (${fault.message}); TWILIOEMU names the program, an executable or a dll: a shell's alias is not seen`, { cause: fault })));
    // "close" and not "exit": by then all it said has been read.
    child.once('close', (code) => settle(reject, new Error(`${program} ended with ${code} before it was ready:\n${output.said}`)));
  });
}
