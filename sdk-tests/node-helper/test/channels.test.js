// What a person does on WhatsApp besides writing: taps a button, picks from a list, shares a place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EmulatorError } from '../src/index.js';
import { newPhone, openHouse } from './house.js';

const clinic = 'whatsapp:+14155550100';
const [buttons, list] = ['HX00000000000000000000000000000001', 'HX00000000000000000000000000000002'];
const house = openHouse({
  yaml: `
channel_senders:
  - { sender: "${clinic}", name: Clinic, callback_url: "http://app/whatsapp" }
content_templates:
  - sid: ${buttons}
    friendly_name: reminder
    types: { twilio/quick-reply: { body: "Will you come?", actions: [{ title: "I will", id: confirm }, { title: "I cannot", id: cancel }] } }
    approval: approved
  - sid: ${list}
    friendly_name: hours
    types: { twilio/list-picker: { body: "When?", button: Hours, items: [{ id: early, item: "Nine", description: "before work" }, { id: late, item: "Six" }] } }
    approval: approved
app:
  /whatsapp:
    - { when: { ButtonPayload: confirm }, answer: "<Response><Message>tapped {{ButtonText}}</Message></Response>" }
    - { when: { ListId: early }, answer: "<Response><Message>picked {{ListTitle}}, {{ListDescription}}</Message></Response>" }
    - { when: { MessageType: location }, answer: "<Response><Message>from {{Label}} at {{Latitude}}</Message></Response>" }
`,
});

/** The app sends a template. */
async function send(to, contentSid) {
  const account = 'AC00000000000000000000000000000001';
  const response = await fetch(`${house.emulator.url}/2010-04-01/Accounts/${account}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${account}:00000000000000000000000000000001`)}` },
    body: new URLSearchParams({ From: clinic, To: `whatsapp:${to}`, ContentSid: contentSid }),
  });
  assert.equal(response.status, 201, await response.text());
}

test('a button is tapped, an item picked, a place shared', async () => {
  const ann = house.client.handset(newPhone());
  await send(ann.number, buttons);
  await ann.shouldReceive('Will you come?', { from: clinic });
  assert.match((await ann.tap(clinic, 'I will')).message_sid, /^SM[0-9a-f]{32}$/);
  await ann.shouldReceive('tapped I will');
  await send(ann.number, list);
  await ann.shouldReceive('When?');
  await ann.pick(clinic, 'Nine');
  await ann.shouldReceive('picked Nine, before work');
  await ann.share(clinic, { latitude: 37.7876, longitude: -122.3967, label: 'the office' });
  await ann.shouldReceive('from the office at 37.7876');
});

test('what is not there cannot be tapped or picked', async () => {
  const bob = house.client.handset(newPhone());
  const refused = (fault) => fault instanceof EmulatorError && fault.status >= 400 && fault.status < 500;
  await assert.rejects(bob.tap(clinic, 'I will'), refused);
  await send(bob.number, buttons);
  await bob.shouldReceive('Will you come?');
  await assert.rejects(bob.tap(clinic, 'Perhaps'), (fault) => refused(fault) && fault.message.includes('I cannot'));
  await assert.rejects(bob.pick(clinic, 'Nine'), refused);
  await assert.rejects(bob.share(clinic, { latitude: 91, longitude: 0 }), refused);
});
