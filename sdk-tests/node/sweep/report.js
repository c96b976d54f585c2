// What a sweep found: faults that nobody excused, and a table.
import { readFileSync } from 'node:fs';
import { plainPath } from './values.js';

const exceptions = JSON.parse(readFileSync(new URL('../../sweep/exceptions.json', import.meta.url), 'utf8'));
const columns = ['create', 'whole', 'list', 'fetch', 'update', 'change', 'remove', 'gone'];

const excuses = (exception, path, verb) =>
  (path === exception.path || path.startsWith(`${exception.path}.`)) && (exception.verbs?.includes(verb) ?? true);

/** The faults of a product's classes that are on no list of exceptions, in words. */
export function faultsOf(lives, product) {
  return ofProduct(lives, product).flatMap((life) => life.faults
    .filter(({ verb }) => !exceptions.some((e) => excuses(e, plainPath(life.path), verb)))
    .map(({ verb, says, request }) => `${life.path} ${verb}: ${says}\n    ${request}`));
}

/** What was done, product by product; then what was not, and why. */
export function tableOf(lives, products) {
  const row = (name, cells) => [name.padEnd(16), ...cells.map((c) => `${c}`.padStart(7))].join('');
  const counts = (of) => [of.length, ...columns.map((c) => of.filter((life) => life.done.has(c)).length)];
  const all = [...lives.values()];
  return [
    row('', ['classes', ...columns]),
    ...products.map((product) => row(product, counts(ofProduct(lives, product)))),
    row('all', counts(all)),
    `values given to creates and shown in their answers: ${all.reduce((n, life) => n + life.shown, 0)}`,
    ...exceptions.filter((e) => all.some((life) => life.faults.some(({ verb }) => excuses(e, plainPath(life.path), verb)))).map((e) => `excused ${e.path} ${e.verbs?.join(', ') ?? ''}: ${e.reason}`),
    ...exceptions.filter((e) => !e.sdk && !all.some((life) => life.faults.some(({ verb }) => excuses(e, plainPath(life.path), verb)))).map((e) => `no fault in ${e.path}, but excused: ${e.reason}`),
    `nobody there to fetch: ${all.filter((life) => life.hasNobody).map((life) => life.path).join(', ')}`,
  ];
}

/** How many classes a thing was done with. */
export const countOf = (lives, verb) => [...lives.values()].filter((life) => life.done.has(verb)).length;

const ofProduct = (lives, product) => [...lives.values()].filter((life) => life.path.startsWith(`${product}.`));
