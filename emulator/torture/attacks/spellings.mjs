// Attacks on the doors once more, by the neighbours of what is refused: other spellings of names, origins, types, tokens and addresses.
import { account, app, basic, number, sleep, start } from '../lib/emulator.mjs';
import { connect } from 'node:net';

const json = '{"friendly_name":"x"}';
const secret = 'of-this-attack-alone';
const messages = `/2010-04-01/Accounts/${account}/Messages.json`;

const strangers = ['evil.example', 'evil.example.', 'EVIL.example:80', 'localhost.evil.example', '127.0.0.1.evil.example', 'api.twilio.com.evil.example',
  'eviltwilio.com', 'xn--eckwd4c7c.example', 'host.docker.internal.evil.example', '127.0.0.1:4010@evil.example', 'evil.example, localhost', '[evil.example]',
  '[::1].evil.example', 'evil.example\r\nHost: localhost'];
const ours = ['localhost', 'LOCALHOST', 'localhost.', '127.0.0.1', '[::1]', '[0:0:0:0:0:0:0:1]', 'twilioemu', 'a.localhost', 'host.docker.internal', 'api.twilio.com', 'API.TWILIO.COM.', ''];
const origins = (port) => ['null', '', 'http://evil.example', 'http://127.0.0.1:1', 'https://127.0.0.1', 'http://127.0.0.1', `http://127.0.0.1:${port}/`, `http://localhost:${port}`,
  `http://[::1]:${port}`, 'file://', 'chrome-extension://abcdefgh', `http://127.0.0.1:${port}@evil.example`, `http://127.0.0.1:${port}.evil.example`, `http://u:p@127.0.0.1:${port}`,
  `http://127.0.0.1:${port}, http://evil.example`, `http://127.0.0.1:${port}\r\nOrigin: http://evil.example`];
const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain; application/json', '', 'application/jsonp', 'application/json, text/plain',
  'text/json', '+json', 'text/plain;+json', 'audio/wav'];
const jsonTypes = ['application/json', 'APPLICATION/JSON; charset=utf-8', 'application/vnd.a+json'];
// A token anywhere but where a bearer's stands, and paths that mean the control API in other words.
const tokenless = (port) => [['GET', '/_emu/v1/journal'], ['GET', `/_emu/v1/journal?token=${secret}`], ['GET', '/_emu/v1/journal', `Cookie: twilioemu-${port}=${secret}`],
  ['GET', '/_emu/v1/journal', `Authorization: Basic ${Buffer.from(secret).toString('base64')}`], ['GET', '/_emu/v1/journal', `Authorization: Bearer x, Bearer ${secret}`],
  ['GET', '/_emu/v1/journal', `Authorization: Bearer x\r\nAuthorization: Bearer ${secret}`], ['GET', '/_EMU/v1/journal'], ['GET', '//_emu/v1/journal'], ['GET', '/%5femu/v1/journal'],
  ['GET', '/_emu/v1/health/../journal'], ['GET', '/_emu/v1/health/%2e%2e/journal'], ['GET', '/_emu/ui/../v1/journal'], ['GET', '/_emu/v1/health/x'], ['POST', '/_emu/v1/health'],
  ['POST', '/_emu/v1/session'], ['GET', `http://127.0.0.1:${port}/_emu/v1/journal`], ['GET', 'http://api.twilio.com/_emu/v1/journal']];
const metadata = ['169.254.169.254', '[::ffff:169.254.169.254]', '[::ffff:a9fe:a9fe]', '[64:ff9b::a9fe:a9fe]', '[2002:a9fe:a9fe::1]', '[::a9fe:a9fe]', '[fd00:ec2::254]', '[fd20:ce::254]', '[fe80::a9fe:a9fe]',
  '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.43518', '100.100.100.200', '168.63.129.16'];

