// What the SDK signs for browsers and phones, with a key made here; and the tokens programs come in with.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { newPhone, openHouse } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';
import twilio from '../lib/sdk.js';

const house = openHouse();
const { AccessToken } = twilio.jwt;

const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

test('an access token is signed with the secret of a key that is there, and grants what was asked', async () => {
  const { sid, client } = await house.newAccount();
  const key = await client.newKeys.create({ friendlyName: 'browsers' });
  const application = await client.applications.create({ friendlyName: 'a phone', voiceUrl: 'http://127.0.0.1:1/voice' });
  const { client: products } = redirected(house.emulator.url, client.username, client.password);
  const sync = await products.sync.v1.services.create();
  const chat = await products.chat.v2.services.create({ friendlyName: 'a chat' });

  const token = new AccessToken(sid, key.sid, key.secret, { identity: 'ann', ttl: 600 });
  token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: application.sid, incomingAllow: true }));
  token.addGrant(new AccessToken.ChatGrant({ serviceSid: chat.sid }));
  token.addGrant(new AccessToken.SyncGrant({ serviceSid: sync.sid }));
  token.addGrant(new AccessToken.VideoGrant({ room: 'a room' }));
  const [header, claims, signature] = token.toJwt().split('.');

  assert.deepEqual(read(header), { alg: 'HS256', cty: 'twilio-fpa;v=1', typ: 'JWT' });
  assert.equal(signature, createHmac('sha256', key.secret).update(`${header}.${claims}`).digest('base64url'));
  const { iss, sub, jti, iat, exp, grants } = read(claims);
  assert.deepEqual({ iss, sub, lasts: exp - iat }, { iss: key.sid, sub: sid, lasts: 600 });
  assert.ok(jti.startsWith(`${key.sid}-`));
  assert.deepEqual(grants, {
    identity: 'ann',
    voice: { incoming: { allow: true }, outgoing: { application_sid: application.sid } },
    chat: { service_sid: chat.sid },
    data_sync: { service_sid: sync.sid },
    video: { room: 'a room' },
  });
  assert.equal((await client.keys(iss).fetch()).friendlyName, 'browsers');
});

test('an access token for a browser opens no REST', async () => {
  const { sid, client } = await house.newAccount();
  const key = await client.newKeys.create();
  const token = new AccessToken(sid, key.sid, key.secret, { identity: 'ann' }).toJwt();
  const response = await fetch(`${house.emulator.url}/2010-04-01/Accounts/${sid}/Messages.json`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(response.status, 401);
});

test('a key opens its account until it is deleted', async () => {
  const { sid, client, number } = await house.newSender();
  const key = await client.newKeys.create();
  const holder = house.clientOf(key.sid, key.secret, { accountSid: sid });
  const { sid: message } = await holder.messages.create({ from: number, to: newPhone(), body: 'by key' });
  assert.equal((await client.messages(message).fetch()).accountSid, sid);
  await client.keys(key.sid).remove();
  await assert.rejects(holder.messages(message).fetch(), { status: 401 });
});

test('an OAuth app comes in with a token the SDK fetches once', async () => {
  const { sid, token } = await house.newAccount();
  const { client: owner } = redirected(house.emulator.url, sid, token);
  const app = await owner.iam.v1.oAuthApps.create({ friendly_name: 'a program', policy: { allow: ['/twilio/messaging/messages/list'] } });
  let fetched = 0;
  const tokenManager = {
    async fetchToken() {
      fetched++;
      return (await owner.oauth.v2.token.create({ grantType: 'client_credentials', clientId: app.sid, clientSecret: app.secret })).accessToken;
    },
  };
  const program = new twilio.Twilio();
  program.setCredentialProvider(new twilio.ClientCredentialProviderBuilder().setClientId(app.sid).setClientSecret(app.secret).setTokenManager(tokenManager).build());
  program.setAccountSid(sid);
  program.api.baseUrl = house.emulator.url;
  assert.deepEqual(await program.messages.list(), []);
  await assert.rejects(program.calls.list(), (error) => error.status === 401 || error.status === 403);
  assert.ok(fetched >= 1);
});
