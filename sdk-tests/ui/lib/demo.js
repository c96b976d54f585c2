// A world worth looking at: an app that answers texts and calls, one that is broken, one that is not there.
import { createServer } from 'node:http';

const twiml = (inner) => ({ status: 200, type: 'text/xml', body: `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>` });

const routes = {
  '/sms': (p) => /code/i.test(p.Body)
    ? twiml('<Message>Your Meadow code is 493817. It is good for ten minutes; we will never ask you for it by phone.</Message>')
    : twiml(`<Message>Thanks, ${/^\+1415/.test(p.From) ? 'San Francisco' : 'friend'}! A table for ${/\d+/.exec(p.Body)?.[0] ?? 'two'} is held for you. Reply CODE to confirm.</Message>`),
  '/voice': () => twiml('<Gather numDigits="1" timeout="30" action="/menu"><Say>Welcome to Meadow. For reservations, press 1. For opening hours, press 2.</Say></Gather><Say>Goodbye.</Say>'),
  '/menu': (p) => (p.Digits === '2' ? twiml('<Say>We are open from five to eleven, every day but Monday.</Say>') : twiml('<Say>One moment, please. I am looking for a table.</Say><Pause length="60"/>')),
  '/kitchen': () => twiml('<Dial><Conference record="record-from-start" beep="false">Kitchen stand-up</Conference></Dial>'),
  '/desk': () => twiml('<Say>I put you through to the front desk.</Say><Dial timeout="20"><Number>+14155550170</Number></Dial>'),
  '/status': () => ({ status: 204, type: 'text/plain', body: '' }),
  '/broken': () => ({ status: 500, type: 'text/html', body: '<html><body><h1>Internal Server Error</h1><p>TypeError: Cannot read properties of undefined (reading "party")</p></body></html>' }),
};

export async function startDemoApp() {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { status, type, body: answer } = routes[new URL(request.url, 'http://x').pathname]?.(Object.fromEntries(new URLSearchParams(body))) ?? { status: 404, type: 'text/plain', body: 'nothing here' };
    response.writeHead(status, { 'content-type': type }).end(answer);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

/** The config of the demo's world. */
export const configOf = (app) => `
clock: manual
seed: 7
start: 2026-03-12T18:04:20Z
accounts:
  - { sid: AC00000000000000000000000000000001, auth_token: "00000000000000000000000000000001", friendly_name: Meadow Restaurant }
numbers:
  - { number: "+14155550100", type: long-code, sms_url: "${app}/sms", voice_url: "${app}/voice", friendly_name: Reservations }
  - { number: "+14155550122", type: long-code, sms_url: "${app}/broken", friendly_name: Feedback }
  - { number: "+14155550155", type: long-code, voice_url: "${app}/kitchen", friendly_name: Kitchen }
  - { number: "+14155550166", type: long-code, voice_url: "${app}/desk", friendly_name: Front desk }
  - { number: "+18885550144", type: toll-free, sms_url: "http://127.0.0.1:9/sms" }
  - { number: "72727", type: short-code, messages_per_second: 100, sms_url: "${app}/sms" }
handsets:
  - { number: "+14155550177", texts: { status: undelivered, error_code: 30003 } }
`;

/** Lets people live in it. */
export async function live(control, rest, app) {
  const step = (by) => control.advance(by);
  await control.text('+14155550199', '+14155550100', 'Hi! Do you have a table for 4 tonight?');
  await step('8s');
  await control.text('+14155550199', '+14155550100', 'code please');
  await step('12s');
  await control.text('+14155550188', '+14155550122', 'The soup was lovely, thank you');
  await step('2s');
  await control.text('+12125550137', '+18885550144', 'Is anybody there?');
  await step('3s');
  await rest('Messages', { From: '+14155550100', To: '+14155550188', Body: 'Your table is ready. Please come to the front desk within ten minutes, or we give it to the next guest: we are sorry, it is a busy night, and the kitchen closes at eleven sharp.', StatusCallback: `${app}/status` });
  await rest('Messages', { From: '+14155550100', To: '+14155550177', Body: 'Your table is ready.', StatusCallback: `${app}/status` });
  await step('6s');
  await rest('Messages', { From: '+1415', To: '+14155550188', Body: 'x' }).catch(() => undefined);
  const past = await control.dial('+16285550164', '+14155550100', [{ hears: 'press 1', within: '20s' }, { presses: '2' }, { hears: 'Monday', within: '20s' }, { says: 'Thank you, goodbye' }, { hangs_up: true }]);
  await step('1s');
  await rest(`Calls/${past.call_sid}/Recordings`, { RecordingChannels: 'dual' });
  await step('30s');
  for (const cook of ['+14155550161', '+14155550162', '+14155550163']) await control.dial(cook, '+14155550155', []);
  await step('3s');
  await control.behave('+14155550170', { script: [{ answers: '2s' }, { says: 'Meadow, good evening' }] });
  const desk = await control.dial('+16285550171', '+14155550166', [{ hears: 'good evening', within: '30s' }, { says: 'Hello, I left my umbrella' }, { hangs_up: true }]);
  await step('14s');
  const { call_sid } = await control.dial('+14155550188', '+14155550100', []);
  await step('7s');
  await control.press(call_sid, '1');
  await step('4s');
  await control.speak(call_sid, 'A table for four at half past seven');
  await step('4s');
  await control.behave('+12125550137', { driven_from_outside: true });
  await rest('Calls', { From: '+14155550100', To: '+12125550137', Url: `${app}/voice` });
  await step('1s');
  for (let i = 0; i < 40; i++) await rest('Messages', { From: i % 5 ? '+14155550100' : '72727', To: `+1628555${String(110 + (i % 4) * 9).padStart(4, '0')}`, Body: `Tonight only: the tasting menu, seven courses, table ${i + 1}.` });
  await step('3s');
  return { call: call_sid, past: past.call_sid, desk: desk.call_sid };
}