/** What a raw request is answered: its status, or 0. */
function say(port, lines, body = '') {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const end = () => { clearTimeout(late); done(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)); };
    const late = setTimeout(() => socket.destroy(), 5_000);
    socket.on('data', (bytes) => { text += bytes; });
    socket.on('error', () => {});
    socket.on('close', end);
    socket.write(`${lines.filter(Boolean).join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
  });
}

/** How many of some tries were answered as they must be, and which were not. */
async function count(tries) {
  const missed = [];
  for (const [name, wanted, asked] of tries) {
    const status = await asked();
    if (!wanted.includes(status)) missed.push(`${JSON.stringify(name)} ${status}`);
  }
  return { now: `${tries.length - missed.length} of ${tries.length} as they must be${missed.length > 0 ? `; not: ${missed.join(', ')}` : ''}`, ok: missed.length === 0 };
}

async function holding(program, flags, ask) {
  const emulator = await start(program, { flags: ['--clock', 'manual', ...flags] });
  try { return await ask(emulator); } finally { await emulator.stop(); }
}

export const attacks = [
  {
    point: 6, figure: 'hosts, origins and content types in other spellings, to the control API and REST', before: 'not looked at',
    run: (program) => holding(program, [], ({ port }) => {
      const clock = (...more) => say(port, ['GET /_emu/v1/clock HTTP/1.1', ...more]);
      const rest = (...more) => say(port, [`GET ${messages} HTTP/1.1`, `Authorization: ${basic}`, ...more]);
      const typed = (type, isChunked) => say(
        port, ['POST /_emu/v1/accounts HTTP/1.1', 'Host: localhost', type && `Content-Type: ${type}`, isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${json.length}`],
        isChunked ? `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n` : json);
      return count([
        ...strangers.flatMap((host) => [[host, [400, 403], () => clock(`Host: ${host}`)], [host, [400, 403], () => rest(`Host: ${host}`)]]),
        ...ours.map((host) => [host, [200], () => clock(`Host: ${host}`)]),
        ...origins(port).flatMap((origin) => [
          [origin, [403], () => clock(`Host: 127.0.0.1:${port}`, `Origin: ${origin}`)], [origin, [403], () => rest(`Host: 127.0.0.1:${port}`, `Origin: ${origin}`)],
          [origin, [403], () => say(port, ['OPTIONS /_emu/v1/reset HTTP/1.1', `Host: 127.0.0.1:${port}`, `Origin: ${origin}`, 'Access-Control-Request-Method: POST'])],
        ]),
        ...[`http://127.0.0.1:${port}`, `HTTP://127.0.0.1:${port}`].map((origin) => [origin, [200], () => clock(`Host: 127.0.0.1:${port}`, `Origin: ${origin}`)]),
        ...types.flatMap((type) => [[type, [415], () => typed(type, false)], [`${type} in chunks`, [415], () => typed(type, true)]]),
        ...jsonTypes.map((type) => [type, [201], () => typed(type, false)]),
      ]);
    }),
  },
  {
    point: 7, figure: 'the control API without its token, by other headers, cookies, queries and paths', before: 'no token',
    run: (program) => holding(program, ['--control-token', secret], ({ port }) => count([
      ...tokenless(port).map(([method, path, more]) => [`${method} ${path} ${more ?? ''}`, [401, 404], () => say(port, [`${method} ${path} HTTP/1.1`, 'Host: localhost', more, 'Content-Length: 0'])]),
      ...['/_emu/v1/health', '/_emu/v1/ca.pem', '/_emu/v1/ca-bundle.pem', '/_emu/ui/'].map((path) => [path, [200], () => say(port, [`GET ${path} HTTP/1.1`, 'Host: any.example'])]),
      ['a bearer', [200], () => say(port, ['GET /_emu/v1/journal HTTP/1.1', 'Host: any.example', `Authorization: bearer ${secret}`])],
    ])),
  },
  {
    point: 7, figure: 'the proxy to addresses of clouds\' metadata, in fifteen spellings, as tunnel and as request', before: 'IPv6 ones were reached',
    run: (program) => holding(program, [], ({ port }) => count(metadata.flatMap((host) => [
      // 400: no spelling a CONNECT may have.
      [`CONNECT ${host}`, [400, 403], () => say(port, [`CONNECT ${host}:80 HTTP/1.1`, `Host: ${host}:80`])],
      [`GET http://${host}/`, [403], () => say(port, [`GET http://${host}/latest/meta-data HTTP/1.1`, `Host: ${host}`])],
    ]))),
  },
  {
    point: 7, figure: 'an app that answers webhooks with redirects to clouds\' metadata', before: 'not tried',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'auto'] });
      let asked = 0;
      const leads = await app((request, response) => { response.writeHead(302, { location: `http://${metadata[asked++ % metadata.length]}/latest` }).end(); });
      try {
        for (const i of metadata.keys()) await emulator.post('Calls.json', { To: `+141555502${10 + i}`, From: number, Url: `${leads.url}/${i}` });
        let refused = 0;
        for (let i = 0; i < 100 && refused < metadata.length; i++) {
          await sleep(100);
          const { webhooks } = await emulator.json('GET', 'webhooks?outcome=failed&limit=100');
          refused = webhooks.filter((w) => /machine's secrets/.test(JSON.stringify(w))).length;
        }
        return { now: `${refused} of ${metadata.length} refused by name`, ok: refused === metadata.length };
      } finally { leads.close(); await emulator.stop(); }
    },
  },
];
