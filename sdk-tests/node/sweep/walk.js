// Walks every list and context of the SDK and lives the life of each resource: created, fetched, listed, changed, removed, gone.
import { contextOf, isNamedBy, isSame, paramsOf, settles } from './calls.js';
import { listsOf, typeOf, versions, wordsOf } from './declarations.js';
import { Life } from './life.js';
import { leads } from './links.js';
import { plainPath } from './values.js';
import { changesWhole, createsWhole, holdsSame } from './whole.js';

const enough = 500;

/** Walks the whole SDK in one account, with a stranger at the fence. Answers the lives by path. */
export async function sweep({ client, values, seen, settle, owner, stranger }) {
  const sweeping = { values, seen, settle, owner, stranger, lives: new Map(), later: [], account: client.api.v2010.account };
  for (const { name, live, of } of versions(client)) await walkLists(sweeping, name, live, of);
  // What nobody makes by itself may have come meanwhile: keys from newKeys.
  for (const again of sweeping.later.splice(0)) await again();
  return sweeping.lives;
}

async function walkLists(sweeping, path, live, of) {
  for (const list of listsOf(of)) {
    const at = `${path}.${list.name}`;
    if (!list.of) throw new Error(`${at} has no declaration`);
    await walkList(sweeping, at, live[list.name], list.of);
  }
}

async function walkList(sweeping, path, live, of) {
  const { values } = sweeping;
  const { file, type } = of;
  const life = new Life(path, sweeping.seen);
  sweeping.lives.set(plainPath(path), life);
  const keys = type.keys ?? [];

  // 1. Create.
  const create = type.methods.get('create');
  const params = create && paramsOf(sweeping, path, 'create', of, create);
  const kept = create && await life.try('create', () => live.create(...params));
  values.remember(kept);
  if (kept && create.params && !isNamedBy(kept, keys, params)) await createsWhole(sweeping, life, path, live, of, create);

  // 2. List, and find it.
  const first = await findListed(sweeping, life, path, live, of, kept);

  // 3. Live on: by the keys of the one created, of the first one listed, or of one that is known to be there.
  if (type.context) {
    const known = typeOf(file, type.context);
    const context = contextOf(live, keys, kept ?? first) ?? contextOf(live, keys, values.keysOf(path, keys));
    if (context) await liveOn(sweeping, life, path, context, known, kept);
    else if (!create && type.methods.has('list')) sweeping.later.push(() => comeBack(sweeping, life, path, live, of, known));
    else life.hasNobody = true;

    // 4. Another one goes; where the name is given from outside, the same one.
    const remove = known.type.methods.get('remove');
    if (remove && kept) {
      const others = paramsOf(sweeping, path, 'create', of, create);
      const doomed = isNamedBy(kept, keys, others) ? kept : await life.try('create', () => live.create(...others));
      if (doomed && doomed !== kept) await changesWhole(sweeping, life, path, contextOf(live, keys, doomed), known);
      if (doomed) await goes(sweeping, life, path, contextOf(live, keys, doomed), known);
    }
  }

  // 5. What lies beside a context: lists of a list.
  await walkLists(sweeping, path, live, of);
}

/** Lists, finds what was created, and answers the first. */
async function findListed(sweeping, life, path, live, of, kept) {
  const list = of.type.methods.get('list');
  if (!list) return undefined;
  const [params] = paramsOf(sweeping, path, 'list', of, list);
  const listed = await life.try('list', () => live.list({ ...params, limit: enough }));
  if (!listed) return undefined;
  listed.forEach(sweeping.values.remember);
  const keys = of.type.keys ?? [];
  const found = kept && listed.find((r) => isSame(r, kept, keys));
  // What has neither SID nor key cannot be told from another.
  if (found && (kept.sid || keys.length > 0)) holdsSame(life, kept, found);
  else if (kept && !found) life.fault('list', new Error(`what was created is not among the ${listed.length} listed`));
  return listed[0];
}

async function comeBack(sweeping, life, path, live, of, known) {
  const first = await findListed(sweeping, life, path, live, of);
  const context = contextOf(live, of.type.keys, first);
  if (context) await liveOn(sweeping, life, path, context, known, first);
  else life.hasNobody = true;
}

