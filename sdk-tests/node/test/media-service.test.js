// Files of conversations, by the media service that no SDK for servers has: uploaded as apps do it, sent by the SDK, had again by the link.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPhone, openHouse, refuses } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';
import twilio from '../lib/sdk.js';

const house = openHouse();
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** An account with a conversation, and where the files of its service are. */
async function begun() {
  const account = await house.newSender();
  const { client } = redirected(house.emulator.url, account.sid, account.token);
  const { sid, chatServiceSid: service } = await client.conversations.v1.conversations.create({});
  return { account, client, service, conversation: client.conversations.v1.conversations(sid), files: `${house.emulator.url}/mcs/v1/Services/${service}/Media` };
}

const basic = (sid, token) => ({ Authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}` });

/** Uploads; what is answered. */
async function upload(files, headers, body) {
  const answer = await fetch(files, { method: 'POST', headers, body });
  return { status: answer.status, file: await answer.json() };
}

/** The bytes at a link. */
const bytesAt = async (link) => Buffer.from(await (await fetch(link)).arrayBuffer());

test('a file is uploaded, sent with a message, texted to the phone and had again', async () => {
  const { account, conversation, files } = await begun();
  const phone = newPhone();
  await conversation.participants.create({ 'messagingBinding.address': phone, 'messagingBinding.proxyAddress': account.number });
  const { status, file } = await upload(`${files}?Filename=cat.png`, { ...basic(account.sid, account.token), 'Content-Type': 'image/png' }, png);
  assert.deepEqual([status, file.author, file.filename, file.content_type, file.size], [201, 'sender', 'cat.png', 'image/png', png.length]);

  const said = await conversation.messages.create({ mediaSid: file.sid });
  assert.deepEqual(said.media, [{ sid: file.sid, category: 'media', size: png.length, content_type: 'image/png', filename: 'cat.png' }]);
  const [text] = await account.client.messages.list({ to: phone });
  assert.deepEqual([text.numMedia, text.body], ['1', '']);

  const shown = await (await fetch(`${files}/${file.sid}`, { headers: basic(account.sid, account.token) })).json();
  assert.deepEqual([shown.message_sid, shown.channel_sid], [said.sid, said.conversationSid]);
  assert.deepEqual(await bytesAt(shown.links.content_direct_temporary), png);
});

test('a form is taken as browsers send it, by the access token the SDK makes for them', async () => {
  const { account, service, files } = await begun();
  const key = await account.client.newKeys.create({ friendlyName: 'browsers' });
  const { AccessToken } = twilio.jwt;
  const token = new AccessToken(account.sid, key.sid, key.secret, { identity: 'alice' });
  token.addGrant(new AccessToken.ChatGrant({ serviceSid: service }));
  const form = new FormData();
  form.append('file', new Blob([png], { type: 'image/png' }), 'dog.png');
  const { status, file } = await upload(`${files}?Category=media`, { 'X-Twilio-Token': token.toJwt() }, form);
  assert.deepEqual([status, file.author, file.filename], [201, 'alice', 'dog.png']);
});

test('a stranger is refused, and so is a file that is none', async () => {
  const { account, conversation, files } = await begun();
  const { status, file } = await upload(files, { ...basic(account.sid, 'wrong'), 'Content-Type': 'image/png' }, png);
  assert.deepEqual([status, file.code], [401, 20003]);
  await refuses(conversation.messages.create({ mediaSid: `ME${'0'.repeat(32)}` }), { code: 50510, status: 400 });
});
