// What a test file lives in: the emulator built last in this tree, unless TWILIOEMU names another, and the SDK of ../node.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../src/index.js';

const artifacts = fileURLToPath(new URL('../../../artifacts/bin/TwilioEmu/', import.meta.url));

/** The program under test. */
export const program = process.env.TWILIOEMU ?? ['release', 'debug'].map((c) => `${artifacts}${c}/twilioemu.dll`).find(existsSync);

/** The official SDK: `twilio`, the newest major, or `twilio-previous`. */
export const sdk = (name) => createRequire(new URL('../../node/package.json', import.meta.url))(name);

export const number = '+14155550100';

const world = `
numbers:
  - { number: "${number}", sms_url: "http://app/sms", voice_url: "http://app/voice", messages_per_second: 100 }
app:
  /sms: "<Response><Message>You said: {{Body}}</Message></Response>"
  /voice: "<Response><Gather numDigits='1' action='/gathered'><Say>Press one for sales.</Say></Gather></Response>"
  /gathered: "<Response><Say>You pressed {{Digits}}.</Say></Response>"
`;

/** Opens a house around the tests of a file. */
export function openHouse(options = {}) {
  const house = {};
  before(async () => {
    house.emulator = await startEmulator({ program, yaml: world, ...options });
    house.client = house.emulator.client;
  });
  after(() => house.emulator?.stop());
  return house;
}

let phones = 0;

/** A phone number no other test uses. */
export const newPhone = () => `+1212555${String(1000 + phones++)}`;
