// The TLS door: hellos that are none, names that are not ours, old versions, renegotiation, and handshakes that never end.
import { sleep, start } from '../lib/emulator.mjs';
import { connect } from 'node:net';
import tls from 'node:tls';

const record = (kind, version, body, told = body.length) => Buffer.concat([Buffer.from([kind, version >> 8, version & 255, told >> 8 & 255, told & 255]), body]);
const handshake = (kind, body, told = body.length) => Buffer.concat([Buffer.from([kind, told >> 16, told >> 8 & 255, told & 255]), body]);
const hello = (extensions, { ciphers = Buffer.from([0x13, 1, 0xc0, 0x2f]), session = Buffer.alloc(0), version = 0x0303 } = {}) => handshake(1, Buffer.concat([
  Buffer.from([version >> 8, version & 255]), Buffer.alloc(32, 7), Buffer.from([session.length]), session, Buffer.from([ciphers.length >> 8, ciphers.length & 255]), ciphers, Buffer.from([1, 0]), Buffer.from([extensions.length >> 8, extensions.length & 255]), extensions]));
const extension = (kind, body) => Buffer.concat([Buffer.from([kind >> 8, kind & 255, body.length >> 8, body.length & 255]), body]);
const sni = (name) => { const bytes = Buffer.from(name); return extension(0, Buffer.concat([Buffer.from([(bytes.length + 3) >> 8, (bytes.length + 3) & 255, 0, bytes.length >> 8, bytes.length & 255]), bytes])); };

const hellos = {
  nothing: Buffer.alloc(0), 'one byte': Buffer.from([22]), 'zeros': Buffer.alloc(4_000), 'all ones': Buffer.alloc(4_000, 255), 'SSL 2': Buffer.from([0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10]), 'a record of 65,535': record(22, 0x0301, Buffer.alloc(100, 1), 65_535), 'a record of nothing': record(22, 0x0301, Buffer.alloc(0)),
  'a hello of 16 MB': record(22, 0x0301, handshake(1, Buffer.alloc(1_000), 0xffffff)), 'an alert first': record(21, 0x0303, Buffer.from([2, 40])), 'data first': record(23, 0x0303, Buffer.alloc(100)), 'a finished first': record(22, 0x0303, handshake(20, Buffer.alloc(12))), 'version 9.9': record(22, 0x0909, hello(Buffer.alloc(0), { version: 0x0909 })),
  'no ciphers': record(22, 0x0301, hello(Buffer.alloc(0), { ciphers: Buffer.alloc(0) })), 'ciphers nobody knows': record(22, 0x0301, hello(Buffer.alloc(0), { ciphers: Buffer.alloc(200, 0xee) })), 'a session of 255': record(22, 0x0301, hello(Buffer.alloc(0), { session: Buffer.alloc(255) })),
  'extensions that run over': record(22, 0x0301, hello(Buffer.from([0, 0, 255, 255, 1]))), 'a name of nothing': record(22, 0x0301, hello(sni(''))), 'a name of 16,000 letters': record(22, 0x0301, hello(sni('a'.repeat(16_000)))), 'a name with zero bytes': record(22, 0x0301, hello(sni('api.twilio.com\0.evil.example'))), 'a name of blanks': record(22, 0x0301, hello(sni('   '))),
  'a name that is no UTF-8': record(22, 0x0301, hello(extension(0, Buffer.from([0, 6, 0, 0, 3, 255, 254, 253])))), 'two names': record(22, 0x0301, hello(Buffer.concat([sni('api.twilio.com'), sni('evil.example')]))), 'a path as name': record(22, 0x0301, hello(sni('../../etc/passwd'))),
};

/** Says it and waits for the other side's end; true where it came. */
const say = (port, bytes, wait) => new Promise((done) => {
  const socket = connect(port, '127.0.0.1');
  const late = setTimeout(() => { socket.destroy(); done(false); }, wait);
  socket.on('data', () => {});
  socket.on('error', () => {});
  socket.on('close', () => { clearTimeout(late); done(true); });
  socket.write(bytes);
});

