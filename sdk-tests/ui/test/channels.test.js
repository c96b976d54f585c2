// What a phone shows besides words: pictures that are dropped, buttons and places of WhatsApp; rooms where calls are together.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { controlOf } from '../../node/lib/control.js';
import { startEmulator } from '../../node/lib/emulator.js';
import { barriers, launch, missing, open } from '../lib/browser.js';

const skip = missing;
const ann = '+14155550199';
const [account, token] = ['AC00000000000000000000000000000001', '00000000000000000000000000000001'];
const world = `
clock: auto
numbers:
  - { number: "+14155550122", sms_url: "http://app/picture", voice_url: "http://app/room" }
channel_senders:
  - { sender: "whatsapp:+14155550100", name: Clinic, callback_url: "http://app/whatsapp" }
content_templates:
  - sid: HX00000000000000000000000000000001
    friendly_name: reminder
    types:
      twilio/quick-reply: { body: "Will you come?", actions: [{ title: "I will", id: confirm }, { title: "I cannot", id: cancel }] }
    approval: approved
app:
  /picture: "<Response><Message>{{NumMedia}} picture, {{MediaContentType0}}</Message></Response>"
  /whatsapp:
    - { when: { ButtonPayload: confirm }, answer: "<Response><Message>Where do you come from?</Message></Response>" }
    - { when: { MessageType: location }, answer: "<Response><Message>See you from {{Label}}.</Message></Response>" }
  /room: "<Response><Dial><Conference>Standup</Conference></Dial></Response>"
`;
// One dark pixel.
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let browser;
let emulator;
let folder;
before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), 'twilioemu-ui-'));
  await writeFile(join(folder, 'world.yaml'), world);
  emulator = await startEmulator({ options: ['--config', join(folder, 'world.yaml')] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await emulator?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const ui = (path) => `${emulator.url}/_emu/ui${path}`;
const rest = async (path, form) => (await fetch(`${emulator.url}/2010-04-01/Accounts/${account}/${path}.json`, {
  method: 'POST', body: new URLSearchParams(form), headers: { authorization: `Basic ${btoa(`${account}:${token}`)}` },
})).json();

test('a picture that is chosen is sent as an MMS, and stands in the thread', { skip }, async () => {
  const { page, errors, close } = await open(browser, ui(`/phones/${ann}`));
  await page.getByLabel('To', { exact: true }).fill('+14155550122');
  await page.getByLabel('To', { exact: true }).blur();
  await page.getByRole('button', { name: '+ picture' }).click();
  await page.getByLabel('Choose or drop a file').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
  await page.locator('.composer-picture img').waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.theirs .bubble', { hasText: '1 picture, image/png' }).waitFor();
  assert.equal(await page.locator('.mine .bubble img').evaluate((i) => i.naturalWidth), 1, 'it is shown, and came from nowhere else');
  await page.getByRole('button', { name: '+ picture' }).click();
  await page.getByLabel('Choose or drop a file').setInputFiles({ name: 'x.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
  await page.getByText('A picture is PNG, JPEG, GIF or WebP').waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('a button of WhatsApp is tapped, a place shared, and the app is told', { skip }, async () => {
  const { page, errors, close } = await open(browser, ui(`/phones/${ann}`));
  await rest('Messages', { From: 'whatsapp:+14155550100', To: `whatsapp:${ann}`, ContentSid: 'HX00000000000000000000000000000001' });
  await page.getByRole('button', { name: 'WhatsApp +1 415 555 0100' }).click();
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: 'I will' }).click();
  await page.locator('.mine .bubble', { hasText: 'I will' }).waitFor();
  await page.locator('.theirs .bubble', { hasText: 'Where do you come from?' }).waitFor();
  await page.getByLabel('Text message').fill('37.7876, -122.3967 the office');
  await page.getByRole('button', { name: 'share place' }).click();
  await page.locator('.theirs .bubble', { hasText: 'See you from the office.' }).waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('a conference is a room with who is in it, and a member is muted there', { skip }, async () => {
  const control = controlOf(emulator.url);
  await control.dial('+14155550131', '+14155550122', []);
  await control.dial('+14155550132', '+14155550122', []);
  const { page, errors, close } = await open(browser, ui('/queues'));
  const room = page.getByRole('region', { name: 'Conference Standup' });
  await room.getByText('2 members').waitFor();
  const member = room.locator('li', { hasText: '+1 415 555 0131' });
  await member.getByRole('button', { name: 'Mute' }).click();
  await member.getByText('muted').waitFor();
  assert.deepEqual(await barriers(page), []);
  await room.locator('li', { hasText: '+1 415 555 0132' }).getByRole('button', { name: 'Remove' }).click();
  await room.getByText('1 member').waitFor();
  assert.deepEqual(errors, []);
  await close();
});
