// The weather by text, as an app built on Twilio: no dependency, so that it runs in a bare Node image.
//   POST /sms      Twilio's webhook: a ZIP code in, the weather out (TwiML)
//   POST /alert    to=NUMBER: sends a storm warning by REST
//   POST /status   Twilio's status callback for it
//   GET  /health
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { PORT = '5000', PUBLIC_URL = `http://localhost:${PORT}`, TWILIO_API_URL = 'https://api.twilio.com' } = process.env;
const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN = '', TWILIO_NUMBER } = process.env;
const MAX_BODY = 64 * 1024;

const weather = { 94107: 'sunny, 18 °C', 10001: 'rain, 9 °C', 60601: 'snow, -4 °C' };

/** https://www.twilio.com/docs/usage/security: HMAC-SHA1 of the URL and the parameters in the order of their names. */
function isSignedByTwilio(request, parameters) {
  const signed = [...parameters.keys()].sort().reduce((text, name) => text + name + parameters.get(name), PUBLIC_URL + request.url);
  const wanted = createHmac('sha1', TWILIO_AUTH_TOKEN).update(signed, 'utf8').digest();
  const given = Buffer.from(request.headers['x-twilio-signature'] ?? '', 'base64');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readForm(request) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY) throw new Error('body too long');
  }
  return new URLSearchParams(body);
}

function forecast(text) {
  const zip = text.trim();
  return weather[zip] ? `Weather in ${zip}: ${weather[zip]}` : 'Text me a ZIP code, such as 94107.';
}

async function alert(to) {
  const answer = await fetch(`${TWILIO_API_URL}/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`)}` },
    body: new URLSearchParams({ To: to, From: TWILIO_NUMBER, Body: 'Storm ahead: stay in.', StatusCallback: `${PUBLIC_URL}/status` }),
  });
  return [answer.status, 'application/json', await answer.text()];
}

async function answer(request) {
  const { pathname } = new URL(request.url, PUBLIC_URL);
  if (request.method === 'GET' && pathname === '/health') return [200, 'text/plain', 'ok'];
  if (request.method !== 'POST') return [404, 'text/plain', 'not found'];
  const form = await readForm(request);
  if (pathname === '/alert') return form.get('to') ? alert(form.get('to')) : [400, 'text/plain', 'to is missing'];
  if (!isSignedByTwilio(request, form)) return [403, 'text/plain', 'not signed by Twilio'];
  if (pathname === '/status') {
    console.log(`${form.get('MessageSid')} ${form.get('MessageStatus')}`);
    return [204, 'text/plain', ''];
  }
  if (pathname === '/sms') return [200, 'text/xml', `<Response><Message>${forecast(form.get('Body') ?? '')}</Message></Response>`];
  return [404, 'text/plain', 'not found'];
}

createServer(async (request, response) => {
  const [status, type, body] = await answer(request).catch((error) => [500, 'text/plain', error.message]);
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}).listen(Number(PORT), () => console.log(`the weather app listens on ${PUBLIC_URL}`));

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
