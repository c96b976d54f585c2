// Webhooks explained and replayed, the clock stepped, ten thousand messages, links, keys, and what axe says.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { controlOf } from '../../node/lib/control.js';
import { program, startEmulator } from '../../node/lib/emulator.js';
import { newPhone, openHouse } from '../../node/lib/house.js';
import { barriers, launch, missing, open } from '../lib/browser.js';

const house = openHouse({ clock: 'manual' });
let browser;
before(async () => { if (!missing) browser = await launch(); });
after(() => browser?.close());

const ui = (path) => `${house.emulator.url}/_emu/ui${path}`;
const skip = missing;

test('a failing webhook is explained, and works when it is replayed', { skip }, async () => {
  let isBroken = true;
  house.app.on('/fragile', () => (isBroken ? { status: 500, type: 'text/html', body: '<h1>Oops</h1>' } : '<Response/>'));
  const { number } = await house.newSender({ smsUrl: `${house.app.url}/fragile` });
  await house.control.text(newPhone(), number, 'hello');
  const { page, errors, close } = await open(browser, ui('/webhooks?show=failed'));
  await page.getByRole('listbox').getByRole('option').first().click();
  await page.getByRole('note').getByText('11200').waitFor();
  assert.match(await page.getByRole('note').innerText(), /the app answered 500[\s\S]*Something broke in your app/);
  assert.match(await page.locator('.code', { hasText: 'Oops' }).innerText(), /<h1>Oops<\/h1>/);
  await page.getByText('Signature', { exact: true }).click();
  assert.equal(await page.locator('.signed mark').innerText(), `${house.app.url}/fragile`);
  isBroken = false;
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.locator('.detail-head .status-code', { hasText: '200' }).waitFor();
  assert.equal(await page.getByRole('note').count(), 0);

  await page.getByRole('button', { name: 'Edit and send' }).click();
  await page.getByLabel('Value of Body').fill('edited');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.locator('.pairs td', { hasText: 'edited' }).waitFor();
  assert.equal(house.app.at('/fragile').at(-1).params.Body, 'edited', 'signed anew: the SDK’s validator believed it');
  assert.deepEqual(errors, []);
  await close();
});

