// The emulator goes, and another one comes in its place; addresses that nothing is at; a browser that keeps nothing.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { controlOf } from '../../node/lib/control.js';
import { startEmulator } from '../../node/lib/emulator.js';
import { scratch } from '../../node/lib/scratch.js';
import { launch, missing, open } from '../lib/browser.js';

let browser;
before(async () => { if (!missing) browser = await launch(); });
after(() => browser?.close());

const folder = scratch('lost-');

const skip = missing;

/** Another emulator where one was, with a number of its own. */
function another(url, number) {
  const config = join(folder, `${number}.yaml`);
  writeFileSync(config, `numbers: [{ number: "${number}" }]\n`);
  return startEmulator({ clock: 'manual', port: Number(new URL(url).port), options: ['--config', config] });
}

test('an emulator that stops is told, and another one in its place is shown as it is', { skip }, async (t) => {
  let emulator = await startEmulator({ clock: 'manual' });
  t.after(() => emulator.stop());
  await controlOf(emulator.url).text('+14155550199', '+14155550100', 'from the world before');
  const { page, close } = await open(browser, `${emulator.url}/_emu/ui/phones/+14155550199`);
  await page.locator('.mine .bubble', { hasText: 'from the world before' }).waitFor();
  await emulator.stop();
  await page.getByRole('alert').getByText('The emulator does not answer.').waitFor();
  await page.getByLabel('Text message').fill('Is anybody there?');
  await page.getByLabel('Text message').press('Enter');
  await page.locator('.toast', { hasText: 'The emulator does not answer. Is it still running?' }).waitFor();
  assert.equal(await page.getByLabel('Text message').inputValue(), 'Is anybody there?', 'what was written is kept');
  emulator = await another(emulator.url, '+14155550142');
  await page.locator('.connection.live').waitFor();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.getByText('from the world before').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '+1 415 555 0142' }).waitFor();
  await close();
});

test('an emulator that is started anew and asks for a token is given it in the page', { skip }, async (t) => {
  let emulator = await startEmulator({ clock: 'manual' });
  t.after(() => emulator.stop());
  const { page, close } = await open(browser, `${emulator.url}/_emu/ui/messages`);
  await emulator.stop();
  await page.locator('.connection.lost').waitFor();
  emulator = await startEmulator({ clock: 'manual', port: Number(new URL(emulator.url).port), options: ['--control-token', 's3cret-token'] });
  await page.getByLabel('Control token').fill('s3cret-token');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.locator('.connection.live').waitFor();
  await close();
});

test('an address that nothing is at says so, and leads on', { skip }, async (t) => {
  const emulator = await startEmulator({ clock: 'manual' });
  t.after(() => emulator.stop());
  for (const [path, words] of [['/messages/SM1', 'not among what is remembered'], ['/webhooks/999', 'not among what is remembered'], ['/calls/%zz', 'not among what is remembered'], ['/nowhere', 'There is no view']]) {
    const { page, errors, close } = await open(browser, `${emulator.url}/_emu/ui${path}`);
    await page.getByText(words).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Numbers' }).click();
    await page.getByRole('heading', { name: 'Numbers' }).waitFor();
    assert.deepEqual(errors, [], path);
    await close();
  }
});

test('a browser that keeps nothing shows the page all the same', { skip }, async (t) => {
  const emulator = await startEmulator({ clock: 'manual' });
  t.after(() => emulator.stop());
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('The request is insecure', 'SecurityError'); } }));
  await page.goto(`${emulator.url}/_emu/ui/phones`);
  await page.locator('.connection.live').waitFor();
  await page.getByRole('button', { name: /theme/ }).click();
  assert.deepEqual(errors, []);
  await context.close();
});
