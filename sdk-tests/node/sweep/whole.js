// One more of each class with everything the SDK can say of it: what was given is what is shown.
import { paramsOf, settles } from './calls.js';
import { typeOf, wireNames, wordsOf } from './declarations.js';

/** Creates one with all options, and holds the answer against them. */
export async function createsWhole(sweeping, life, path, live, of, create) {
  const options = typeOf(of.file, create.params);
  if (!options) return;
  const given = wholeOf(sweeping, path, 'whole', options, paramsOf(sweeping, path, 'create', of, create)[0]);
  const made = await life.try('whole', () => live.create(given));
  if (made) holds(life, given, made);
}

/** Gives one that is about to go all options of its update. */
export async function changesWhole(sweeping, life, path, context, known) {
  const update = known.type.methods.get('update');
  const options = update?.params && typeOf(known.file, update.params);
  if (!options) return;
  const given = wholeOf(sweeping, path, 'rewrite', options, paramsOf(sweeping, path, 'update', known, update)[0]);
  await settles(sweeping, path, 'update');
  const made = await life.try('rewrite', () => context.update(given));
  if (made) holds(life, given, made);
}

function holds(life, given, resource) {
  for (const [name, value] of Object.entries(given)) {
    const got = memberOf(resource, name);
    if (got === undefined) continue;
    if (isLike(got, value)) life.shown++;
    else life.fault('shows', new Error(`${name} was given as ${spelt(value)}, the answer says ${spelt(got)}`));
  }
}

/** What a create answered is what a fetch and a list answer, but for what is told only once. */
export function holdsSame(life, created, seen) {
  for (const [name, value] of Object.entries(created.toJSON())) {
    if (!(name in seen)) continue;
    if (spelt(seen[name]) !== spelt(value)) life.fault('same', new Error(`${name} was ${spelt(value)} when it was created, and is ${spelt(seen[name])} now`));
  }
}

function wholeOf({ values }, path, verb, options, required) {
  const whole = {};
  const wire = wireNames(options.file, options.type);
  for (const member of options.type.members) {
    // parameter1.name to parameter99.value
    if (/^parameter\d/.test(member.name)) continue;
    const name = wire?.get(member.name) ?? member.name;
    const words = wordsOf(options.file, member.type);
    if (words && !member.type.startsWith('Array')) whole[name] = words.at(-1);
    else if (/^(string|number|boolean|Date|Array<string>)$/.test(member.type)) whole[name] = values.valueOf(options.file, member);
  }
  const known = { ...whole, ...required, ...values.ofClass(path, verb) };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}

/** What a resource shows of a parameter; undefined when it does not. `totp.issuer` is in `totp`, on the wire's own terms. */
function memberOf(resource, name) {
  const spelling = [name, name.replaceAll(/_(.)/g, (_, c) => c.toUpperCase())].find((n) => n in resource);
  if (spelling) return typeof resource[spelling] === 'function' || isBody(resource[spelling]) ? undefined : resource[spelling];
  const [first, ...rest] = name.split('.');
  if (rest.length === 0) return undefined;
  return rest.reduce((value, part) => value?.[part.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)], resource[first]);
}

/** The SDK makes objects of its own of parts of some answers, in its own spelling. */
const isBody = (value) => value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) && value.constructor !== Object;

const isLike = (got, value) => spelt(got) === spelt(value) || (Array.isArray(got) && spelt(got) === spelt([value]));

function spelt(value) {
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return value.slice(0, 19);
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}
