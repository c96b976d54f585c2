// An emulator of one's own for an attack: started on a free port, measured, stopped by its id. Needs nothing but Node.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import http from 'node:http';
import net from 'node:net';
import { atEnd, scratch } from '../../../sdk-tests/node/lib/scratch.js';

export const account = 'AC00000000000000000000000000000001';
export const token = '00000000000000000000000000000001';
export const number = '+14155550100';
export const basic = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const load = () => +loadavg()[0].toFixed(1);

const form = 'application/x-www-form-urlencoded';

/** The command that runs a program named from where the script was started: the emulator has a folder of its own. */
export function command(program) {
  const path = resolve(program);
  return path.endsWith('.dll') ? ['dotnet', path] : [path];
}

/** Starts `twilioemu serve`; config is its YAML, flags more of its options, heap a bound of the collector in bytes (as a container of that size has it). */
export async function start(program, { flags = [], config = `numbers:\n  - { number: "${number}", messages_per_second: 1000 }\n`, heap = Number(process.env.TORTURE_HEAP ?? 0), env = {} } = {}) {
  const folder = scratch('torture-');
  writeFileSync(join(folder, 'twilioemu.yaml'), config);
  const bounds = heap ? { DOTNET_GCHeapHardLimit: heap.toString(16) } : {};
  const [file, ...first] = command(program);
  const child = spawn(file, [...first, 'serve', '--port', '0', ...(flags.includes('--https-port') ? [] : ['--https-port', 'off']), ...(flags.includes('--sip-port') ? [] : ['--sip-port', 'off']), '--log', 'quiet', '--seed', '1', ...flags],
    { cwd: folder, env: { ...process.env, ...bounds, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  child.once('exit', atEnd(() => child.kill('SIGKILL')));
  let text = '';
  const url = await new Promise((done, fail) => {
    child.stdout.on('data', (bytes) => { text += bytes; const at = /http:\/\/127\.0\.0\.1:\d+/.exec(text); if (at && text.includes('\n')) done(at[0]); });
    child.on('exit', (code) => fail(new Error(`the emulator ended with ${code}: ${text}`)));
  });
  return new Emulator(child, url, Number(/https:\/\/[^\s:]+:(\d+)/.exec(text)?.[1]));
}

class Emulator {
  constructor(child, url, tlsPort) {
    this.child = child;
    this.url = url;
    this.tlsPort = tlsPort;
    this.port = Number(new URL(url).port);
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 400 });
  }

  /** One request; { status, text, ms }. */
  ask(method, path, body, headers = {}) {
    const begun = performance.now();
    return new Promise((done, fail) => {
      const request = http.request({ agent: this.agent, host: '127.0.0.1', port: this.port, method, path, headers: { ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }), ...headers } }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString(), ms: performance.now() - begun }));
        answer.on('error', fail);
      });
      request.on('error', fail);
      request.end(body);
    });
  }

  post(path, fields, as = { sid: account, basic }) {
    return this.ask('POST', `/2010-04-01/Accounts/${as.sid}/${path}`, new URLSearchParams(fields).toString(), { authorization: as.basic, 'content-type': form });
  }

  get(path) { return this.ask('GET', `/2010-04-01/Accounts/${account}/${path}`, undefined, { authorization: basic }); }

  control(method, path, body) {
    return this.ask(method, `/_emu/v1/${path}`, body === undefined ? undefined : JSON.stringify(body), body === undefined ? {} : { 'content-type': 'application/json' });
  }

  async json(method, path, body) { return JSON.parse((await this.control(method, path, body)).text); }

  message(fields = {}, as) { return this.post('Messages.json', { To: '+14155550199', From: number, Body: 'x', ...fields }, as); }

  /** A raw connection that sends a text and reads nothing. */
  async raw(text) {
    const socket = net.connect(this.port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((done) => socket.once('connect', done));
    socket.pause();
    socket.write(text);
    return socket;
  }

  /** Waits until the journal has not grown for two seconds, on a busy machine for minutes at most; its last seq, and what came in the last two seconds. */
  async quiet(least = 4, most = 180) {
    const last = async () => (await this.json('GET', 'journal?limit=1')).last_seq;
    let [before, now] = [0, await last()];
    for (let waited = 0; waited < least || (before !== now && waited < most); waited += 2) { await sleep(2_000); [before, now] = [now, await last()]; }
    return { last: now, grown: now - before };
  }

  /** Resident now, in MB. */
  rss() { return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024); }

  /** Resident at its height, in MB. */
  peak() { return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024); }

  /** Stops it politely; how long that took, in seconds. */
  async stop() {
    const begun = performance.now();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((done) => this.child.once('exit', done));
      this.child.kill('SIGTERM');
      const late = setTimeout(() => this.child.kill('SIGKILL'), 60_000);
      await ended;
      clearTimeout(late);
    }
    this.agent.destroy();
    return (performance.now() - begun) / 1000;
  }
}

/** So many at once, until a count is done; a second's worth, and the statuses. */
export async function rate(count, lanes, one) {
  let left = count;
  const statuses = {};
  const begun = performance.now();
  await Promise.all(Array.from({ length: lanes }, async () => {
    while (left-- > 0) {
      const { status } = await one(count - left - 1);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  }));
  return { perSecond: Math.round((count * 1000) / (performance.now() - begun)), statuses };
}

/** An app on a free port. */
export async function app(handler) {
  const server = http.createServer(handler);
  server.on('clientError', () => {});
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}
