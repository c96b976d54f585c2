// First paint beside that of an empty page, which is the browser's own share, and how ten thousand messages scroll: node measure.mjs
import { createServer } from 'node:http';
import { controlOf } from '../node/lib/control.js';
import { startEmulator } from '../node/lib/emulator.js';
import { launch, open } from './lib/browser.js';

const count = 10_000;
const emulator = await startEmulator({ clock: 'manual' });
const account = 'AC00000000000000000000000000000001';
const url = `${emulator.url}/2010-04-01/Accounts/${account}/Messages.json`;
const headers = { authorization: `Basic ${btoa(`${account}:00000000000000000000000000000001`)}` };
const [number] = (await controlOf(emulator.url).ask('GET', '/numbers')).numbers;

const browser = await launch();
const bare = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>x</title><p>hello'));
await new Promise((resolve) => bare.listen(0, '127.0.0.1', resolve));
const empty = `http://127.0.0.1:${bare.address().port}/`;
const firstOf = (page) => page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime).then((handle) => handle.jsonValue());
const middle = (times) => Math.round(times.sort((a, b) => a - b)[times.length >> 1]);
// Both in a fresh context of the same size, with nothing listening to the browser: that has its price, too.
const paintOf = async (url) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(url);
  const first = await firstOf(page);
  await context.close();
  return first;
};
const paint = async (path) => {
  const [ours, theirs] = [[], []];
  for (let i = 0; i < 9; i++) {
    ours.push(await paintOf(`${emulator.url}/_emu/ui${path}`));
    theirs.push(await paintOf(empty));
  }
  return `${middle(ours)} ms (an empty page: ${middle(theirs)} ms)`;
};
console.log(`first paint, nothing there: ${await paint('/messages')}`);
for (let sent = 0; sent < count; sent += 100) {
  await Promise.all(Array.from({ length: 100 }, (_, i) => fetch(url, { method: 'POST', headers, body: new URLSearchParams({ From: number.number, To: '+14155550199', Body: `message ${sent + i}` }) })));
}
console.log(`first paint, ${count} messages: ${await paint('/messages')}`);

const { page, close } = await open(browser, `${emulator.url}/_emu/ui/messages`);
const list = page.getByRole('listbox');
for (let i = 0; i < 100; i++) {
  if (await page.locator('.row').first().getAttribute('aria-setsize') >= count) break;
  await list.evaluate((box) => { box.scrollTop = box.scrollHeight; });
  await page.waitForTimeout(100);
}
const frames = await list.evaluate((box) => new Promise((resolve) => {
  const times = [];
  let last;
  box.scrollTop = 0;
  requestAnimationFrame(function frame(now) {
    if (last !== undefined) times.push(now - last);
    last = now;
    box.scrollTop += 700;
    if (times.length < 300) requestAnimationFrame(frame);
    else resolve(times.sort((a, b) => a - b));
  });
}));
const rows = await page.locator('.row').count();
console.log(`scrolling: ${frames[150].toFixed(1)} ms a frame in the middle, ${frames[285].toFixed(1)} ms at 95 %, ${rows} rows in the document`);
await close();
await browser.close();
await emulator.stop();
bare.close();
