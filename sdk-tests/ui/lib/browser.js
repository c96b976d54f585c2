// Debian's Chromium, without a window, led by playwright-core. CHROMIUM names another one.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const executablePath = process.env.CHROMIUM || usual.find(existsSync);

/** Why tests of the page are skipped here, or false. */
export const missing = executablePath ? false : 'no Chromium here (apt-get install chromium)';

/** Chromium; with a WAV file its microphone hears that file, over and over. */
export const launch = (microphone) => chromium.launch({
  executablePath,
  // Root may not use the sandbox, and containers have little shared memory.
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none', '--autoplay-policy=no-user-gesture-required',
    ...(microphone ? ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`] : [])],
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What keeps people from using the page as it stands (WCAG 2.2 AA): serious and critical findings of axe, a line each. */
export async function barriers(page, rules) {
  await page.evaluate(axe);
  const only = rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), rules ? { type: 'rule', values: only } : only);
  return violations.filter((v) => ['serious', 'critical'].includes(v.impact)).flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
}

/** A page that fails the test for an error of its own, and for a request that leaves the machine. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', ...options });
  const page = await context.newPage();
  const errors = [];
  const origin = new URL(url).origin;
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && errors.push(message.text()));
  page.on('request', (request) => !request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()) && errors.push(`left the machine: ${request.url()}`));
  await page.goto(url);
  await page.locator('.connection.live').waitFor();
  return { page, errors, close: () => context.close() };
}
