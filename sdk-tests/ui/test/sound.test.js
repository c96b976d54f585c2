// The sound of a call: what TwiML plays arrives in the page, what the microphone hears arrives in the recording.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { VoiceResponse, newPhone, openHouse } from '../../node/lib/house.js';
import { barriers, launch, missing, open } from '../lib/browser.js';
import { loudest, samplesOf, writeTone } from '../lib/sound.js';

const house = openHouse({ clock: 'auto' });
// The key 5 is two tones (ITU-T Q.23); the louder of the two is either.
const [low, high, spoken] = [770, 1336, 640];
const isKey = (hertz) => [low, high].some((tone) => Math.abs(hertz - tone) < 20);
let browser;
let folder;
before(async () => {
  if (missing) return;
  folder = await mkdtemp(join(tmpdir(), 'twilioemu-ui-'));
  await writeTone(join(folder, 'tone.wav'), spoken, 4);
  browser = await launch(join(folder, 'tone.wav'));
});
after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const ui = (path) => `${house.emulator.url}/_emu/ui${path}`;
const skip = missing;

// What goes to the loudspeaker goes through this too; the page's own code knows nothing of it.
const tap = () => {
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to === this.context.destination) {
      const analyser = this.context.createAnalyser();
      analyser.fftSize = 8192;
      connect.call(this, analyser);
      window.tapped = analyser;
    }
    return connect.call(this, to, ...rest);
  };
};

/** The loudest frequency in the page's audio graph, and its level in decibels. */
const loudestInPage = (page) => page.evaluate(() => {
  const analyser = window.tapped;
  if (!analyser) return { hertz: 0, level: -Infinity };
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const at = bins.indexOf(Math.max(...bins));
  return { hertz: (at * analyser.context.sampleRate) / analyser.fftSize, level: bins[at] };
});

async function until(look, holds, words) {
  let seen;
  for (let i = 0; i < 150; i++) {
    seen = await look();
    if (holds(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`${words}: ${JSON.stringify(seen)}`);
}

async function answered(page, client, number, phone, options) {
  const behaves = page.waitForResponse((r) => r.request().method() === 'PUT' && r.url().includes('/handsets/'));
  await page.getByLabel('I answer its calls').check();
  await behaves;
  const call = await client.calls.create({ from: number, to: phone, ...options });
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByRole('button', { name: 'Talk and listen' }).click();
  await page.getByText('You talk and hear').waitFor();
  return call;
}

test('a tone that TwiML plays arrives in the page, and time goes as on the wall meanwhile', { skip }, async () => {
  const { client, number } = await house.newSender();
  house.app.on('/plays', () => {
    const answer = new VoiceResponse();
    answer.play({ digits: '5'.repeat(32), loop: 5 });
    return answer;
  });
  const phone = newPhone();
  const { page, errors, close } = await open(browser, ui('/phones'));
  await page.addInitScript(tap);
  await page.goto(ui(`/phones/${phone}`));
  await page.locator('.connection.live').waitFor();
  await answered(page, client, number, phone, { url: `${house.app.url}/plays` });
  const heard = await until(() => loudestInPage(page), ({ hertz, level }) => level > -60 && isKey(hertz), 'the tone is not what is loudest');
  assert.ok(isKey(heard.hertz));
  assert.deepEqual((await house.control.ask('GET', '/clock')).pinned_by, [`${phone} talks`]);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: 'Hold' }).click();
  await until(() => loudestInPage(page), ({ level }) => level < -100, 'on hold nothing is heard');
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByLabel('Text message').waitFor();
  await until(() => house.control.ask('GET', '/clock'), (clock) => clock.pinned_by.length === 0, 'time is free again');
  assert.deepEqual(errors, []);
  await close();
});

test('a tone that the microphone hears arrives in the recording of the call, and none while it is muted', { skip }, async () => {
  const { client, number, sid, token } = await house.newSender();
  house.app.on('/listens', () => {
    const answer = new VoiceResponse();
    answer.pause({ length: 60 });
    return answer;
  });
  const phone = newPhone();
  const { page, errors, close } = await open(browser, ui(`/phones/${phone}`));
  const call = await answered(page, client, number, phone, { url: `${house.app.url}/listens` });
  await page.getByRole('button', { name: 'Mute' }).click();
  await page.getByText('Muted').waitFor();
  // What was heard before is still on its way through buffers.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const quiet = await client.calls(call.sid).recordings.create();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await client.calls(call.sid).recordings(quiet.sid).update({ status: 'stopped' });
  await page.getByRole('button', { name: 'Mute' }).click();
  await page.getByText('You talk and hear').waitFor();
  const loud = await client.calls(call.sid).recordings.create();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await client.calls(call.sid).recordings(loud.sid).update({ status: 'stopped' });
  await page.getByRole('button', { name: 'Hang up' }).click();
  const sound = async (recording) => {
    const response = await until(
      () => fetch(`${house.emulator.url}/2010-04-01/Accounts/${sid}/Recordings/${recording}.wav`, { headers: { Authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}` } }),
      (r) => r.ok, 'the recording is there');
    return samplesOf(Buffer.from(await response.arrayBuffer()));
  };
  const [first] = await sound(loud.sid);
  assert.ok(loudest(first, spoken) > 0.7, `the recording has ${loudest(first, spoken)} of the tone`);
  await page.goto(ui(`/calls/${call.sid}`));
  await page.getByRole('button', { name: 'Listen to the recording' }).last().click();
  await page.locator('.waveform').waitFor();
  assert.deepEqual(await barriers(page), []);
  await until(() => page.locator('.player audio').evaluate((a) => a.duration), (seconds) => seconds > 1, 'the player has the recording');
  const [silent] = await sound(quiet.sid);
  assert.equal(loudest(silent, spoken), 0, 'muted is silent');
  assert.deepEqual(errors, []);
  await close();
});
