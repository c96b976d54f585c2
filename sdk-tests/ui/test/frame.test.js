// What is always there: the frame before any script, the clock at hand, what comes next by name; and what a newcomer does first.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { controlOf } from '../../node/lib/control.js';
import { startEmulator } from '../../node/lib/emulator.js';
import { newPhone, openHouse } from '../../node/lib/house.js';
import { barriers, launch, missing, open } from '../lib/browser.js';

const house = openHouse({ clock: 'manual' });
let browser;
before(async () => { if (!missing) browser = await launch(); });
after(() => browser?.close());

const ui = (path) => `${house.emulator.url}/_emu/ui${path}`;
const skip = missing;

test('the frame is painted before any script has run, in the colours of the machine', { skip }, async () => {
  for (const [colorScheme, paper] of [['light', 'rgb(245, 243, 238)'], ['dark', 'rgb(18, 20, 18)']]) {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.route('**/*.js', (route) => route.abort());
    await page.goto(ui('/messages'));
    await page.getByRole('link', { name: 'Webhooks' }).waitFor();
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), paper);
    assert.ok(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length), 'it is content');
    await context.close();
  }
});

test('time is stopped and goes on, and what is due next has a name', { skip }, async () => {
  const { client, number } = await house.newSender();
  const sent = await client.messages.create({ from: number, to: newPhone(), body: 'next' });
  const { page, errors, close } = await open(browser, ui(`/messages/${sent.sid}`));
  await page.locator('.clock-due', { hasText: 'in 50 ms: message.sending' }).waitFor();
  await page.locator('.steps-list', { hasText: '1 of 1 in the queue · leaves at' }).waitFor();
  await page.getByRole('button', { name: 'On to what is due next' }).click();
  await page.locator('.clock-due', { hasText: 'in 1.0 s: message.delivered' }).waitFor();
  await page.getByRole('button', { name: 'Let time go on' }).click();
  await page.locator('.detail-head .pill', { hasText: 'delivered' }).waitFor();
  await page.locator('.clock-mode', { hasText: 'real' }).waitFor();
  await page.getByRole('button', { name: 'Stop time' }).click();
  await page.locator('.clock-mode', { hasText: 'manual' }).waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('a newcomer texts a number that has no app, answers in its place, and tells where the app is', { skip }, async () => {
  house.app.on('/found', () => '<Response><Message>Here I am</Message></Response>');
  house.app.trust('AC00000000000000000000000000000001', '00000000000000000000000000000001');
  const emulator = await startEmulator({ clock: 'real' });
  const { page, errors, close } = await open(browser, `${emulator.url}/`);
  await page.getByRole('button', { name: '+1 415 555 0100' }).waitFor();
  await page.getByLabel('Text message').fill('Is anybody there?');
  await page.getByLabel('Text message').press('Enter');
  await page.getByText('No app answers for +1 415 555 0100 yet.').waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.getByLabel('An answer in the app’s place').fill('Not yet');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.locator('.theirs .bubble', { hasText: 'Not yet' }).waitFor();
  await page.getByText('No app answers').waitFor({ state: 'detached' });
  await page.getByLabel('Text message').fill('And now?');
  await page.getByLabel('Text message').press('Enter');
  await page.getByLabel('The app’s address for texts').fill(`${house.app.url}/found`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('No app answers').waitFor({ state: 'detached' });
  await page.getByLabel('Text message').fill('Hello');
  await page.getByLabel('Text message').press('Enter');
  await page.locator('.theirs .bubble', { hasText: 'Here I am' }).waitFor();
  await page.getByRole('button', { name: 'Dial' }).click();
  await page.getByLabel('The app’s address for calls').waitFor();
  assert.deepEqual(await barriers(page), []);
  assert.equal((await controlOf(emulator.url).ask('GET', '/numbers')).numbers[0].sms_url, `${house.app.url}/found`);
  assert.deepEqual(errors, []);
  await close();
  await emulator.stop();
});

test('an entry that a link leads to is seen in the list, with arrows from its cause and to its effects', { skip }, async () => {
  house.app.on('/arrows', () => '<Response/>');
  const { sid, number } = await house.newSender({ smsUrl: `${house.app.url}/arrows` });
  const phone = newPhone();
  await house.control.text(phone, number, 'why');
  for (let i = 0; i < 30; i++) await house.control.text(phone, number, `later ${i}`);
  const { entries: [sent] } = await house.control.journal({ kind: 'webhook.sent', account: sid, limit: 1 });
  const { page, errors, close } = await open(browser, ui(`/timeline/${sent.seq}`));
  const row = page.locator('.row.open');
  await row.waitFor();
  const [list, box] = [await page.getByRole('listbox').boundingBox(), await row.boundingBox()];
  assert.ok(box.y >= list.y && box.y + box.height <= list.y + list.height, 'it is within what is seen');
  assert.equal(await page.locator('.arrows .kin').count(), 2, 'from message.received, and to webhook.answered');
  const before = await row.boundingBox();
  const tall = await page.locator('.list-all').evaluate((all) => all.offsetHeight);
  await house.control.text(phone, number, 'last');
  await page.waitForFunction((was) => document.querySelector('.list-all').offsetHeight > was, tall);
  assert.equal((await row.boundingBox()).y, before.y, 'what comes above does not push it away');
  assert.deepEqual(errors, []);
  await close();
});

test('a call that dials another has a lane for each party', { skip }, async () => {
  const desk = newPhone();
  house.app.on('/through', () => `<Response><Say>I put you through</Say><Dial><Number>${desk}</Number></Dial></Response>`);
  const { number } = await house.newSender({ voiceUrl: `${house.app.url}/through` });
  await house.control.behave(desk, { script: [{ answers: '2s' }, { says: 'Front desk' }] });
  const caller = newPhone();
  const { call_sid: sid } = await house.control.dial(caller, number, []);
  await house.control.advance('9s');
  const { page, errors, close } = await open(browser, ui(`/calls/${sid}`));
  await page.locator('.lanes q', { hasText: 'I put you through' }).first().waitFor();
  assert.equal(await page.locator('.lanes thead th').count(), 5, 'time, app, Twilio, two phones');
  // The last lane is the desk's: it rings and says there.
  await page.locator('.lanes tbody td:nth-child(5) .cell', { hasText: 'Ringing' }).waitFor();
  await page.locator('.lanes tbody td:nth-child(5) .cell', { hasText: 'Front desk' }).first().waitFor();
  assert.deepEqual(await barriers(page), []);
  assert.deepEqual(errors, []);
  await close();
});