async function liveOn(sweeping, life, path, context, known, kept) {
  const { methods } = known.type;
  const does = (verb) => context[verb](...paramsOf(sweeping, path, verb, known, methods.get(verb)));
  if (methods.has('create')) sweeping.values.remember(await life.try('create', () => does('create')));
  let seen;
  // Some things are made by the first change of them.
  const isMade = kept || !methods.has('update') || !sweeping.values.keysOf(path, []);
  if (!isMade) await life.try('update', () => does('update'));
  if (methods.has('fetch')) {
    seen = await life.try('fetch', () => does('fetch'));
    if (seen && kept && kept.sid && seen.sid !== kept.sid) life.fault('fetch', new Error(`another one was fetched: ${seen.sid} instead of ${kept.sid}`));
    else if (seen && kept) holdsSame(life, kept, seen);
  }
  if (methods.has('update')) await changes(sweeping, life, path, context, known, seen ?? kept);
  if (seen) await leads(sweeping, life, seen);
  // Resources below an account are made in the account the test has.
  await walkLists(sweeping, path, path === 'api.v2010.accounts' ? sweeping.account : context, known);
}

/** Changes it, and sees the change in the answer and in a fetch. */
async function changes(sweeping, life, path, context, known, before) {
  const update = known.type.methods.get('update');
  await settles(sweeping, path, 'update');
  const change = changeOf(sweeping, path, known, update, before);
  const [params] = paramsOf(sweeping, path, 'update', known, update);
  const after = await life.try('update', () => (update.params ? context.update({ ...params, ...change }) : context.update()));
  if (!after || !change) return;
  const [[name, value]] = Object.entries(change);
  const isShown = (resource) => JSON.stringify(resource?.[name]) === JSON.stringify(value) || String(resource?.[name]) === String(value);
  if (name in after && !isShown(after)) return life.fault('change', new Error(`${name} was set to ${value}, the answer says ${JSON.stringify(after[name])}`));
  const fetch = known.type.methods.get('fetch');
  const again = fetch && await life.try('fetch', () => context.fetch(...paramsOf(sweeping, path, 'fetch', known, fetch)));
  if (again && name in again && !isShown(again)) return life.fault('change', new Error(`${name} was set to ${value}, a fetch says ${JSON.stringify(again[name])}`));
  if (name in (again ?? after)) life.done.add('change');
}

/** A change that can be seen: a text, a word, a truth that the resource shows too. */
function changeOf({ values }, path, { file }, method, before) {
  const given = values.ofClass(path, 'update');
  if (Object.keys(given).length > 0) return given;
  const options = method.params && typeOf(file, method.params);
  if (!options || !before) return null;
  const members = options.type.members.filter((m) => m.name in before);
  const text = members.find((m) => m.type === 'string' && /name$|description|title|body/i.test(m.name) && !/unique|domain/i.test(m.name))
    ?? members.find((m) => m.type === 'string' && /url$/i.test(m.name));
  if (text) return { [text.name]: /url$/i.test(text.name) ? 'https://example.com/changed' : values.fill('changed-@unique') };
  const truth = members.find((m) => m.type === 'boolean');
  if (truth) return { [truth.name]: before[truth.name] !== true };
  const word = members.find((m) => wordsOf(file, m.type));
  if (word) return { [word.name]: wordsOf(file, word.type).find((w) => w !== before[word.name]) };
  const other = members.find((m) => m.type === 'string' && !/sid$|date|number/i.test(m.name));
  return other ? { [other.name]: values.valueOf(file, other) } : null;
}

async function goes(sweeping, life, path, context, known) {
  const does = (verb) => context[verb](...paramsOf(sweeping, path, verb, known, known.type.methods.get(verb)));
  await life.try('remove', async () => {
    await settles(sweeping, path, 'remove');
    if (await does('remove') === false) throw new Error('remove answered false');
  });
  if (!life.done.has('remove') || !known.type.methods.has('fetch')) return;
  try {
    await does('fetch');
    life.fault('gone', new Error('it is still there after its removal'));
  } catch (error) {
    if (error.status === 404 && error.code === 20404) life.done.add('gone');
    else life.fault('gone', error);
  }
}
