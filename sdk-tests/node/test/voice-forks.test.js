// What forks the sound of a call (streams, SIPREC, relays) is not emulated: by document and by REST it says so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlOf } from '../lib/control.js';
import { startEmulator } from '../lib/emulator.js';
import { newPhone, openHouse, refuses, VoiceResponse } from '../lib/house.js';

const house = openHouse();
const twiml = (write) => { const response = new VoiceResponse(); write(response); return response; };
const ended = (sid) => house.control.expect({ kind: 'call.completed', subject: sid }, { within: '20m' });

test('what forks a call\'s sound is not emulated, and says so with noun, line and place: never in progress without a word', async () => {
  const { app, control } = house;
  const { client, number } = await house.newSender();
  const documents = {
    start: ['<Response>\n<Say>One.</Say>\n<Start><Stream url="wss://example.com/s" name="mine"/></Start>\n<Start><Siprec connectorName="c"/></Start>\n<Stop><Stream name="mine"/></Stop>\n<Say>Two.</Say></Response>', ['<Start><Stream>', '<Start><Siprec>', '<Stop><Stream>'], [3, 4, 5], 'Two.'],
    stream: ['<Response>\n<Connect>\n<Stream url="wss://example.com/s"/>\n</Connect><Say>Two.</Say></Response>', ['<Connect><Stream>'], [2, 3], null],
    relay: ['<Response><Connect action="/fork/never"><ConversationRelay url="wss://example.com/r"/></Connect><Say>Two.</Say></Response>', ['<Connect><ConversationRelay>'], [1], null],
  };
  app.on('/fork/never', () => twiml(() => {}));
  for (const [name, [document, nouns, lines, after]] of Object.entries(documents)) {
    const path = `/fork/${name}`;
    app.on(path, () => document);
    await client.incomingPhoneNumbers((await client.incomingPhoneNumbers.list())[0].sid).update({ voiceUrl: `${app.url}${path}` });
    const { call_sid: sid } = await control.dial(newPhone(), number, [{ wait: '60s' }]);
    await ended(sid);
    const { entries } = await control.journal({ subject: sid, limit: '500' });
    const said = entries.filter((e) => e.kind === 'not_emulated').map((e) => JSON.stringify(e.data));
    assert.equal(said.length, nouns.length, `${name}: ${said}`);
    nouns.forEach((noun, i) => {
      assert.ok(said[i].includes(noun), `${noun}: ${said[i]}`);
      assert.ok(said[i].includes(`${app.url}${path}`), said[i]);
      assert.match(said[i], new RegExp(`line (${lines.join('|')}) `));
    });
    const heard = entries.filter((e) => e.kind === 'call.heard').map((e) => e.data.words);
    assert.equal(heard.includes('Two.'), after !== null, `${name}: ${heard}`);
    if (after === null) assert.match(heard.at(-1), /application error/);
    assert.equal((await client.calls(sid).fetch()).status, 'completed');
  }
  assert.equal(app.at('/fork/never').length, 0);
});

test('by REST a fork is refused, or kept with a warning where that was asked for', async () => {
  for (const unbuilt of ['refuse', 'store']) {
    const emulator = await startEmulator({ clock: 'manual', unbuilt });
    try {
      const control = controlOf(emulator.url);
      const { sid: account, auth_token: token } = await control.newAccount('forks');
      const client = house.clientOf(account, token);
      client.api.baseUrl = emulator.url;
      const [found] = await client.availablePhoneNumbers('US').local.list({ limit: 1 });
      const { phoneNumber: from } = await client.incomingPhoneNumbers.create({ phoneNumber: found.phoneNumber });
      const { sid } = await client.calls.create({ from, to: newPhone(), twiml: '<Response><Pause length="60"/></Response>' });
      await control.advance('5s');
      const orders = {
        streams: () => client.calls(sid).streams.create({ url: 'wss://example.com/s', name: 'mine' }),
        siprec: () => client.calls(sid).siprec.create({ connectorName: 'c', name: 'mine' }),
      };
      for (const [kind, order] of Object.entries(orders)) {
        if (unbuilt === 'refuse') {
          await refuses(order(), { code: 20001, status: 501 });
          await refuses(client.calls(sid)[kind]('mine').update({ status: 'stopped' }), { code: 20404, status: 404 });
        } else {
          assert.equal((await order()).status, 'in-progress');
          const { warnings } = await control.ask('GET', '/warnings');
          assert.ok(warnings.some((w) => /Create(Stream|Siprec) is kept and shown, but no audio is/.test(JSON.stringify(w))), JSON.stringify(warnings));
        }
      }
    } finally {
      await emulator.stop();
    }
  }
});