test('the next webhook is held, answered by hand, and its answer compared with the app’s', { skip }, async (t) => {
  t.after(() => house.control.ask('PUT', '/breakpoint', { hold: 'none' }));
  house.app.on('/mine', () => '<Response><Message>from the app</Message></Response>');
  const { number } = await house.newSender({ smsUrl: `${house.app.url}/mine` });
  const phone = newPhone();
  const { page, errors, close } = await open(browser, ui('/webhooks'));
  const told = page.waitForResponse((r) => r.request().method() === 'PUT' && r.url().endsWith('/breakpoint'));
  await page.getByLabel('Hold webhooks').selectOption('next');
  await told;
  await house.control.text(phone, number, 'hello');
  await page.getByRole('link', { name: 'A webhook is held' }).click();
  await page.getByText('Held before it goes out').waitFor();
  assert.equal(await page.getByLabel('Hold webhooks').inputValue(), 'none', 'the next one is one');
  assert.match((await house.control.ask('GET', '/clock')).holds.join(), /is held, until you let it go/);
  assert.equal(house.app.at('/mine').length, 0, 'the app was not asked');
  assert.deepEqual(await barriers(page), []);
  await page.getByLabel('Body of the answer').fill('<Response><Message>from me</Message></Response>');
  await page.getByRole('button', { name: 'Answer by hand' }).click();
  await page.locator('.detail-head .status-code', { hasText: '200' }).waitFor();
  await house.control.expect({ kind: 'message.queued', data: { to: phone, body: 'from me' } });
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.locator('.diff .gone', { hasText: 'from me' }).waitFor();
  await page.locator('.diff .come', { hasText: 'from the app' }).waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('the clock is stepped, and what was due has happened', { skip }, async () => {
  const { client, number } = await house.newSender();
  const sent = await client.messages.create({ from: number, to: newPhone(), body: 'in time' });
  const { page, errors, close } = await open(browser, ui(`/messages/${sent.sid}`));
  await page.locator('.detail-head .pill', { hasText: 'queued' }).waitFor();
  // What tests before this one left may be due sooner.
  for (let due = 0; due < 20 && (await client.messages(sent.sid).fetch()).status === 'queued'; due++) {
    const answer = page.waitForResponse((r) => r.url().endsWith('/clock/advance'));
    await page.keyboard.press('n');
    await answer;
  }
  await page.locator('.detail-head .pill', { hasText: 'sent' }).waitFor();
  await page.getByRole('group', { name: 'Clock' }).getByRole('button', { name: '+1 min' }).click();
  await page.locator('.detail-head .pill', { hasText: 'delivered' }).waitFor();
  const before = await page.locator('.clock-time').innerText();
  await page.locator('.clock > summary').click();
  await page.getByRole('group', { name: 'Move time' }).getByRole('button', { name: '+1 h' }).click();
  await page.waitForFunction((was) => document.querySelector('.clock-time').textContent.slice(0, 2) !== was.slice(0, 2), before);
  assert.deepEqual(errors, []);
  await close();
});

test('callers who wait in a queue stand in it, and the journal says what their entries mean', { skip }, async () => {
  house.app.on('/wait', () => '<Response><Enqueue>support</Enqueue></Response>');
  const { number } = await house.newSender({ voiceUrl: `${house.app.url}/wait` });
  const { page, errors, close } = await open(browser, ui('/queues'));
  const { call_sid: sid } = await house.control.dial('+14155550161', number, []);
  await house.control.advance('4s');
  await page.getByRole('region', { name: 'Queue support' }).getByText('+1 415 555 0161').waitFor();
  await house.control.hangUp(sid);
  await house.control.advance('4s');
  await page.getByRole('region', { name: 'Queue support' }).waitFor({ state: 'detached' });
  await page.goto(ui('/timeline?q=kind:call.enqueued'));
  await page.getByRole('option').first().click();
  await page.getByText('Means: a call waits in a queue.').waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('what happened is told as a story that passes in a fresh world, and so is one message', { skip }, async () => {
  house.app.on('/hi', (p) => `<Response><Message>you said ${p.Body}</Message></Response>`);
  house.app.trust('AC00000000000000000000000000000001', '00000000000000000000000000000001');
  const emulator = await startEmulator({ clock: 'manual' });
  const control = controlOf(emulator.url);
  const { numbers: [number] } = await control.ask('GET', '/numbers');
  await fetch(`${emulator.url}/2010-04-01/Accounts/${number.account}/IncomingPhoneNumbers/${number.sid}.json`, {
    method: 'POST', body: new URLSearchParams({ SmsUrl: `${house.app.url}/hi` }), headers: { authorization: `Basic ${btoa(`${number.account}:00000000000000000000000000000001`)}` },
  });
  await control.text('+14155550199', number.number, 'a: "table" #4');
  await control.advance('9s');
  const folder = await mkdtemp(join(tmpdir(), 'twilioemu-ui-'));
  const tell = async (name, words) => {
    const file = join(folder, name);
    await writeFile(file, words);
    const [command, ...first] = program();
    return (await promisify(execFile)(command, [...first, 'run', file])).stdout;
  };
  const { page, errors, close } = await open(browser, `${emulator.url}/_emu/ui/stories`, { permissions: ['clipboard-read', 'clipboard-write'] });
  assert.match(await tell('happened.yaml', await page.locator('.code pre').innerText()), /1 passed, 0 failed/);
  await page.getByRole('link', { name: 'Messages' }).click();
  await page.getByRole('option', { name: /you said/ }).click();
  await page.getByRole('button', { name: 'Copy as story' }).click();
  await page.getByText('story copied').waitFor();
  assert.match(await tell('message.yaml', await page.evaluate(() => navigator.clipboard.readText())), /1 passed, 0 failed/);
  assert.deepEqual(errors, []);
  await close();
  await emulator.stop();
  await rm(folder, { recursive: true });
});

test('the timeline by cause has what began a thing above it, and a key of an account is made and taken away', { skip }, async () => {
  const { sid, number } = await house.newSender();
  const phone = newPhone();
  await house.control.text(phone, number, 'why is this here');
  const { page, errors, close } = await open(browser, ui(`/timeline?by=cause&q=account:${sid}`));
  await page.getByRole('button', { name: 'By cause' }).and(page.locator('[aria-pressed=true]')).waitFor();
  await page.getByLabel('kind:webhook.*').fill('why is this here');
  const kinds = await page.locator('.row .kind').allInnerTexts();
  assert.equal(kinds[0], 'handset.texted');
  assert.match(kinds[1], /^↳ message\.received$/);
  await page.getByRole('link', { name: 'Numbers' }).click();
  const account = page.locator('.account', { hasText: sid });
  await account.getByText('Credentials').click();
  await account.getByLabel('Name of a new key').fill('for the worker');
  await account.getByRole('button', { name: 'Make an API key' }).click();
  await account.getByText('secret, told this once').waitFor();
  const key = account.getByRole('list', { name: 'API keys' }).locator('li', { hasText: 'for the worker' });
  await key.getByRole('button', { name: /Delete SK/ }).click();
  await key.waitFor({ state: 'detached' });
  assert.deepEqual(errors, []);
  await close();
});

test('a call that goes on is given other TwiML from the page', { skip }, async () => {
  house.app.on('/waits', () => '<Response><Say>One moment</Say><Pause length="60"/></Response>');
  const { number } = await house.newSender({ voiceUrl: `${house.app.url}/waits` });
  const phone = newPhone();
  const { call_sid: call } = await house.control.dial(phone, number, []);
  await house.control.advance('3s');
  const { page, errors, close } = await open(browser, ui(`/calls/${call}`));
  await page.getByText('Redirect', { exact: true }).click();
  await page.getByLabel('URL or TwiML to go on with').fill('<Response><Say>Something else</Say></Response>');
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('.lanes', { hasText: 'Redirected' }).waitFor();
  await house.control.advance('2s');
  await page.locator('.lanes q', { hasText: 'Something else' }).waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('ten thousand messages scroll with at most 200 rows in the document', { skip }, async () => {
  const { sid, token, number } = await house.newSender();
  const url = `${house.emulator.url}/2010-04-01/Accounts/${sid}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`;
  for (let sent = 0; sent < 10_000; sent += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, i) => fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams({ From: number, To: '+14155550199', Body: `message-${sent + i}.` }) })));
  }
  const { page, errors, close } = await open(browser, ui('/messages'));
  const list = page.getByRole('listbox');
  await page.waitForFunction(() => Number(document.querySelector('.row')?.getAttribute('aria-setsize')) > 900);
  for (let i = 0; i < 200; i++) {
    await list.evaluate((box) => { box.scrollTop = box.scrollHeight; });
    await page.waitForTimeout(100);
    assert.ok(await page.locator('.row').count() <= 200);
    if (await page.locator('.row').first().getAttribute('aria-setsize') >= 10_000) break;
  }
  assert.ok(Number(await page.locator('.row').first().getAttribute('aria-setsize')) >= 10_000, 'all of them are in the list');
  await page.keyboard.press('/');
  await page.keyboard.type('message-4321.');
  await page.locator('.row', { hasText: 'message-4321.' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.locator('.detail blockquote', { hasText: 'message-4321.' }).waitFor();
  assert.match(page.url(), /\/messages\/SM[0-9a-f]{32}\?q=message/);
  assert.deepEqual(errors, []);
  await close();
});

test('axe finds nothing serious in any view, in light and in dark', { skip }, async () => {
  const { number } = await house.newSender({ smsUrl: 'http://127.0.0.1:9/sms' });
  await house.control.text('+14155550199', number, 'hello');
  await house.control.advance('10s');
  const { entries } = await house.control.journal({ kind: 'webhook.sent', limit: 1 });
  const { messages } = await house.control.ask('GET', '/messages?limit=1');
  const places = ['/phones/+14155550199', `/messages/${messages[0].sid}`, '/calls', `/webhooks/${entries[0].seq}`, '/queues', '/numbers', '/requests', '/requests/fidelity', `/timeline/${entries[0].seq}`, '/stories'];
  for (const place of places) {
    const { page, errors, close } = await open(browser, ui(place));
    assert.deepEqual(await barriers(page), [], place);
    // The other colours change no more than contrasts.
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await barriers(page, ['color-contrast']), [], `${place}, dark`);
    assert.deepEqual(errors, [], place);
    await close();
  }
});
