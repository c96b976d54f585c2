// Who may look: the token of the link, traded for a cookie; what texts carry is never run, nor fetched.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEmulator } from '../../node/lib/emulator.js';
import { launch, missing, open } from '../lib/browser.js';

const token = 's3cret-token';
const skip = missing;
let browser;
let emulator;
before(async () => {
  if (missing) return;
  emulator = await startEmulator({ clock: 'manual', options: ['--control-token', token] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await emulator?.stop();
});

const act = (path, body) => fetch(`${emulator.url}/_emu/v1${path}`, {
  method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
});

test('a link with the token opens the page, and the address keeps none of it', { skip }, async () => {
  const { page, errors, close } = await open(browser, `${emulator.url}/_emu/ui/messages#token=${token}`);
  assert.equal(page.url(), `${emulator.url}/_emu/ui/messages`);
  await page.reload();
  await page.locator('.connection.live').waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('without it the page asks, says no to a wrong one, and opens for the right one', { skip }, async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${emulator.url}/`);
  await page.getByLabel('Control token').fill('wrong-token');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('That is not the token.').waitFor();
  await page.getByLabel('Control token').fill(token);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.locator('.connection.live').waitFor();
  await page.context().close();
});

test('what a text carries is words: no markup, no script, no picture that is fetched', { skip }, async () => {
  const body = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>';
  assert.equal((await act('/handsets/+14155550166/messages', { to: '+14155550100', body, media_urls: ['javascript:window.hacked=3', 'http://example.com/cat.png'] })).status, 201);
  for (const view of ['/phones/+14155550166', '/messages', '/timeline', '/stories']) {
    const { page, errors, close } = await open(browser, `${emulator.url}/_emu/ui${view}#token=${token}`);
    await page.getByText('window.hacked=1').first().waitFor();
    assert.equal(await page.locator('img, [href^="javascript:"]').count(), 0, view);
    assert.equal(await page.evaluate(() => window.hacked), undefined, view);
    assert.deepEqual(errors, [], view);
    await close();
  }
});