/** A handshake by Node; the protocol, or why not. */
const shake = (port, options) => new Promise((done) => {
  const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options }, () => { done(socket.getProtocol()); socket.destroy(); });
  socket.on('error', (fault) => done(fault.code ?? fault.message));
  socket.on('close', () => done('closed'));
});

export const attacks = [
  {
    point: 16, figure: 'TLS: hellos that are none, strange names, old versions, renegotiation, 400 handshakes that stop half-way; ended, let in, resident at the height', before: 'not tried',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'real', '--https-port', '0'] });
      const faults = [];
      try {
        const port = emulator.tlsPort;
        const open = await Promise.all(Object.values(hellos).map((bytes) => say(port, bytes, 14_000)).concat(Array.from({ length: 400 }, (_, i) => say(port, hellos['a hello of 16 MB'].subarray(0, i % 60), 14_000)), (async () => {
          // While they stand, others come in.
          await sleep(300);
          const began = performance.now();
          const got = await shake(port, { servername: 'api.twilio.com' });
          if (!/^TLSv1\.[23]$/.test(got)) faults.push(`a sound client: ${got}`);
          if (performance.now() - began > 3_000) faults.push(`a sound client waited ${Math.round(performance.now() - began)} ms`);
          for (const [what, options, wanted] of [
            ['TLS 1.2', { servername: 'api.twilio.com', maxVersion: 'TLSv1.2' }, /^TLSv1\.2$/], ['TLS 1.1', { servername: 'api.twilio.com', minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, /^(?!TLS)/], ['TLS 1.0', { servername: 'api.twilio.com', minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }, /^(?!TLS)/],
            ['evil.example', { servername: 'evil.example' }, /^(?!TLS)/], ['api.twilio.com.evil.example', { servername: 'api.twilio.com.evil.example' }, /^(?!TLS)/], ['no name', {}, /^TLS/], ['a strange protocol', { servername: 'api.twilio.com', ALPNProtocols: ['spdy/1'] }, /./], ['a cipher without keys', { servername: 'api.twilio.com', maxVersion: 'TLSv1.2', ciphers: 'aNULL@SECLEVEL=0' }, /^(?!TLS)/],
          ]) {
            const got = await shake(port, options);
            if (!wanted.test(got)) faults.push(`${what}: ${got}`);
          }
          const renewed = await new Promise((done) => {
            const socket = tls.connect({ port, host: '127.0.0.1', servername: 'api.twilio.com', rejectUnauthorized: false, maxVersion: 'TLSv1.2' }, () => socket.renegotiate({ rejectUnauthorized: false }, (fault) => { done(fault ? 'refused' : 'done'); socket.destroy(); }));
            socket.on('error', () => done('refused'));
            socket.on('close', () => done('refused'));
            setTimeout(() => { socket.destroy(); done('unanswered'); }, 3_000).unref();
          });
          if (renewed === 'done') faults.push('renegotiation is done');
          return true;
        })()));
        const left = open.filter((ended) => !ended).length;
        if (left > 0) faults.push(`${left} still open after 14 s`);
        const health = await emulator.control('GET', 'health');
        const { entries } = await emulator.json('GET', 'journal?limit=1000');
        const told = entries.filter((e) => /^(tls|port)\./.test(e.kind));
        if (!told.some((e) => e.kind === 'tls.refused' && e.subject === 'evil.example')) faults.push('the journal does not name evil.example');
        if (told.some((e) => JSON.stringify(e).length > 2_000)) faults.push('a stranger fills the journal');
        if (process.env.TORTURE_WORDS) console.log(told.map((e) => JSON.stringify(e).slice(0, 200)).join('\n'));
        const peak = emulator.peak();
        return { now: `${faults.length} of ${Object.keys(hellos).length + 409} not as they must be${faults.length ? ` (${faults.slice(0, 4).join('; ')})` : ''}; ${told.length} told; ${peak} MB; health in ${health.ms.toFixed(0)} ms`, ok: faults.length === 0 && peak < Number(process.env.TORTURE_RSS ?? 700) };
      } finally { await emulator.stop(); }
    },
  },
];
