// What a test file lives in: an emulator, an app, and accounts of its own.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import twilio from './sdk.js';
import { startApp } from './app.js';
import { controlOf } from './control.js';
import { startEmulator } from './emulator.js';

export const { MessagingResponse, VoiceResponse } = twilio.twiml;

/** Opens a house around the tests of a file. */
export function openHouse({ clock = 'auto', unbuilt = 'store' } = {}) {
  const house = {};
  before(async () => {
    house.emulator = await startEmulator({ clock, unbuilt });
    house.control = controlOf(house.emulator.url);
    house.app = await startApp();
  });
  after(async () => {
    await house.emulator?.stop();
    await house.app?.stop();
    assert.deepEqual(house.app?.refused.map((r) => r.path) ?? [], [], 'requests whose signature the SDK does not confirm');
  });

  /** The SDK, pointed at the emulator and nothing else. */
  house.clientOf = (sid, token, options = {}) => {
    const client = twilio(sid, token, { accountSid: options.accountSid });
    client.api.baseUrl = house.emulator.url;
    return client;
  };
  /** A fresh account with a client of its own. */
  house.newAccount = async (name = 'a test') => {
    const { sid, auth_token: token } = await house.control.newAccount(name);
    house.app.trust(sid, token);
    return { sid, token, client: house.clientOf(sid, token) };
  };
  /** A fresh account with a number of its own. */
  house.newSender = async (settings = {}) => {
    const account = await house.newAccount();
    const [found] = await account.client.availablePhoneNumbers('US').local.list({ limit: 1 });
    const bought = await account.client.incomingPhoneNumbers.create({ phoneNumber: found.phoneNumber, ...settings });
    return { ...account, number: bought.phoneNumber, numberSid: bought.sid };
  };
  return house;
}

/** A phone number no other test uses. */
let nextPhone = 0;
export const newPhone = () => `+1212555${String(100 + nextPhone++).padStart(4, '0')}`;

/** What the SDK throws for Twilio's no. */
export const refuses = (promise, { code, status }) => assert.rejects(promise, (error) => {
  assert.equal(error.constructor.name, 'RestException');
  assert.deepEqual({ code: error.code, status: error.status }, { code, status });
  assert.ok(error.message.length > 0);
  assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
  return true;
});
