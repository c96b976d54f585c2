// What the SDK's own TypeScript declarations say: which lists and contexts there are, and what their methods take.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { path as sdk } from '../lib/sdk.js';

const require = createRequire(import.meta.url);
const rest = `${dirname(sdk)}/rest`;
const files = new Map();

/** A member of an interface or a class: `name?: type;`. */
const memberLine = /^ {4}(?:get )?"?([\w.$<>-]+)"?(\?)?(?:\(\))?: (.+?);?$/;
const methodLine = /^ {4}(create|fetch|list|update|remove)\((.*)$/;
const callLine = /^ {4}\(([^)]*)\): (\w+);$/;

/** A file's types by name: members in order, method parameters, the keys a list is called with. */
export function readDeclarations(path) {
  if (files.has(path)) return files.get(path);
  const found = { path, types: new Map(), aliases: new Map(), imports: new Map() };
  files.set(path, found);
  let open = null;
  let doc = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const brought = /^import (?:type )?\{? ?([\w, ]+?) ?\}? from "(\.[^"]+)"/.exec(line);
    if (brought) {
      for (const name of brought[1].split(',')) found.imports.set(name.trim(), resolve(dirname(path), `${brought[2]}.d.ts`));
      continue;
    }
    const alias = /^export type (\w+) = (.+);$/.exec(line);
    if (alias) found.aliases.set(alias[1], alias[2]);
    const begun = /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:export default )?(?:interface|class) (\w+)/.exec(line);
    if (begun) {
      open = { name: begun[1], members: [], methods: new Map(), keys: null, context: null };
      found.types.set(open.name, open);
      continue;
    }
    if (line.startsWith('}')) open = null;
    if (!open) continue;
    if (/^ {4}\/\*\*/.test(line)) doc = '';
    if (/^ {4,5}\/?\*/.test(line)) doc += line;
    const call = callLine.exec(line);
    const method = methodLine.exec(line);
    const member = memberLine.exec(line);
    if (call) [open.keys, open.context] = [call[1].split(', ').filter(Boolean).map((k) => k.split(':')[0]), call[2]];
    else if (method) addMethod(open, method[1], method[2]);
    else if (member && !member[1].startsWith('_')) open.members.push({ name: member[1], isOptional: !!member[2], type: member[3], doc });
    if (call || method || member) doc = '';
  }
  return found;
}

/** The overloads of a method say together what its first parameter is, and whether it may be left out. */
function addMethod(type, name, rest) {
  const known = type.methods.get(name) ?? { params: null, isOptional: false, answers: null };
  const params = /^params\??: (\w+)/.exec(rest);
  if (params) known.params = params[1];
  if (/^callback/.test(rest)) known.isOptional = true;
  known.answers ??= /Promise<(\w+)(?:\[\])?>;$/.exec(rest)?.[1] ?? null;
  type.methods.set(name, known);
}

/** A type by its name, as a file sees it, with the file that declares it; or null. */
export function typeOf(file, name) {
  if (file.types.has(name)) return { file, type: file.types.get(name) };
  const from = file.imports.get(name);
  return from && existsSync(from) ? typeOf(readDeclarations(from), name) : null;
}

/** The words of a union of literals, or null. */
export function wordsOf(file, type) {
  const text = type.includes('"') ? type : file.aliases.get(type);
  const words = text?.match(/"[^"]*"/g)?.map((w) => w.slice(1, -1));
  return words?.length ? words : null;
}

/** The names of a JSON body's members on the wire: the SDK sends a body as it is given, and only its classes know them. Null for other types. */
export function wireNames(file, type) {
  const Body = require(file.path.replace(/\.d\.ts$/, '.js'))[type.name];
  if (typeof Body !== 'function' || !/^class/.test(Body.toString()) || Body.length !== 1) return null;
  const payload = new Proxy({}, { get: (_, name) => ({ wire: name }) });
  return new Map(Object.entries(new Body(payload)).filter(([, v]) => v?.wire).map(([name, v]) => [name, v.wire]));
}

/** The lists among a type's members: their names and declarations. */
export function listsOf({ file, type }) {
  return type.members
    .filter((m) => /^\w+ListInstance$/.test(m.type))
    .map((m) => ({ name: m.name, of: typeOf(file, m.type) }));
}

/** Every product the SDK has, with its versions: `{ product, version, file, type }`. */
export function* versions(client) {
  const main = readDeclarations(`${rest}/Twilio.d.ts`);
  const products = [...new Set(main.types.get('Twilio').members.filter((m) => /^[A-Z]\w+$/.test(m.type) && existsSync(`${rest}/${m.type}Base.d.ts`)).map((m) => m.name))];
  for (const product of products) {
    const base = readDeclarations(`${rest}/${product[0].toUpperCase()}${product.slice(1)}Base.d.ts`);
    for (const [, domain] of base.types) {
      for (const { name, type } of domain.members) {
        const of = typeOf(base, type);
        if (of) yield { name: `${product}.${name}`, live: client[product][name], of };
      }
    }
  }
}
