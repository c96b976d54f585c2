// Pages of products whose lists carry `meta`: twilio.com/docs/usage/twilios-response.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../lib/house.js';
import { redirected } from '../lib/redirected.js';

const house = openHouse();
const names = Array.from({ length: 120 }, (_, i) => `document-${i}`);
let begun;

/** 120 documents, made once; with the HTTP client that reaches them. */
const shelf = () => {
  begun ??= (async () => {
    const { sid, token } = await house.newAccount('pages');
    const { client, http } = redirected(house.emulator.url, sid, token);
    const { sid: serviceSid } = await client.sync.v1.services.create();
    const { documents } = client.sync.v1.services(serviceSid);
    for (const uniqueName of names) await documents.create({ uniqueName, data: {} });
    return { documents, http };
  })();
  return begun;
};

const byName = (some) => some.map((d) => d.uniqueName).toSorted();

test('list walks all pages', async () => {
  const { documents, http } = await shelf();
  const before = http.count;
  assert.deepEqual(byName(await documents.list({ pageSize: 50 })), names.toSorted());
  assert.equal(http.count - before, 3);
});

test('list stops at its limit', async () => {
  const { documents, http } = await shelf();
  const before = http.count;
  assert.equal((await documents.list({ pageSize: 50, limit: 60 })).length, 60);
  assert.equal(http.count - before, 2);
});

test('each sees every one once, and stops where it is told', async () => {
  const { documents } = await shelf();
  const all = [];
  await new Promise((resolve) => documents.each({ pageSize: 50, done: resolve }, (d) => all.push(d)));
  assert.deepEqual(byName(all), names.toSorted());
  const some = [];
  await new Promise((resolve) => documents.each({ pageSize: 50, done: resolve }, (d, done) => { some.push(d); if (some.length === 70) done(); }));
  assert.equal(some.length, 70);
});

test('pages lead on and back', async () => {
  const { documents } = await shelf();
  const first = await documents.page({ pageSize: 50 });
  const second = await first.nextPage();
  const third = await second.nextPage();
  assert.deepEqual([first, second, third].map((p) => p.instances.length), [50, 50, 20]);
  assert.equal(first.previousPageUrl, undefined);
  assert.equal(third.nextPageUrl, undefined);
  assert.equal(await third.nextPage(), undefined);
  assert.deepEqual(byName((await third.previousPage()).instances), byName(second.instances));
  assert.deepEqual(byName((await (await third.previousPage()).previousPage()).instances), byName(first.instances));
  assert.deepEqual(byName([first, second, third].flatMap((p) => p.instances)), names.toSorted());
});

test('a page is found again by its URL', async () => {
  const { documents } = await shelf();
  const first = await documents.page({ pageSize: 50 });
  assert.ok(first.nextPageUrl.startsWith(`${house.emulator.url}/sync/v1/`), first.nextPageUrl);
  const again = await documents.getPage(first.nextPageUrl);
  assert.deepEqual(byName(again.instances), byName((await first.nextPage()).instances));
});

test('what is made between two pages moves none to the next', async () => {
  const { documents } = await shelf();
  const first = await documents.page({ pageSize: 50 });
  const { sid } = await documents.create({ uniqueName: 'late', data: {} });
  const second = await first.nextPage();
  const seen = new Set(byName(first.instances));
  assert.deepEqual(byName(second.instances).filter((name) => seen.has(name)), []);
  await documents(sid).remove();
});
