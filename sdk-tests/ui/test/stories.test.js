// Stories of a folder, run and stepped through from the page.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startEmulator } from '../../node/lib/emulator.js';
import { launch, missing, open } from '../lib/browser.js';

const skip = missing;
const story = (title, body) => `scenario: ${title}
given:
  numbers: [{ number: "+14155550100", sms_url: "http://app/sms" }]
  app: { /sms: "<Response><Message>It is sunny</Message></Response>" }
when: { handset: "+14155550199", texts: "94107", to: "+14155550100" }
then: { handset: "+14155550199", receives: { body: { contains: ${body} } }, within: 5s }
`;

let browser;
let emulator;
let folder;
before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), 'twilioemu-stories-'));
  await writeFile(join(folder, 'sunny.yaml'), story('The weather by text', 'sunny'));
  await writeFile(join(folder, 'vain.yaml'), story('Snow in July', 'snow'));
  await writeFile(join(folder, 'wrong.yaml'), 'scenario: Wrong\nwhen: { handset: "+14155550199", sings: hi }\n');
  emulator = await startEmulator({ clock: 'manual', options: ['--stories', folder] });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await emulator?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('all stories run, and each says green or red, with why', { skip }, async () => {
  const { page, errors, close } = await open(browser, `${emulator.url}/_emu/ui/stories`);
  await page.getByText('cannot be read').waitFor();
  await page.getByRole('button', { name: 'Run all' }).click();
  await page.getByText('1 passed').waitFor();
  await page.getByText('1 failed').waitFor();
  await page.getByRole('option', { name: /Snow in July/ }).click();
  await page.locator('.story-steps .passed').waitFor();
  await page.locator('.story-steps .failed', { hasText: 'receives' }).waitFor();
  await page.getByRole('note').getByText(/It is sunny/).first().waitFor();
  assert.deepEqual(errors, []);
  await close();
});

test('a story is stepped through, and its world can be opened and looked at', { skip }, async () => {
  const { page, errors, close } = await open(browser, `${emulator.url}/_emu/ui/stories/sunny.yaml`);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await page.locator('.story-steps .waiting', { hasText: 'texts' }).waitFor();
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.locator('.story-steps .passed', { hasText: 'texts' }).waitFor();
  await page.locator('.story-steps .waiting', { hasText: 'receives' }).waitFor();
  await page.getByRole('button', { name: 'To the end' }).click();
  await page.locator('.detail-head .pill', { hasText: 'passed' }).waitFor();
  const address = await page.getByRole('link', { name: 'Open its world' }).getAttribute('href');
  assert.deepEqual(errors, []);
  await close();
  const world = await open(browser, address);
  await world.page.getByText('It is sunny').first().waitFor();
  assert.deepEqual(world.errors, []);
  await world.close();
});
