// Pictures of every screen, light, dark and narrow: node screenshots/take.mjs [FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { controlOf } from '../../node/lib/control.js';
import { startEmulator } from '../../node/lib/emulator.js';
import { launch, open } from '../lib/browser.js';
import { configOf, live, startDemoApp } from '../lib/demo.js';

const folder = process.argv[2] ?? join(tmpdir(), 'twilioemu-screens');
mkdirSync(folder, { recursive: true });

const app = await startDemoApp();
const config = join(folder, 'world.yaml');
writeFileSync(config, configOf(app.url));
const emulator = await startEmulator({ clock: 'manual', options: ['--config', config, '--stories', fileURLToPath(new URL('../../../scenarios', import.meta.url))] });
const control = controlOf(emulator.url);
const account = 'AC00000000000000000000000000000001';
const rest = async (what, form) => {
  const response = await fetch(`${emulator.url}/2010-04-01/Accounts/${account}/${what}.json`, {
    method: 'POST', body: new URLSearchParams(form), headers: { authorization: `Basic ${btoa(`${account}:00000000000000000000000000000001`)}` },
  });
  return response.json();
};
const { call, past, desk } = await live(control, rest, app.url);
const { messages } = await control.ask('GET', '/messages?limit=200');
const { webhooks } = await control.ask('GET', '/webhooks?limit=200');
const broken = webhooks.find((w) => w.request.url.endsWith('/broken'));
const queued = messages.find((m) => m.status === 'queued');
const delivered = messages.find((m) => m.to === '+14155550177');

const screens = {
  phones: '/phones/+14155550199',
  'phones-call': '/phones/+14155550199,+14155550188,+12125550137',
  messages: '/messages',
  'message-open': `/messages/${delivered.sid}`,
  webhooks: `/webhooks/${broken.id}`,
  calls: `/calls/${call}`,
  'call-dialled': `/calls/${desk}`,
  'message-queued': `/messages/${queued.sid}`,
  queues: '/queues',
  numbers: '/numbers',
  requests: '/requests',
  fidelity: '/requests/fidelity',
  timeline: `/timeline/${broken.id}`,
  'call-recorded': `/calls/${past}`,
  'timeline-causes': '/timeline?by=cause',
  stories: '/stories',
  'story-run': '/stories/menu-by-keypad.yaml',
};
// What is done on a page before its picture is taken.
const deeds = {
  'call-recorded': async (page) => {
    await page.getByRole('button', { name: 'Listen to the recording' }).click();
    await page.locator('.waveform').waitFor();
  },
  'story-run': async (page) => {
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.click();
    await page.locator('.detail-head .pill', { hasText: /passed|failed/ }).waitFor();
  },
};
// Pictures of what holds time, which all pages would tell of: taken last.
const late = {
  'webhook-held': async () => {
    await control.ask('PUT', '/breakpoint', { hold: 'next' });
    void control.text('+14155550199', '+14155550100', 'And one more chair, please').catch(() => undefined);
    const { entries: [held] } = await control.expect({ kind: 'webhook.held' }, { within: '1s' });
    return `/webhooks/${held.cause}`;
  },
};
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  // As the README shows them.
  readme: { colorScheme: 'light', viewport: { width: 1340, height: 820 } },
  narrow: { colorScheme: 'light', viewport: { width: 400, height: 800 }, deviceScaleFactor: 2 },
};
const only = process.argv[3]?.split(',');

const browser = await launch();
async function take(name, path, look, options) {
  const { page, errors, close } = await open(browser, `${emulator.url}/_emu/ui${path}`, options);
  await page.evaluate(() => document.fonts.ready);
  await deeds[name]?.(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
  if (errors.length) console.log(`${name}-${look}: ${errors.join('; ')}`);
  await close();
}
const isWanted = (name, look) => !only || only.includes(`${name}-${look}`) || only.includes(name) || only.includes(look);
for (const [look, options] of Object.entries(looks)) {
  for (const [name, path] of Object.entries(screens)) {
    if (look === 'readme' && !['phones-call', 'webhooks'].includes(name)) continue;
    if (isWanted(name, look)) await take(name, path, look, options);
  }
}
for (const [name, begin] of Object.entries(late)) {
  if (!Object.keys(looks).some((look) => isWanted(name, look))) continue;
  const path = await begin();
  for (const [look, options] of Object.entries(looks)) if (look !== 'readme' && isWanted(name, look)) await take(name, path, look, options);
}
await browser.close();
await emulator.stop();
await app.stop();
console.log(`pictures are in ${folder}`);
