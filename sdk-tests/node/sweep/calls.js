// How the methods of the SDK are called, and what its lists are called with.
import { typeOf } from './declarations.js';

/** Lets the time pass that a class needs before a verb is allowed. */
export async function settles({ values, settle }, path, verb) {
  const time = values.settles(path, verb);
  if (time) await settle(time);
}

/** The arguments of a method: what it requires, and what sweep/values.json adds. */
export function paramsOf({ values }, path, verb, { file }, method) {
  if (!method.params) return [];
  const options = typeOf(file, method.params);
  return [{ ...(options ? values.body(options) : {}), ...values.ofClass(path, verb) }];
}

/** A key of a resource: what its context is called with. */
export const keyOf = (resource, key) => resource?._solution?.[key] ?? resource?.[key];

/** The context of a resource, or null when a key is missing. */
export function contextOf(live, keys, resource) {
  if (keys.length === 0) return live();
  const found = keys.map((key) => keyOf(resource, key));
  return found.every((key) => key !== undefined && key !== null && key !== '') ? live(...found) : null;
}

/** True for two answers about one resource. */
export const isSame = (one, other, keys) =>
  one.sid !== undefined ? one.sid === other.sid : keys.every((key) => `${keyOf(one, key)}` === `${keyOf(other, key)}`);

/** True when the parameters of a create name the resource themselves: the SID of a mapping, a country. */
export const isNamedBy = (resource, keys, [params]) => keys.length > 0 && keys.every((key) => Object.values(params ?? {}).includes(keyOf(resource, key)));
