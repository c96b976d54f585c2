// docs/twiml.md is made from the rows that the emulator reads TwiML by: it knows every attribute that the SDK's builder writes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const sdk = process.env.SDK ?? 'twilio';
const types = readFileSync(join(dirname(createRequire(import.meta.url).resolve(`${sdk}/package.json`)), 'lib/twiml/VoiceResponse.d.ts'), 'utf8');
const page = readFileSync(new URL('../../../docs/twiml.md', import.meta.url), 'utf8');

/** Elements that are not run here, and why. */
const notRun = {
  AiSession: '<Connect>', Connect: '<Connect>', Conversation: '<Connect>', ConversationRelay: '<Connect>', ConversationRelaySession: '<Connect>', Room: '<Connect>', VirtualAgent: '<Connect>', Assistant: '<Connect>',
  Language: 'of <ConversationRelay>', MediaFilter: 'of streams', Siprec: '<Start><Siprec>', Stream: '<Start><Stream>', Task: 'of TaskRouter', Autopilot: 'retired',
  Header: 'the old form of <Sip>, undocumented', SipUri: 'the old form of <Sip>, undocumented',
};
const names = { SsmlSayAs: 'say-as' };

test('every attribute that the builder of the SDK writes has a row', () => {
  const rows = new Map();
  for (const section of page.split('\n## ').slice(1)) {
    const name = section.match(/^`<(.+?)>`/)[1].split('><').pop();
    const attributes = rows.get(name) ?? new Set();
    for (const [, attribute] of section.matchAll(/^\| `([^`]+)` \|/gm)) attributes.add(attribute);
    rows.set(name, attributes);
  }
  let count = 0;
  for (const [, kind, body] of types.matchAll(/interface (\w+)Attributes \{([\s\S]*?)\n {4}\}/g)) {
    if (kind in notRun) continue;
    const name = names[kind] ?? (kind.startsWith('Ssml') ? kind.slice(4).toLowerCase() : kind);
    assert.ok(rows.has(name), `<${name}> has no section`);
    for (const [, attribute] of body.matchAll(/\n {8}"?([\w:-]+)"?\??:/g)) {
      assert.ok(rows.get(name).has(attribute), `<${name} ${attribute}> has no row`);
      count++;
    }
  }
  assert.ok(count > 150, `only ${count} attributes were found in the SDK's types`);
});
