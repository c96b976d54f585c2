import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { startEmulator } from '../src/index.js';
import { program } from './house.js';

test('an emulator serves on free ports until it is stopped', async () => {
  const [one, two] = await Promise.all([startEmulator({ program }), startEmulator({ program, clock: 'x10', seed: 7 })]);
  assert.notEqual(one.url, two.url);
  assert.match(one.tlsUrl, /^https:/);
  assert.deepEqual([one.accountSid, one.authToken], ['AC00000000000000000000000000000001', '00000000000000000000000000000001']);
  const health = await two.client.health();
  assert.deepEqual([health.status, health.clock, health.seed], ['ready', 'x10', 7]);
  await Promise.all([one.stop(), two.stop(), one.stop()]);
  await assert.rejects(one.client.health(), /ECONNREFUSED/);
});

test('an account may be the test\'s own', async () => {
  const given = { accountSid: 'AC00000000000000000000000000000042', authToken: 'secret' };
  const emulator = await startEmulator({ program, ...given });
  assert.deepEqual([emulator.accountSid, emulator.authToken], [given.accountSid, given.authToken]);
  await emulator.stop();
});

test('a config\'s own account has a token that only the config knows', async () => {
  const emulator = await startEmulator({ program, yaml: 'accounts: [{ sid: AC00000000000000000000000000000043, auth_token: hidden }]' });
  assert.deepEqual([emulator.accountSid, emulator.authToken], ['AC00000000000000000000000000000043', undefined]);
  await emulator.stop();
});

test('a faulty config is told with its place', async () => {
  await assert.rejects(startEmulator({ program, yaml: 'numbrs: []' }), /ended with 2 before it was ready:\n.*twilioemu\.yaml:1:1: .*numbrs/s);
});

test('a program that is not there is told with the way out', async () => {
  await assert.rejects(startEmulator({ program: '/no/such/program' }), /\/no\/such\/program cannot be started .*TWILIOEMU/);
  await assert.rejects(startEmulator({ program, config: 'x', yaml: 'y' }), TypeError);
});

test('one that nobody stops ends with the tests', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', `
    import { startEmulator } from ${JSON.stringify(new URL('../src/index.js', import.meta.url).href)};
    console.log((await startEmulator({ program: ${JSON.stringify(program)} })).url);
  `], { stdio: ['ignore', 'pipe', 'inherit'] });
  let url = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { url += text; });
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  await assert.rejects(fetch(`${url.trim()}/_emu/v1/health`));
});
