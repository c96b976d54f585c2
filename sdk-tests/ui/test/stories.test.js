// Stories of a folder, run and stepped through from the page.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { program, startEmulator } from '../../node/lib/emulator.js';
import { barriers, launch, missing, open } from '../lib/browser.js';

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
  assert.deepEqual(await barriers(page), []);
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

test('run --ui keeps the world of a story that failed, says where, and goes on when told', { skip }, async () => {
  const [command, ...first] = program();
  const run = spawn(command, [...first, 'run', '--ui', join(folder, 'vain.yaml')], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  const link = await new Promise((resolve, reject) => {
    run.stdout.setEncoding('utf8').on('data', (words) => {
      said += words;
      const found = /see it: (\S+\/_emu\/ui\/latest)/.exec(said);
      if (found) resolve(found[1]);
    });
    run.once('exit', () => reject(new Error(`it ended without a link:\n${said}`)));
  });
  const { page, errors, close } = await open(browser, link);
  await page.getByText('It is sunny').first().waitFor();
  assert.deepEqual(errors, []);
  await close();
  run.stdin.end('\n');
  const [code] = await once(run, 'exit');
  assert.equal(code, 1);
  assert.match(said, /0 passed, 1 failed/);
});
