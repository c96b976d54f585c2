// By keyboard alone: every view is reached, walked and left; narrow as a phone's screen, nothing stands out at the side.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../../node/lib/house.js';
import { launch, missing, open } from '../lib/browser.js';

const house = openHouse({ clock: 'manual' });
let browser;
before(async () => { if (!missing) browser = await launch(); });
after(() => browser?.close());

const ui = (path) => `${house.emulator.url}/_emu/ui${path}`;
const skip = missing;
const views = { p: 'Phones', m: 'Messages', c: 'Calls', w: 'Webhooks', q: 'Queues and rooms', n: 'Numbers', a: 'API requests', t: 'Timeline', s: 'Stories' };

/** Something to see in every list. */
async function live() {
  house.app.on('/keys', () => '<Response><Message>ok</Message></Response>');
  house.app.on('/call', () => '<Response><Say>Hello</Say></Response>');
  const { client, number } = await house.newSender({ smsUrl: `${house.app.url}/keys`, voiceUrl: `${house.app.url}/call` });
  await house.control.text('+14155550199', number, 'hello');
  await client.messages.create({ from: number, to: '+14155550199', body: 'hello yourself' });
  await house.control.dial('+14155550199', number, []);
  await house.control.advance('20s');
}

test('all nine views are reached by two keys, their lists walked, and left again', { skip }, async () => {
  await live();
  const { page, errors, close } = await open(browser, ui('/'));
  const at = () => new URL(page.url()).pathname.replace('/_emu/ui', '');
  for (const [key, title] of Object.entries(views)) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    if (!['m', 'c', 'w', 'a', 't'].includes(key)) continue;
    const view = at();
    await page.keyboard.press('j');
    await page.getByRole('region', { name: 'Details' }).waitFor();
    assert.match(at(), new RegExp(`^${view}/.+`), title);
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Details' }).waitFor({ state: 'detached' });
    assert.equal(at(), view, title);
  }
  assert.deepEqual(errors, []);
  await close();
});

test('a menu is opened, left by Escape, and the keyboard stands where it stood', { skip }, async () => {
  const { page, errors, close } = await open(browser, ui('/messages'));
  const clock = page.locator('.clock > summary');
  await clock.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('.clock-body') !== null), 'the next stop is inside the menu');
  await page.keyboard.press('Escape');
  assert.ok(await clock.evaluate((e) => e === document.activeElement));
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });
  assert.deepEqual(errors, []);
  await close();
});

test('on a narrow screen what is opened and closed leaves the keyboard in the list', { skip }, async () => {
  await live();
  const { page, errors, close } = await open(browser, ui('/messages'), { viewport: { width: 400, height: 800 } });
  const list = page.getByRole('listbox');
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Close details' }).waitFor();
  assert.ok(await list.isHidden());
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'listbox');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Close details' }).waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('at 400 pixels no view is wider than the screen', { skip }, async () => {
  await live();
  const { page, errors, close } = await open(browser, ui('/'), { viewport: { width: 400, height: 800 } });
  for (const [key, title] of Object.entries(views)) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.getByText(title, { exact: true }).first().waitFor({ state: 'attached' });
    const wide = await page.evaluate(() => [...document.querySelectorAll('main *, header *, nav')].filter((e) => {
      const { right, width } = e.getBoundingClientRect();
      if (width === 0 || right <= innerWidth + 1) return false;
      // What is scrolled to inside its own box may stand out of it.
      for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return false;
      return true;
    }).map((e) => `${e.tagName}.${e.className}`));
    assert.deepEqual(wide, [], title);
  }
  assert.deepEqual(errors, []);
  await close();
});
