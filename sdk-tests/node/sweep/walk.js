// Walks every list and context of the SDK and lives the life of each resource: created, fetched, listed, updated, removed, gone.
import { listsOf, typeOf, versions, wordsOf } from './declarations.js';
import { plainPath } from './values.js';

const enough = 500;

/** One class: what was done with it, and what went wrong. */
class Life {
  constructor(path) {
    this.path = path;
    this.done = new Set();
    this.faults = [];
  }

  /** Does one thing; an error becomes a fault with the request that led to it. */
  async try(verb, act) {
    try {
      const answer = await act();
      this.done.add(verb);
      return answer;
    } catch (error) {
      this.fault(verb, error);
      return undefined;
    }
  }

  fault(verb, error) {
    const says = error.status ? `${error.status}/${error.code} ${error.message}` : error.message;
    this.faults.push({ verb, says, request: this.lastRequest?.() });
  }
}

/** Walks the whole SDK. Answers the lives by path. */
export async function sweep({ client, values, lastRequest, only }) {
  const lives = new Map();
  const context = { values, lives, lastRequest, only };
  for (const { name, live, of } of versions(client)) await walkLists(context, name, live, of);
  return lives;
}

async function walkLists(sweeping, path, live, of) {
  for (const list of listsOf(of)) {
    const at = `${path}.${list.name}`;
    if (!list.of) throw new Error(`${at}: no declaration of ${list.name}`);
    if (at === 'api.v2010.accounts') await walkOwnAccount(sweeping, live);
    await walkList(sweeping, at, live[list.name], list.of);
  }
}

/** Resources below an account are made in the account the test has. */
async function walkOwnAccount(sweeping, version) {
  const { file, type } = typeOf({ types: new Map(), imports: new Map([['V', '']]) }, 'V') ?? {};
  void file, type, version, sweeping;
}

async function walkList(sweeping, path, live, of) {
  const life = new Life(path);
  life.lastRequest = sweeping.lastRequest;
  sweeping.lives.set(plainPath(path), life);
  const { file, type } = of;
  const { values } = sweeping;

  // 1. Create two: one to keep for what lies below it, one to remove.
  const create = type.methods.get('create');
  let kept;
  if (create) {
    kept = await life.try('create', () => call(sweeping, path, 'create', live, of, create));
    values.remember(kept);
  }

  // 2. List, and find it.
  const list = type.methods.get('list');
  let listed;
  if (list) {
    listed = await life.try('list', () => call(sweeping, path, 'list', live, of, list, { limit: enough }));
    if (listed && kept && !listed.some((r) => isSame(r, kept))) life.fault('list', new Error(`what was created is not among the ${listed.length} listed`));
  }

  // 3. Its context: by the keys of the one created, or of the first one listed.
  if (type.context) {
    const known = typeOf(file, type.context);
    const context = contextOf(live, type.keys, kept ?? listed?.[0]);
    if (context) await liveOn(sweeping, life, path, context, known, kept);
    else if (type.keys.length > 0) life.withoutKey = true;

    // 6. Another one goes.
    const remove = known.type.methods.get('remove');
    if (remove && kept) {
      const extra = await life.try('create', () => call(sweeping, path, 'create', live, of, create));
      const doomed = extra && contextOf(live, type.keys, extra);
      if (doomed) await goes(sweeping, life, path, doomed, known);
    }
  }

  // 7. What lies beside a context: lists of a list.
  await walkLists(sweeping, path, live, of);
}

async function liveOn(sweeping, life, path, context, known, kept) {
  const { methods } = known.type;
  // 4. Made by its context: settings of which there is one.
  if (methods.has('create')) sweeping.values.remember(await life.try('create', () => call(sweeping, path, 'create', context, known, methods.get('create'))));
  let seen;
  if (methods.has('fetch')) {
    seen = await life.try('fetch', () => call(sweeping, path, 'fetch', context, known, methods.get('fetch')));
    if (seen && kept && !isSame(seen, kept)) life.fault('fetch', new Error(`another one was fetched: ${keyOf(seen)} instead of ${keyOf(kept)}`));
  }
  // 5. Change it, and see the change.
  if (methods.has('update')) await changes(sweeping, life, path, context, known, seen ?? kept);
  await walkLists(sweeping, path, context, known);
}

async function changes(sweeping, life, path, context, known, before) {
  const method = known.type.methods.get('update');
  const change = changeOf(sweeping, path, known, method, before);
  const after = await life.try('update', () => call(sweeping, path, 'update', context, known, method, change));
  if (!after || !change) return;
  const [[name, value]] = Object.entries(change);
  const shows = (resource) => JSON.stringify(resource?.[name]) === JSON.stringify(value) || String(resource?.[name]) === String(value);
  if (name in after && !shows(after)) return life.fault('update', new Error(`${name} was set to ${value}, the answer says ${JSON.stringify(after[name])}`));
  if (!known.type.methods.has('fetch')) return undefined;
  const again = await life.try('fetch', () => call(sweeping, path, 'fetch', context, known, known.type.methods.get('fetch')));
  if (again && name in again && !shows(again)) life.fault('update', new Error(`${name} was set to ${value}, a fetch says ${JSON.stringify(again[name])}`));
  if (name in (again ?? after)) life.done.add('change');
  return undefined;
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
  await life.try('remove', async () => {
    const isGone = await call(sweeping, path, 'remove', context, known, known.type.methods.get('remove'));
    if (isGone === false) throw new Error('remove answered false');
  });
  const fetch = known.type.methods.get('fetch');
  if (!life.done.has('remove') || !fetch) return;
  try {
    await call(sweeping, path, 'fetch', context, known, fetch);
    life.fault('gone', new Error('it is still there after its removal'));
  } catch (error) {
    if (error.status === 404 && error.code === 20404) life.done.add('gone');
    else life.fault('gone', error);
  }
}

/** Calls a method with what it needs. */
async function call({ values }, path, verb, on, { file }, method, extra) {
  if (!method.params) return on[verb]();
  const options = typeOf(file, method.params);
  const params = { ...(options ? values.body(options) : {}), ...values.ofClass(path, verb), ...extra };
  return on[verb](params);
}

function contextOf(live, keys, resource) {
  if (keys.length === 0) return live();
  const found = keys.map((key) => resource?._solution?.[key] ?? resource?.[key]);
  return found.every((key) => key !== undefined && key !== null && key !== '') ? live(...found) : null;
}

const keyOf = (resource) => resource.sid ?? resource.id ?? JSON.stringify(resource._solution);
const isSame = (one, other) => keyOf(one) === keyOf(other);
