// Phones in the browser: what the app sends appears, what is typed reaches the app, an IVR is answered by hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MessagingResponse, VoiceResponse, newPhone, openHouse } from '../../node/lib/house.js';
import { launch, missing, open } from '../lib/browser.js';

const house = openHouse({ clock: 'real' });
let browser;
before(async () => { if (!missing) browser = await launch(); });
after(() => browser?.close());

const ui = (path) => `${house.emulator.url}/_emu/ui${path}`;
const skip = missing;

test('a text sent by the SDK appears on the phone without a reload, its code ready to copy', { skip }, async () => {
  const { client, number } = await house.newSender();
  const phone = newPhone();
  const { page, errors, close } = await open(browser, ui(`/phones/${phone}`));
  await client.messages.create({ from: number, to: phone, body: 'Your code is 493817' });
  const bubble = page.locator('.bubble', { hasText: 'Your code is 493817' });
  await bubble.waitFor();
  await page.locator('.fate', { hasText: 'delivered' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Copy 493817' }).count(), 1);
  assert.deepEqual(errors, []);
  await close();
});

test('what is typed on the phone reaches the app, and its TwiML reply comes back', { skip }, async () => {
  const { number } = await house.newSender({ smsUrl: `${house.app.url}/echo` });
  house.app.on('/echo', (p) => {
    const answer = new MessagingResponse();
    answer.message(`you said ${p.Body}`);
    return answer;
  });
  const { page, errors, close } = await open(browser, ui(`/phones/${newPhone()}`));
  await page.getByLabel('To', { exact: true }).fill(number);
  await page.getByLabel('To', { exact: true }).blur();
  await page.getByLabel('Text message').fill('94107 <script>window.hacked = 1</script>');
  await page.getByLabel('Text message').press('Enter');
  await page.locator('.theirs .bubble', { hasText: 'you said 94107' }).waitFor();
  await page.locator('.mine').getByText('the app answered').waitFor();
  assert.equal((await house.app.until('/echo'))[0].params.Body, '94107 <script>window.hacked = 1</script>');
  assert.equal(await page.locator('.theirs .bubble p').textContent(), 'you said 94107 <script>window.hacked = 1</script>', 'markup is words');
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(errors, []);
  await close();
});

test('an IVR rings the phone, is answered, told a key and heard, and hung up', { skip }, async () => {
  const { client, number } = await house.newSender();
  house.app.on('/ivr', () => {
    const answer = new VoiceResponse();
    answer.gather({ numDigits: 1, action: '/chosen', timeout: 20 }).say('For sales, press 1.');
    return answer;
  });
  house.app.on('/chosen', (p) => {
    const answer = new VoiceResponse();
    answer.say(`You pressed ${p.Digits}. Please hold.`);
    answer.pause({ length: 60 });
    return answer;
  });
  const phone = newPhone();
  const { page, errors, close } = await open(browser, ui(`/phones/${phone}`));
  const behaves = page.waitForResponse((r) => r.request().method() === 'PUT' && r.url().includes('/handsets/'));
  await page.getByLabel('I answer its calls').check();
  await behaves;
  const call = await client.calls.create({ from: number, to: phone, url: `${house.app.url}/ivr` });
  await page.getByText('Incoming call').waitFor();
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.locator('.captions .theirs', { hasText: 'For sales, press 1.' }).waitFor();
  await page.getByRole('button', { name: 'Keypad' }).click();
  await page.getByRole('button', { name: '1', exact: true }).click();
  await page.locator('.captions .mine', { hasText: 'pressed 1' }).waitFor();
  await page.locator('.captions .theirs', { hasText: 'You pressed 1. Please hold.' }).waitFor();
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByLabel('Text message').waitFor();
  assert.equal((await client.calls(call.sid).fetch()).status, 'completed');
  assert.deepEqual(errors, []);
  await close();
});

test('a phone dials, says words, and the app hears them', { skip }, async () => {
  const { number } = await house.newSender({ voiceUrl: `${house.app.url}/greet` });
  house.app.on('/greet', () => {
    const answer = new VoiceResponse();
    answer.gather({ input: 'speech', action: '/heard', timeout: 20, speechTimeout: 'auto' }).say('Whom do you want?');
    return answer;
  });
  house.app.on('/heard', () => '<Response><Say>Thank you.</Say></Response>');
  const { page, errors, close } = await open(browser, ui(`/phones/${newPhone()}`));
  await page.getByRole('button', { name: 'Dial' }).click();
  await page.getByLabel('Number to dial').fill(number);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.locator('.captions .theirs', { hasText: 'Whom do you want?' }).waitFor();
  await page.getByLabel('Say something').fill('sales please');
  await page.getByLabel('Say something').press('Enter');
  await page.locator('.captions .mine', { hasText: 'sales please' }).waitFor();
  assert.equal((await house.app.until('/heard'))[0].params.SpeechResult, 'sales please');
  assert.deepEqual(errors, []);
  await close();
});
