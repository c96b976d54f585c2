// A valid value for every parameter: what sweep/values.json knows of it, else what its declaration says.
import { readFileSync } from 'node:fs';
import { typeOf, wireNames, wordsOf } from './declarations.js';

const known = JSON.parse(readFileSync(new URL('../../sweep/values.json', import.meta.url), 'utf8'));

/** Names as both SDKs may spell them: flexApi, flex_api; push.includeDate, push_include_date. */
export const plain = (name) => name.replaceAll(/[_.-]/g, '').toLowerCase();
/** A class as both SDKs may spell it: verify.v2.services.ratelimits. */
export const plainPath = (path) => path.split('.').map(plain).join('.');

/** The prefix of the SIDs a parameter takes: push.apnCredentialSid is known as credentialSid. */
function prefixOf(key) {
  for (let i = 0; i < key.length - 2; i++) if (key.slice(i) in known.prefixes) return known.prefixes[key.slice(i)];
  return undefined;
}

/** Makes values around a number and an OAuth app the account has; knows the SIDs met so far. */
export function newValues({ number, app }) {
  let count = 0;
  const sids = new Map();

  const phone = () => `+1212555${String(1000 + count++)}`;
  const sidOf = (prefix) => sids.get(prefix) ?? prefix + '0'.repeat(31) + '1';

  /** A text with `@number`, `@phone`, `@unique`, `@sid:XX`, `@client`, `@secret` in it. */
  const fill = (value) => {
    if (Array.isArray(value)) return value.map(fill);
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fill(v)]));
    return typeof value !== 'string' ? value : value
      .replaceAll('@number', number).replaceAll('@client', app.id).replaceAll('@secret', app.secret).replaceAll('@phone', phone).replaceAll('@unique', () => `sweep-${++count}`)
      .replaceAll(/@sid:([A-Z]{2})/g, (_, prefix) => sidOf(prefix));
  };

  const ofName = (name, doc) => {
    const key = plain(name);
    if (key in known.names) return fill(known.names[key]);
    const prefix = prefixOf(key) ?? prefixOf(key.replace(/s$/, ''));
    if (prefix) return sidOf(prefix);
    if (key.endsWith('method')) return 'POST';
    if (/url$|uri$|callback$/.test(key)) return 'https://example.com/sweep';
    if (key.endsWith('number')) return phone();
    if (/json/i.test(doc)) return '{}';
    return undefined;
  };

  const ofType = (file, type, depth) => {
    const words = wordsOf(file, type);
    if (words) return words[0];
    if (type === 'number') return 1;
    if (type === 'boolean') return true;
    if (type === 'Date') return new Date('2026-01-31T00:00:00Z');
    const list = /^Array<(.+)>$|^(\w+)\[\]$/.exec(type);
    if (list) return [ofType(file, list[1] ?? list[2], depth)];
    const nested = typeOf(file, type);
    if (nested && depth < 6) return body(nested, depth + 1);
    return type === 'string' ? `sweep-${++count}` : {};
  };

  /** What the required members of a type hold. */
  const body = ({ file, type }, depth = 0) => {
    const made = {};
    const wire = wireNames(file, type);
    for (const member of type.members) {
      if (member.isOptional) continue;
      made[wire?.get(member.name) ?? member.name] = valueOf(file, member, depth);
    }
    return made;
  };

  const valueOf = (file, member, depth = 0) => {
    const words = wordsOf(file, member.type);
    if (words) return member.type.startsWith('Array<') ? [words[0]] : words[0];
    const named = ofName(member.name, member.doc);
    if (named === undefined || (typeof named === 'string' && !/string|any/.test(member.type))) return ofType(file, member.type, depth);
    return member.type.startsWith('Array<') && !Array.isArray(named) ? [named] : named;
  };

  return {
    valueOf,
    body,
    fill,
    sidOf,
    /** What a class needs that its declaration does not say. */
    ofClass: (path, verb) => fill(known.classes[plainPath(path)]?.[verb] ?? {}),
    /** The keys of one that is there though it cannot be created or listed, by name; or null. */
    keysOf: (path, names) => {
      const keys = known.keys[plainPath(path)];
      return keys ? Object.fromEntries(names.map((name, i) => [name, fill(keys[i])])) : null;
    },
    /** True for what every account has, or finds. */
    isEverybodys: (path) => known.everybodys.includes(plainPath(path)),
    /** How long a class needs before a verb is allowed, or undefined. */
    settles: (path, verb) => known.settles[plainPath(path)]?.[verb],
    /** Remembers the SIDs of a resource for later parameters. */
    remember: (resource) => {
      const sid = resource?.sid ?? resource?.id;
      const [, prefix] = /^([A-Z]{2}|[a-z_]+_)[0-9a-f]{32}$/.exec(sid) ?? [];
      if (prefix) sids.set(prefix, sid);
    },
  };
}
